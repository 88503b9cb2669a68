"""Scores for every row from a judge that has never read its hand: whole writers are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.fit import Features, outputs_of, solve, targets
from training.rows import Row

FOLDS = 5


@dataclass(frozen=True, eq=False)
class Unseen:
    """Rows, and what each output said of them out of fold."""

    rows: Sequence[Row]
    outputs: tuple[str, ...]
    scores: NDArray[np.float64]
    """rows × outputs."""
    fold: NDArray[np.intp]
    """Which fold a row was left out in."""

    def output(self, name: str) -> NDArray[np.float64]:
        column: NDArray[np.float64] = self.scores[:, self.outputs.index(name)]
        return column

    def family(self, lead: str) -> tuple[list[str], NDArray[np.float64]]:
        """The names after `lead.` and their columns."""
        names = [name for name in self.outputs if name.startswith(f"{lead}.")]
        columns = [self.outputs.index(name) for name in names]
        return [name.removeprefix(f"{lead}.") for name in names], self.scores[:, columns]

    @property
    def urgent(self) -> NDArray[np.float64]:
        """The same sum as `routing.learned.Reading.level("urgent")`."""
        found: NDArray[np.float64] = self.output("level.urgent") + self.family("danger")[1].max(axis=1)
        return found


def folds_of(rows: Sequence[Row]) -> NDArray[np.intp]:
    """A fold for each row: hands stay whole, folds are of about the same size."""
    sizes, chosen = [0] * FOLDS, dict[str, int]()
    for hand, count in sorted(Counter(row.hand for row in rows).items(), key=lambda x: (-x[1], x[0])):
        chosen[hand] = sizes.index(min(sizes))
        sizes[chosen[hand]] += count
    return np.array([chosen[row.hand] for row in rows])


def unseen(rows: Sequence[Row], use_meaning: bool = True) -> Unseen:
    """Out-of-fold scores with meaning, or from letters and rules alone."""
    fold, outputs = folds_of(rows), outputs_of(rows)
    table, wanted = Features(rows, use_meaning).of(rows), targets(rows, outputs)
    return Unseen(rows, outputs, _left_out(table, wanted, fold), fold)


def _left_out(table: Any, wanted: NDArray[Any], fold: NDArray[np.intp]) -> NDArray[np.float64]:
    scores = np.zeros(wanted.shape)
    for number in range(FOLDS):
        inside, outside = fold != number, fold == number
        weights, biases = solve(table[inside], wanted[inside])
        scores[outside] = table[outside] @ weights + biases
    return scores
