"""Weekly hours as an editor writes them: `mon-fri 09:00-17:00`, `sat,sun 22:00-02:00`."""

from __future__ import annotations

import re
from datetime import time

from directory_data.model import Slot

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_LINE = re.compile(r"([a-z,-]+) (\d\d:\d\d)-(\d\d:\d\d)")


def slot(text: str) -> Slot:
    """One line of hours; a time of closing at or before opening is on the next day.

    Raises `ValueError` with what an editor must put right.
    """
    found = _LINE.fullmatch(text)
    if found is None:
        raise ValueError(f"`{text}` is not like `mon-fri 09:00-17:00`")
    days, opens, closes = found.groups()
    return Slot(frozenset(_days(days)), _time(opens), _time(closes))


def _days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        begin, end = _day(first), _day(last or first)
        days += range(begin, end + 1) if begin <= end else [*range(begin, 7), *range(end + 1)]
    return days


def _day(name: str) -> int:
    if name not in DAYS:
        raise ValueError(f"`{name}` is no day; known: {', '.join(DAYS)}")
    return DAYS.index(name)


def _time(text: str) -> time:
    try:
        return time.fromisoformat("00:00" if text == "24:00" else text)
    except ValueError:
        raise ValueError(f"`{text}` is no time of day") from None
