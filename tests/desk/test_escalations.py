"""The risk board: by level, then the time left; masked words; who is on duty."""

from __future__ import annotations

import pytest

from desk import duty, handoff
from desk.accounts import Role
from desk.escalations import board
from desk.office import Office
from routing.judgement import Level
from tests.cases import NOW, a_handoff, a_staff, a_tray_case, an_escalation, later


def test_the_highest_level_and_the_least_time_come_first(office: Office) -> None:
    late = an_escalation(office, at=later(-40))
    fresh = an_escalation(office, at=later(-1))
    emergency = an_escalation(office, level=Level.EMERGENCY, at=NOW)
    seen = board(office, a_staff(office, Role.COORDINATOR), NOW)
    assert [danger.row.id for danger in seen.waiting] == [emergency, late, fresh]
    assert seen.waiting[1].acknowledge_by < NOW


def test_words_on_the_board_are_masked(office: Office) -> None:
    an_escalation(office, words="たすけて。でんわは 090-1234-5678")
    (danger,) = board(office, a_staff(office, Role.COORDINATOR), NOW).waiting
    assert "たすけて" in danger.words
    assert "1234" not in danger.words


def test_an_acknowledged_danger_moves_over_with_a_name(office: Office) -> None:
    coordinator, case_id = a_staff(office, Role.COORDINATOR, name="中川"), an_escalation(office)
    handoff.accept(office, coordinator, case_id, later(1))
    seen = board(office, coordinator, later(2))
    assert seen.waiting == ()
    assert [danger.row.holder for danger in seen.open] == ["中川"]


def test_the_tray_has_its_own_lists(office: Office) -> None:
    coordinator = a_staff(office, Role.COORDINATOR)
    young, old = a_tray_case(office, at=later(-5)), a_tray_case(office, at=later(-500))
    taken = a_tray_case(office)
    handoff.accept(office, coordinator, taken, later(1))
    seen = board(office, coordinator, later(2))
    assert [row.id for row in seen.tray] == [old, young]
    assert [row.id for row in seen.tray_open] == [taken]


def test_the_board_says_who_watches_and_who_watched(office: Office) -> None:
    coordinator = a_staff(office, Role.COORDINATOR, name="中川")
    before = an_escalation(office)
    duty.go_on_duty(office, coordinator, later(60), later(1))
    during = an_escalation(office, at=later(2))
    seen = board(office, coordinator, later(3))
    assert [one.name for one in seen.watching] == ["中川"]
    assert {d.row.id: d.watched for d in seen.waiting} == {before: False, during: True}


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.COORDINATOR])
def test_nobody_else_sees_a_danger(office: Office, role: Role) -> None:
    an_escalation(office)
    a_tray_case(office)
    a_handoff(office)
    seen = board(office, a_staff(office, role), NOW)
    assert (seen.waiting, seen.open, seen.tray, seen.tray_open, seen.ended) == ((),) * 5
