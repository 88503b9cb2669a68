"""How well the judgement judges: every slice, beside simpler ways, with its time and memory.

`make bench-judgement` writes docs/judgement.json, .md and .svg. The corpus is judged by judges that
never read a row's writer; the two held-out sets by the shipped weights, which never read them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, pstdev
from typing import Any

import numpy as np

from bench.judgement_page import page, picture
from directory_data.load import load_pack
from directory_data.model import Directory
from routing.judge import Judge
from routing.judgement import Wish
from routing.learned import learned
from routing.ranking import rank_members
from routing.sentences import Sentences
from training import verdicts
from training.figures import Figures, Verdict, by_slice, confusions, figures
from training.fit import EVERYTHING, WITHOUT_MEANING
from training.folds import FOLDS, folds_of, unseen
from training.rows import Row, held_out_rows, training_rows
from training.simulate import clarifying

DOCS = Path(__file__).parents[1] / "docs"
_NOON = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
_SHIPPED = "letters, rules and meaning ([semantic])"
_WAYS = {
    _SHIPPED: EVERYTHING,
    "letters and rules (default)": WITHOUT_MEANING,
    "meaning alone (sentence vectors)": ("meaning",),
}
_MEMORY = (
    "import re, sys; from directory_data.load import load_pack; d = load_pack();"
    "peak = lambda: int(re.search('VmHWM:.*?(\\d+)', open('/proc/self/status').read())[1]) / 1024;"
    "before = peak(); from routing.judge import Judge; Judge(d).read('玄関'); print(before, peak())"
)


def main() -> int:
    """Measure everything, write the pages, print the table."""
    rows, held_out, directory = training_rows(), held_out_rows(), load_pack()
    judge, bare = Judge(directory), Judge(directory, encoder=NoEncoder())
    report = {
        "rows": len(rows),
        "digest": learned().about["digest"],
        **_held_out(judge, bare, held_out),
        **_cross_validated(rows, directory),
        "speed": {
            **speed(judge, held_out, directory),
            **{f"{n}, letters": t for n, t in speed(bare, held_out, directory).items()},
        },
        "memory": memory(),
        "clarifying": clarifying(held_out, judge, directory, _NOON),
    }
    report = _rounded(report)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (DOCS / "judgement.json").write_text(text + "\n", encoding="utf-8")
    (DOCS / "judgement.md").write_text(page(report), encoding="utf-8")
    (DOCS / "judgement.svg").write_text(picture(report), encoding="utf-8")
    print(page(report))
    return 0


class NoEncoder(Sentences):
    """Judging as where `[semantic]` is not installed."""

    def vector(self, text: str) -> None:
        return None


def _held_out(judge: Judge, bare: Judge, rows: Sequence[Row]) -> dict[str, Any]:
    _say("held-out sets, shipped weights")
    found, letters = verdicts.shipped(judge, rows), verdicts.shipped(bare, rows)
    hands = sorted({row.hand for row in rows})
    return {
        "held_out": {hand: by_slice(*_of_hand(rows, found, hand)) for hand in hands},
        "held_out_letters": {hand: figures(*_of_hand(rows, letters, hand)) for hand in hands},
        "confusions": confusions(rows, found)[:15],
    }


def _cross_validated(rows: Sequence[Row], directory: Directory) -> dict[str, Any]:
    """The corpus by judges that never read the writer, beside the baselines."""
    ways: dict[str, Mapping[str, float]] = {}
    found: dict[str, list[Verdict]] = {}
    for name, parts in _WAYS.items():
        _say(f"{name}: five folds of whole hands")
        found[name] = verdicts.out_of_fold(unseen(rows, parts))
        ways[name] = figures(rows, found[name])
    _say("baselines")
    ways["rules alone"] = figures(rows, verdicts.by_rules(rows))
    ways["keywords alone (rapidfuzz)"] = figures(
        rows, verdicts.by_keywords(rows, directory.categories)
    )
    best = found[_SHIPPED]
    return {
        "ways": ways,
        "slices": by_slice(rows, best),
        "spread": spread(rows, best, folds_of(rows)),
    }


def spread(
    rows: Sequence[Row], found: Sequence[Verdict], fold: np.ndarray
) -> dict[str, tuple[float, float]]:
    """Mean and standard deviation of each figure over the folds."""
    tables = [
        figures([r for r, f in zip(rows, fold, strict=True) if f == number], chosen)
        for number in range(FOLDS)
        if (chosen := [v for v, f in zip(found, fold, strict=True) if f == number])
    ]
    names = [name for name in tables[0] if all(name in table for table in tables)]
    return {n: (mean(t[n] for t in tables), pstdev([t[n] for t in tables])) for n in names}


def speed(judge: Judge, rows: Sequence[Row], directory: Directory) -> dict[str, Figures]:
    """Milliseconds a message, judged and ranked, one thread: p50 and p99 (not shares)."""
    return {
        f"{len(d.members)} members": _timed(judge, rows, d) for d in (directory, crowd(directory))
    }


def crowd(directory: Directory, size: int = 1_000) -> Directory:
    """The same city with many more members."""
    members = list(directory.members.values())
    many = (replace(members[n % len(members)], id=f"m{n}") for n in range(size))
    return replace(directory, members={member.id: member for member in many})


def _timed(judge: Judge, rows: Sequence[Row], directory: Directory) -> Figures:
    times = []
    for row in rows:
        start = time.perf_counter()
        found = judge.read(row.text)
        wish = Wish(found.language, row.text)
        rank_members(directory, found.categories, {}, (), _NOON, wish)
        times.append((time.perf_counter() - start) * 1000)
    half, most = np.percentile(times, [50, 99])
    return {"p50 ms": float(half), "p99 ms": float(most)}


def memory() -> dict[str, float]:
    """Peak MB of a process that loaded the pack, and of one that judged a text."""
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY], capture_output=True, text=True, check=True
    )
    before, after = map(float, done.stdout.split())
    return {"pack": before, "judge": after}


def _of_hand(
    rows: Sequence[Row], found: Sequence[Verdict], hand: str
) -> tuple[list[Row], list[Verdict]]:
    chosen = [n for n, row in enumerate(rows) if row.hand == hand]
    return [rows[n] for n in chosen], [found[n] for n in chosen]


def _rounded(value: Any) -> Any:
    """Every number to four places, so that the file changes only when a figure does."""
    if isinstance(value, Mapping):
        return {name: _rounded(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return round(value, 4) if isinstance(value, float) else value


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
