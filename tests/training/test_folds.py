"""Hands are left out whole, and judged by judges that never read them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from routing.judgement import Level
from tests.training.few import hands
from training.folds import FOLDS, folds_of, unseen
from training.rows import training_rows


def test_a_hand_is_never_split() -> None:
    rows = training_rows()
    fold = folds_of(rows)
    of_hand: defaultdict[str, set[int]] = defaultdict(set)
    for row, number in zip(rows, fold, strict=True):
        of_hand[row.hand].add(int(number))
    assert all(len(folds) == 1 for folds in of_hand.values())
    sizes = np.bincount(fold)
    assert len(sizes) == FOLDS and sizes.max() < 1.3 * sizes.min()


def test_danger_is_told_from_calm_by_judges_that_never_read_the_hand() -> None:
    found = unseen(hands())
    danger = np.array([row.level is Level.URGENT for row in found.rows])
    assert found.urgent[danger].mean() > found.urgent[~danger].mean() + 0.3
