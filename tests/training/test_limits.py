"""Thresholds keep their promise on the rows they were chosen on."""

from __future__ import annotations

import numpy as np

from tests.training.few import hands
from training.folds import unseen
from training.limits import FALSE_ALARMS, limits


def test_no_more_calm_rows_than_promised_lie_above_a_threshold() -> None:
    found = unseen(hands())
    chosen = limits(found)
    calm = np.array([row.number == 0 for row in found.rows])
    assert set(chosen) == set(FALSE_ALARMS)
    assert (found.urgent[calm] > chosen["urgent"] + 1e-3).mean() <= 0.1
    assert chosen["brake"] <= chosen["urgent"]
