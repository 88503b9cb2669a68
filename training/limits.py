"""The thresholds of the learned judge, chosen on out-of-fold scores of rows that stand alone.

Harmless twins of dangers are left out here: they are far more frequent in the corpus than in life,
and would push every threshold so high that real dangers pass beneath it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from training.folds import Unseen

FALSE_ALARMS = {"urgent": 0.03, "brake": 0.2, "emergency": 0.03, "concern": 0.10}
"""The share of calm rows that may lie above each threshold. An emergency passes the brake too."""


def limits(found: Unseen) -> dict[str, float]:
    """Threshold by name."""
    level = np.array([row.number for row in found.rows])
    calm = (level == 0) & ~np.array([row.twin for row in found.rows])
    scores: dict[str, NDArray[np.float64]] = {
        "urgent": found.urgent,
        "brake": found.urgent,
        "emergency": found.output("level.emergency"),
        "concern": found.output("level.concern"),
    }
    return {
        name: round(float(np.quantile(scores[name][calm], 1 - share)), 4)
        for name, share in FALSE_ALARMS.items()
    }
