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
    """Shares of residents with a worry whose first page holds a member of their own category.

    `without`: members at once. `with`: where the margin is small the resident names the offered
    category that is theirs, or none of them, and then sees members. `asked`: how many were asked.
    `asked_without` and `asked_with`: the same among those who were asked.
    """
    worries = [row for row in rows if row.categories and row.categories[0] != NO_WORRY]
    plain, helped, asked = [], [], []
    for row in worries:
        found = judge.read(row.text)
        matches = found.categories
        plain.append(_is_met(matches, row, directory, now))
        ask = bool(matches) and not found.clear
        asked.append(ask)
        named = [m for m in found.categories[:PAGE] if m.code in row.categories]
        answered = (CategoryMatch(named[0].code, 1.0),) if named else matches
        helped.append(_is_met(answered, row, directory, now) if ask else plain[-1])
    in_question = [n for n, ask in enumerate(asked) if ask]
    return {
        "without": _share(plain),
        "with": _share(helped),
        "asked": _share(asked),
        "asked_without": _share([plain[n] for n in in_question]),
        "asked_with": _share([helped[n] for n in in_question]),
    }


def _is_met(
    matches: Sequence[CategoryMatch], row: Row, directory: Directory, now: datetime
) -> bool:
    page = rank_members(directory, matches, {}, (), now)[:PAGE]
    met = {code for match in page for code in directory.members[match.member_id].categories}
    return bool(met & set(row.categories))


def _share(hits: Sequence[bool]) -> float:
    return round(sum(hits) / (len(hits) or 1), 4)
