"""Who sees a case, and acting on one whose talk was erased."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desk import handoff
from desk.access import CaseMoved, note_viewed, sees
from desk.accounts import Role, Staff
from desk.answer import answer
from desk.case_page import case_page
from desk.erase import erase
from desk.handoff import Outcome
from desk.office import Office
from store.accounts import Audit
from store.cases import Case
from tests.cases import MEMBER, a_staff, an_escalation, case_of, later, opened


@pytest.mark.parametrize("purpose", ["handoff", "escalation", "tray"])
@pytest.mark.parametrize("role", list(Role))
def test_sight_follows_role_purpose_and_member(role: Role, purpose: str) -> None:
    for member in (MEMBER, "other", None):
        case = Case(purpose=purpose, member_id=MEMBER if purpose == "handoff" else None)
        is_theirs = role in (Role.STAFF, Role.LEAD) and purpose == "handoff" and member == MEMBER
        is_bodys = role is Role.COORDINATOR and purpose != "handoff"
        assert sees(Staff("a", "名前", role, member), case) is (is_theirs or is_bodys)


def test_staff_without_a_member_see_no_case_without_one() -> None:
    lost = Staff("a", "名前", Role.STAFF, None)
    assert not sees(lost, Case(purpose="handoff", member_id=None))


def test_a_danger_outlives_the_erasure_of_its_words(office: Office) -> None:
    coordinator, case_id = a_staff(office, Role.COORDINATOR), an_escalation(office)
    with office.database.sessions.begin() as session:
        talk = opened(office, session, session.get_one(Case, case_id).conversation_id)
        erase(session, office, talk, talk.state, later(1))
    assert case_page(office, coordinator, case_id).erased
    handoff.accept(office, coordinator, case_id, later(2))
    with pytest.raises(CaseMoved):
        answer(office, coordinator, case_id, "だいじょうぶですか", "f", later(3))
    handoff.close(office, coordinator, case_id, Outcome.LOST, later(4))
    assert case_of(office, case_id).status == "closed"


def test_opening_a_page_leaves_a_line_in_the_trail(office: Office) -> None:
    staff = a_staff(office)
    note_viewed(office, staff, "c1", later(1))
    with office.database.reads() as session:
        row = session.scalars(select(Audit)).one()
    assert (row.actor, row.action, row.subject) == (staff.account_id, "case_viewed", "case:c1")
