"""The inbox: only the own member's cases, the most urgent first, then the longest waiting."""

from __future__ import annotations

import pytest

from desk import handoff
from desk.accounts import Role
from desk.handoff import DeclineReason, Outcome
from desk.office import Office
from desk.queues import inbox
from routing.judgement import Level
from tests.cases import NOW, OTHER_MEMBER, a_handoff, a_staff, a_tray_case, an_escalation, later


def test_waiting_cases_come_by_urgency_then_by_age(office: Office) -> None:
    young = a_handoff(office, at=later(-5))
    old = a_handoff(office, at=later(-50))
    concern = a_handoff(office, level=Level.CONCERN, at=later(-1))
    rows = inbox(office, a_staff(office), NOW).waiting
    assert [row.id for row in rows] == [concern, old, young]
    assert rows[0].category == "loneliness_listening"


def test_a_member_sees_only_its_own(office: Office) -> None:
    a_handoff(office)
    an_escalation(office)
    a_tray_case(office)
    theirs = a_handoff(office, member=OTHER_MEMBER)
    found = inbox(office, a_staff(office, member=OTHER_MEMBER), NOW)
    assert [row.id for row in found.waiting] == [theirs]


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.STAFF, Role.LEAD)])
def test_other_roles_have_no_inbox(office: Office, role: Role) -> None:
    a_handoff(office)
    found = inbox(office, a_staff(office, role), NOW)
    assert (found.waiting, found.open, found.ended) == ((), (), ())


def test_open_cases_show_who_took_them_the_own_first(office: Office) -> None:
    me, other = a_staff(office, name="わたし"), a_staff(office, name="同僚")
    theirs, mine = a_handoff(office), a_handoff(office)
    handoff.accept(office, other, theirs, later(1))
    handoff.accept(office, me, mine, later(2))
    rows = inbox(office, me, later(3)).open
    assert [(row.id, row.holder, row.mine, row.answered) for row in rows] == [
        (mine, "わたし", True, False),
        (theirs, "同僚", False, False),
    ]


def test_ended_cases_leave_the_list_after_two_weeks(office: Office) -> None:
    staff = a_staff(office)
    closed, declined = a_handoff(office), a_handoff(office)
    handoff.accept(office, staff, closed, later(1))
    handoff.close(office, staff, closed, Outcome.SOLVED, later(2))
    handoff.decline(office, staff, declined, DeclineReason.OTHER, "", later(3))
    assert [row.id for row in inbox(office, staff, later(4)).ended] == [declined, closed]
    assert inbox(office, staff, later(15 * 24 * 60)).ended == ()
