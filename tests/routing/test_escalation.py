"""Deadlines of an escalation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from routing.escalation import acknowledge_by
from routing.judgement import Level

AT = datetime(2026, 11, 23, 14, 50, tzinfo=UTC)


def test_minutes_for_life_and_safety() -> None:
    assert acknowledge_by(Level.EMERGENCY, AT) - AT == timedelta(minutes=5)
    assert acknowledge_by(Level.URGENT, AT) - AT == timedelta(minutes=30)


def test_a_concern_has_until_the_end_of_the_day_in_japan() -> None:
    assert acknowledge_by(Level.CONCERN, AT) == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    after_midnight = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert acknowledge_by(Level.CONCERN, after_midnight) == datetime(
        2026, 11, 24, 15, 0, tzinfo=UTC
    )


def test_the_answer_is_utc_whatever_zone_came_in() -> None:
    local = AT.astimezone(ZoneInfo("Asia/Tokyo"))
    assert acknowledge_by(Level.URGENT, local) == acknowledge_by(Level.URGENT, AT)
    assert acknowledge_by(Level.URGENT, local).utcoffset() == timedelta(0)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        acknowledge_by(Level.URGENT, AT.replace(tzinfo=None))
