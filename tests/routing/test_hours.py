"""Weekly hours in Japan, asked at aware moments anywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from directory_data.model import Member, Slot
from directory_data.timetable import slot
from routing.hours import JAPAN, is_open, opens_at

WEEKDAYS = Member("m", "m", ("food",), hours=(slot("mon-fri 09:00-17:00"),))
NIGHTS = Member("n", "n", ("food",), hours=(slot("fri,sat 22:00-02:00"),))


def japan(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=JAPAN)


def test_open_from_the_first_minute_to_the_last() -> None:
    assert is_open(WEEKDAYS, japan(23, 9))
    assert is_open(WEEKDAYS, japan(23, 16, 59))
    assert not is_open(WEEKDAYS, japan(23, 17))
    assert not is_open(WEEKDAYS, japan(28, 12))


def test_the_moment_may_come_in_any_zone() -> None:
    assert is_open(WEEKDAYS, datetime(2026, 11, 23, 0, 0, tzinfo=UTC))


def test_a_night_lasts_past_midnight() -> None:
    assert is_open(NIGHTS, japan(27, 23))
    assert is_open(NIGHTS, japan(28, 1, 59))
    assert not is_open(NIGHTS, japan(27, 1))
    assert is_open(NIGHTS, japan(29, 0, 30))


def test_the_next_opening() -> None:
    assert opens_at(WEEKDAYS, japan(23, 18)) == japan(24, 9)
    assert opens_at(WEEKDAYS, japan(27, 18)) == japan(30, 9)
    assert opens_at(NIGHTS, japan(28, 1)) == japan(28, 22)


def test_a_day_off_is_closed_and_skipped() -> None:
    off = Member(
        "o", "o", ("food",), hours=WEEKDAYS.hours, closed_on=frozenset({date(2026, 11, 24)})
    )
    assert not is_open(off, japan(24, 12))
    assert opens_at(off, japan(23, 18)) == japan(25, 9)


def test_who_told_no_hours_is_neither_open_nor_closed() -> None:
    silent = Member("s", "s", ("food",))
    assert is_open(silent, japan(23, 12)) is None
    assert opens_at(silent, japan(23, 12)) is None


def test_round_the_clock() -> None:
    always = Member("a", "a", ("food",), hours=(Slot(frozenset(range(7)), time(0), time(0)),))
    assert is_open(always, japan(23, 0)) and is_open(always, japan(23, 23, 59))
