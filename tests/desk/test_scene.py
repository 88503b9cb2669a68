"""What a step may know of the world: load of members, and whether anybody watches."""

from __future__ import annotations

from datetime import timedelta

from desk.handoff import accept
from desk.office import Office
from desk.scene import is_watched, member_states, scene
from store.accounts import MemberRow
from store.cases import Duty
from tests.cases import MEMBER, NOW, OTHER_MEMBER, a_handoff, a_staff, later


def test_open_cases_are_counted_and_those_who_left_are_not_there(office: Office) -> None:
    staff = a_staff(office)
    accept(office, staff, a_handoff(office), later(1))
    a_handoff(office)
    with office.database.sessions.begin() as session:
        session.get_one(MemberRow, OTHER_MEMBER).active = False
        session.get_one(MemberRow, MEMBER).capacity = 2
    with office.database.reads() as session:
        states = member_states(session, NOW)
        later_on = member_states(session, NOW + timedelta(weeks=5))
    assert (states[MEMBER].open_cases, states[MEMBER].takes_more) == (2, False)
    assert (states[MEMBER].recent_cases, later_on[MEMBER].recent_cases) == (2, 0)
    assert OTHER_MEMBER not in states and len(states) == 33


def test_somebody_watches_only_during_a_duty(office: Office) -> None:
    staff = a_staff(office)
    with office.database.sessions.begin() as session:
        session.add(Duty(account_id=staff.account_id, starts_at=later(0), ends_at=later(60)))
    with office.database.reads() as session:
        watched = [is_watched(session, later(minute)) for minute in (-1, 0, 59, 60)]
    assert watched == [False, True, True, False]


def test_every_scene_offers_a_new_name_for_a_talk(office: Office) -> None:
    with office.database.reads() as session:
        names = {scene(session, office, NOW).new_talk for _ in range(20)}
    assert len(names) == 20
