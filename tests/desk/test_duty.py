"""Duty: who watches the board, until when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk import duty
from desk.accounts import Role
from desk.office import Office
from desk.scene import is_watched
from tests.cases import NOW, a_staff, later


def names(office: Office, minutes: float) -> list[str]:
    with office.database.reads() as session:
        return [one.name for one in duty.on_duty(session, later(minutes))]


def test_duty_begins_at_once_and_ends_by_itself(office: Office) -> None:
    duty.go_on_duty(office, a_staff(office, Role.COORDINATOR, name="中川"), later(60), NOW)
    assert names(office, 0) == ["中川"]
    assert names(office, 60) == []
    with office.database.reads() as session:
        assert is_watched(session, later(59))
        assert not is_watched(session, later(60))


def test_a_new_end_replaces_the_old_one(office: Office) -> None:
    staff = a_staff(office, Role.COORDINATOR, name="中川")
    duty.go_on_duty(office, staff, later(60), NOW)
    duty.go_on_duty(office, staff, later(240), later(10))
    assert names(office, 10) == ["中川"]
    assert names(office, 200) == ["中川"]


def test_going_off_ends_only_the_own_duty(office: Office) -> None:
    first = a_staff(office, Role.COORDINATOR, name="中川")
    second = a_staff(office, Role.COORDINATOR, name="江藤")
    duty.go_on_duty(office, first, later(60), NOW)
    duty.go_on_duty(office, second, later(90), NOW)
    assert names(office, 1) == ["江藤", "中川"]
    duty.go_off_duty(office, second, later(2))
    assert names(office, 2) == ["中川"]
    duty.go_off_duty(office, second, later(3))


@pytest.mark.parametrize("until", [NOW, later(-5), NOW + duty.LONGEST + timedelta(minutes=1)])
def test_a_duty_without_a_sensible_end_is_refused(office: Office, until: object) -> None:
    with pytest.raises(duty.DutyRefused):
        duty.go_on_duty(office, a_staff(office, Role.COORDINATOR), until, NOW)  # type: ignore[arg-type]
    assert names(office, 0) == []
