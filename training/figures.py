"""What the judge is worth, in the few figures that decide, by slice of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from routing.judgement import NO_WORRY, Level, UrgentKind
from training.rows import Row

FIRST = 3
"""A right category must be among so many."""


@dataclass(frozen=True)
class Verdict:
    """What one way of judging said of one row."""

    categories: tuple[str, ...]
    level: Level
    kind: UrgentKind | None


Figures = Mapping[str, float]
"""Name → share (0–1); a figure without rows is left out."""

SLICES: Mapping[str, Callable[[Row], bool]] = {
    "all": lambda row: True,
    "ja": lambda row: row.language == "ja",
    "ja-easy": lambda row: row.language == "ja-easy",
    "other languages": lambda row: not row.language.startswith("ja"),
    "dialect": lambda row: row.voice == "dialect",
    "child and teen": lambda row: row.voice in ("child", "teen"),
    "old": lambda row: row.voice == "old",
    "third person": lambda row: row.who not in ("", "me", "none", "fiction"),
    "indirect": lambda row: row.direct is False,
    "direct": lambda row: row.direct is True,
    "past": lambda row: row.tense == "past",
    "short (≤ 15 signs)": lambda row: len(row.text) <= 15,
    "long (≥ 80 signs)": lambda row: len(row.text) >= 80,
    "twins": lambda row: row.twin,
}


def figures(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> Figures:
    """Every figure of one slice."""
    found = {**_worries(rows, verdicts), **_dangers(rows, verdicts)}
    return {name: share for name, share in found.items() if not np.isnan(share)}


def by_slice(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> dict[str, Figures]:
    """The figures of every slice that has rows."""
    table = {}
    for name, belongs in SLICES.items():
        chosen = [n for n, row in enumerate(rows) if belongs(row)]
        if chosen:
            table[name] = figures([rows[n] for n in chosen], [verdicts[n] for n in chosen])
    return table


def confusions(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> list[tuple[str, str, int]]:
    """(first category wanted, category put first, how often), most often first."""
    counted: dict[tuple[str, str], int] = {}
    for row, verdict in zip(rows, verdicts, strict=True):
        if row.categories and verdict.categories[0] not in row.categories:
            pair = (row.categories[0], verdict.categories[0])
            counted[pair] = counted.get(pair, 0) + 1
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [(wanted, got, count) for (wanted, got), count in ranked]


def _worries(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> dict[str, float]:
    pairs = [(r, v) for r, v in zip(rows, verdicts, strict=True) if r.categories]
    chat = [v for r, v in pairs if r.categories[0] == NO_WORRY]
    worries = [v for r, v in pairs if r.categories[0] != NO_WORRY]
    return {
        "hit@3": _share([bool(set(r.categories) & set(v.categories[:FIRST])) for r, v in pairs]),
        "primary@3": _share([r.categories[0] in v.categories[:FIRST] for r, v in pairs]),
        "chat found": _share([v.categories[0] == NO_WORRY for v in chat]),
        "worry taken for chat": _share([v.categories[0] == NO_WORRY for v in worries]),
    }


def _dangers(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> dict[str, float]:
    pairs = [(r, v) for r, v in zip(rows, verdicts, strict=True) if r.level is not None]

    def reached(wanted: Callable[[int], bool], level: Level) -> float:
        return _share([v.level.rank >= level.rank for r, v in pairs if wanted(r.number)])

    found = [(r, v) for r, v in pairs if r.number >= 2 and v.level.rank >= 2]
    return {
        "danger found": reached(lambda n: n >= 2, Level.URGENT),
        "false alarms": reached(lambda n: n == 0, Level.URGENT),
        "over-alerts": reached(lambda n: n == 1, Level.URGENT),
        "emergency found": reached(lambda n: n == 3, Level.EMERGENCY),
        "emergency at least urgent": reached(lambda n: n == 3, Level.URGENT),
        "emergency at least concern": reached(lambda n: n == 3, Level.CONCERN),
        "concern seen": reached(lambda n: n == 1, Level.CONCERN),
        "kind right": _share([r.kind is v.kind for r, v in found]),
    }


def _share(hits: Sequence[bool]) -> float:
    return float(np.mean(hits)) if hits else float("nan")
