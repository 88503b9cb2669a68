"""Weekly hours as editors write them."""

from __future__ import annotations

from datetime import time

import pytest

from directory_data.timetable import slot


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri 09:00-17:00", {0, 1, 2, 3, 4}),
        ("sat,sun 09:00-17:00", {5, 6}),
        ("fri-mon 09:00-17:00", {4, 5, 6, 0}),
        ("mon,wed-thu 09:00-17:00", {0, 2, 3}),
        ("sun 09:00-17:00", {6}),
    ],
)
def test_days(text: str, days: set[int]) -> None:
    assert slot(text).days == days


def test_times_and_midnight() -> None:
    found = slot("sat 22:30-24:00")
    assert (found.opens, found.closes) == (time(22, 30), time(0))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("weekdays", "is not like"),
        ("mon 9:00-17:00", "is not like"),
        ("moon 09:00-17:00", "`moon` is no day"),
        ("mon 09:00-25:00", "`25:00` is no time"),
        ("", "is not like"),
    ],
)
def test_what_cannot_be_meant_is_told(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        slot(text)
