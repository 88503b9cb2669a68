"""Scores for every row from a judge that has never read its hand: whole writers are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.fit import EVERYTHING, Features, outputs_of, solve, targets
from training.ridge import Table
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

    def family(self, lead: str) -> NDArray[np.float64]:
        """The columns of all outputs called `lead.…`."""
        columns = [n for n, name in enumerate(self.outputs) if name.startswith(f"{lead}.")]
        found: NDArray[np.float64] = self.scores[:, columns]
        return found

    @property
    def urgent(self) -> NDArray[np.float64]:
        """The same sum as `routing.learned.Reading.level("urgent")`."""
        loudest: NDArray[np.float64] = self.family("danger").max(axis=1)
        return self.output("level.urgent") + loudest


def folds_of(rows: Sequence[Row]) -> NDArray[np.intp]:
    """A fold for each row: hands stay whole, folds are of about the same size."""
    sizes, chosen = [0] * FOLDS, dict[str, int]()
    counted = Counter(row.hand for row in rows).items()
    for hand, count in sorted(counted, key=lambda pair: (-pair[1], pair[0])):
        chosen[hand] = sizes.index(min(sizes))
        sizes[chosen[hand]] += count
    return np.array([chosen[row.hand] for row in rows])


def unseen(rows: Sequence[Row], parts: Collection[str] = EVERYTHING) -> Unseen:
    """Out-of-fold scores from these parts of the features."""
    fold, outputs = folds_of(rows), outputs_of(rows)
    table, wanted = Features(rows, parts).of(rows), targets(rows, outputs)
    return Unseen(rows, outputs, _left_out(table, wanted, fold), fold)


def _left_out(table: Table, wanted: NDArray[Any], fold: NDArray[np.intp]) -> NDArray[np.float64]:
    scores = np.zeros(wanted.shape)
    for number in range(FOLDS):
        inside, outside = fold != number, fold == number
        weights, biases = solve(table[inside], wanted[inside])
        scores[outside] = table[outside].times(weights) + biases
    return scores
