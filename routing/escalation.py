"""By when somebody of the coordinating body must have seen an escalation (safety.md: levels)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from routing.judgement import Level

_JAPAN = ZoneInfo("Asia/Tokyo")
_MINUTES = {Level.EMERGENCY: 5, Level.URGENT: 30}


def acknowledge_by(level: Level, raised_at: datetime) -> datetime:
    """The deadline, in UTC. `concern` and below: the end of the same day in Japan.

    `raised_at` must be aware; a naive one raises ValueError.
    """
    if raised_at.tzinfo is None:
        raise ValueError("raised_at has no time zone")
    if level in _MINUTES:
        return (raised_at + timedelta(minutes=_MINUTES[level])).astimezone(ZoneInfo("UTC"))
    tomorrow = raised_at.astimezone(_JAPAN).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), _JAPAN).astimezone(ZoneInfo("UTC"))
