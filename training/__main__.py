"""`python -m training`: fit the learned judge anew and write routing/models/ (about five minutes).

First every row is scored by a judge that never read its writer, to choose the thresholds; then the
shipped weights are fitted on all rows. The held-out sets are not touched.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from routing.learned import MODELS, save
from training.fit import EVERYTHING, KEPT, WITHOUT_MEANING, fit
from training.folds import unseen
from training.limits import limits
from training.rows import digest, training_rows

WAYS = {"judge": (EVERYTHING, KEPT), "letters": (WITHOUT_MEANING, KEPT // 2)}
"""Name of the model file: parts of the features, letter pieces kept."""


def main() -> None:
    """Write both models, or stop with what is wrong."""
    rows = training_rows()
    about = {"rows": len(rows), "digest": digest(rows), "hands": len({row.hand for row in rows})}
    for name, (parts, kept) in WAYS.items():
        _say(f"{name}: scoring {len(rows)} rows by judges that never read their writers")
        chosen = limits(unseen(rows, parts))
        _say(f"{name}: thresholds {chosen}; fitting on all rows")
        model = replace(fit(rows, parts, kept), limits=chosen, about=about)
        save(model, MODELS / f"{name}.npz")
        _say(f"{name}: {(MODELS / f'{name}.npz').stat().st_size / 1e6:.1f} MB written")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
