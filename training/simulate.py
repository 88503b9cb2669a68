"""Simulated residents who answer honestly: is the one question worth asking?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from directory_data.model import Directory
from routing.judge import Judge
from routing.judgement import NO_WORRY, CategoryMatch
from routing.ranking import rank_members
from training.rows import Row

PAGE = 3
"""Members on the first page."""


def clarifying(
    rows: Sequence[Row], judge: Judge, directory: Directory, now: datetime
) -> Mapping[str, float]:
    """The mean share of members on the first page that deal with the resident's own worry.

    `without`: members at once. `with`: where the margin is small the resident names the offered
    category that is theirs, or none of them, and then sees members. `asked`: how many were asked.
    `asked_without` and `asked_with`: the same among those who were asked.
    """
    worries = [row for row in rows if row.categories and row.categories[0] != NO_WORRY]
    plain, helped, asked = [], [], []
    for row in worries:
        found = judge.read(row.text)
        matches = found.categories
        plain.append(_fitting(matches, row, directory, now))
        ask = bool(matches) and not found.clear
        asked.append(ask)
        named = [m for m in found.categories[:PAGE] if m.code in row.categories]
        answered = (CategoryMatch(named[0].code, 1.0),) if named else matches
        helped.append(_fitting(answered, row, directory, now) if ask else plain[-1])
    in_question = [n for n, ask in enumerate(asked) if ask]
    return {
        "without": _mean(plain),
        "with": _mean(helped),
        "asked": _mean(asked),
        "asked_without": _mean([plain[n] for n in in_question]),
        "asked_with": _mean([helped[n] for n in in_question]),
    }


def _fitting(
    matches: Sequence[CategoryMatch], row: Row, directory: Directory, now: datetime
) -> float:
    page = rank_members(directory, matches, {}, (), now)[:PAGE]
    right = set(row.categories)
    fits = [bool(right & set(directory.members[match.member_id].categories)) for match in page]
    return sum(fits) / PAGE


def _mean(shares: Sequence[float]) -> float:
    return round(sum(shares) / (len(shares) or 1), 4)
