"""The one place that moves a case: history for every step, nothing kept behind the end."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from desk.casework import move_case, new_pseudonym, read_summary
from desk.office import Office
from routing.case import Status, TransitionRefused
from store.cases import Case, CaseHistory
from tests.cases import a_handoff, case_of, later


def move(office: Office, case_id: str, wanted: Status) -> None:
    with office.database.sessions.begin() as session:
        case = session.get_one(Case, case_id)
        move_case(session, case, wanted, later(1), actor="somebody", why="because")


def test_an_accepted_case_keeps_its_summary_an_ended_one_does_not(office: Office) -> None:
    case_id = a_handoff(office)
    move(office, case_id, Status.ACCEPTED)
    case = case_of(office, case_id)
    assert case.accepted_at == later(1) and case.summary_sealed is not None
    move(office, case_id, Status.CLOSED)
    case = case_of(office, case_id)
    assert case.ended_at == later(1) and case.summary_sealed is None
    assert read_summary(None, case) == {}
    with office.database.reads() as session:
        steps = session.scalars(select(CaseHistory).order_by(CaseHistory.id)).all()
    assert [(s.from_status, s.to_status, s.actor, s.why) for s in steps[1:]] == [
        ("waiting", "accepted", "somebody", "because"),
        ("accepted", "closed", "somebody", "because"),
    ]


@pytest.mark.parametrize("end", [Status.DECLINED, Status.WITHDRAWN])
def test_from_an_end_no_step_leads_away(office: Office, end: Status) -> None:
    case_id = a_handoff(office)
    move(office, case_id, end)
    for wanted in Status:
        with pytest.raises(TransitionRefused):
            move(office, case_id, wanted)


def test_of_two_who_act_at_once_one_wins(office: Office) -> None:
    case_id = a_handoff(office)
    with office.database.reads() as session:
        stale = session.get_one(Case, case_id)
    move(office, case_id, Status.ACCEPTED)
    with pytest.raises(StaleDataError), office.database.sessions.begin() as session:
        late = session.merge(stale, load=False)
        move_case(session, late, Status.DECLINED, later(2), actor="another", why="late")
        session.flush()
    assert case_of(office, case_id).status == "accepted"


def test_names_are_kind_and_hardly_ever_the_same() -> None:
    names = {new_pseudonym() for _ in range(200)}
    assert len(names) > 190
    assert all(re.fullmatch(r"[ぁ-ん]+-\d{4}", name) for name in names)
