"""When a member is open: weekly hours, past midnight, days off. The clock is an argument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from directory_data.model import Member, Slot

JAPAN = ZoneInfo("Asia/Tokyo")
_LOOKED_AHEAD = 8
"""Days; a weekly slot comes again within them."""


def is_open(member: Member, now: datetime) -> bool | None:
    """Whether somebody is there at `now` (aware); None while the member has told no hours."""
    if not member.hours:
        return None
    return any(begin <= now < end for begin, end in _openings(member, now))


def opens_at(member: Member, now: datetime) -> datetime | None:
    """The next opening after `now`, aware; None when there is none within a week or no hours."""
    return min((begin for begin, _ in _openings(member, now) if begin > now), default=None)


def _openings(member: Member, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Every opening that may hold `now` or follow within a week; yesterday's may still last."""
    today = now.astimezone(JAPAN).date()
    for ahead in range(-1, _LOOKED_AHEAD):
        day = today + timedelta(days=ahead)
        if day not in member.closed_on:
            yield from (_on(slot, day) for slot in _slots_of(member.hours, day))


def _slots_of(hours: Sequence[Slot], day: date) -> Iterator[Slot]:
    return (slot for slot in hours if day.weekday() in slot.days)


def _on(slot: Slot, day: date) -> tuple[datetime, datetime]:
    """A slot that ends at or before its beginning lasts past midnight."""
    begin = datetime.combine(day, slot.opens, JAPAN)
    last_day = day if slot.closes > slot.opens else day + timedelta(days=1)
    return begin, datetime.combine(last_day, slot.closes, JAPAN)
