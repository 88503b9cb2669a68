"""Accepting, declining and closing: one wins, the resident is told, nothing is left half done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.conversation import Holder, Stage
from desk import handoff
from desk.access import CaseMoved, CaseUnseen
from desk.accounts import Role
from desk.answer import answer
from desk.handoff import DeclineReason, Outcome
from desk.office import Office
from routing.case import Status
from store.accounts import Audit
from store.cases import Case, CaseHistory, Escalation
from store.letterbox import OutboxMessage
from tests.cases import (
    OTHER_MEMBER,
    a_handoff,
    a_staff,
    a_talk,
    a_tray_case,
    an_escalation,
    case_of,
    later,
    put_state,
    state_of,
)


def outgoing(office: Office) -> int:
    with office.database.reads() as session:
        return len(session.scalars(select(OutboxMessage.id)).all())


def actions(office: Office) -> list[str]:
    with office.database.reads() as session:
        return list(session.scalars(select(Audit.action).order_by(Audit.id)))


def test_accepting_gives_the_word_to_a_person_and_tells_the_resident(office: Office) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    handoff.accept(office, staff, case_id, later(4))
    case, state = case_of(office, case_id), state_of(office, case_id)
    assert (case.status, case.account_id) == (Status.ACCEPTED, staff.account_id)
    assert case.accepted_at == later(4)
    assert (state.holder, state.stage) == (Holder.STAFF, Stage.TALKING)
    assert outgoing(office) == 1
    assert len(office.ring.rung) == 1  # type: ignore[attr-defined]
    assert actions(office) == ["case_accepted"]


def test_the_second_to_accept_is_told_who_was_first(office: Office) -> None:
    case_id = a_handoff(office)
    handoff.accept(office, a_staff(office, name="山田"), case_id, later(1))
    with pytest.raises(CaseMoved) as moved:
        handoff.accept(office, a_staff(office, name="田中"), case_id, later(1))
    assert (moved.value.status, moved.value.holder) == (Status.ACCEPTED, "山田")
    assert outgoing(office) == 1


def test_of_many_who_accept_at_once_exactly_one_wins(office: Office) -> None:
    case_id = a_handoff(office)
    people = [a_staff(office, name=f"職員{n}") for n in range(6)]

    def attempt(position: int) -> str:
        try:
            handoff.accept(office, people[position], case_id, later(1))
        except CaseMoved as moved:
            return moved.holder or "nobody"
        return "won"

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(attempt, range(6)))
    assert results.count("won") == 1
    winner = people[results.index("won")]
    assert {r for r in results if r != "won"} == {winner.name}
    assert case_of(office, case_id).account_id == winner.account_id
    assert outgoing(office) == 1


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.STAFF, Role.LEAD)])
def test_nobody_outside_the_member_can_take_its_case(office: Office, role: Role) -> None:
    with pytest.raises(CaseUnseen):
        handoff.accept(office, a_staff(office, role), a_handoff(office), later(1))


def test_another_member_does_not_see_the_case(office: Office) -> None:
    stranger = a_staff(office, member=OTHER_MEMBER)
    with pytest.raises(CaseUnseen):
        handoff.accept(office, stranger, a_handoff(office), later(1))
    with pytest.raises(CaseUnseen):
        handoff.accept(office, stranger, "no-such-case", later(1))


def test_declining_offers_the_next_ways_without_this_member(office: Office) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    handoff.decline(office, staff, case_id, DeclineReason.FULL, "今週は満員", later(2))
    case, state = case_of(office, case_id), state_of(office, case_id)
    assert case.status == Status.DECLINED
    assert case.summary_sealed is None
    assert (state.holder, state.stage) == (Holder.BOT, Stage.SUGGESTED)
    assert staff.member_id in state.excluded
    assert staff.member_id not in state.offered
    assert outgoing(office) >= 2
    with office.database.reads() as session:
        why = session.scalars(select(CaseHistory.why).order_by(CaseHistory.id.desc())).first()
    assert why == "full: 今週は満員"


def test_when_every_member_declined_the_resident_is_put_into_the_tray(office: Office) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    put_state(office, case_id, excluded=tuple(office.directory.members))
    handoff.decline(office, staff, case_id, DeclineReason.NO_TIME, "", later(2))
    with office.database.reads() as session:
        tray = session.scalars(select(Case).where(Case.purpose == "tray")).one()
    assert (tray.status, tray.member_id) == (Status.WAITING, None)


def test_an_accepted_case_cannot_be_declined(office: Office) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    handoff.accept(office, staff, case_id, later(1))
    with pytest.raises(CaseMoved):
        handoff.decline(office, staff, case_id, DeclineReason.FULL, "", later(2))


def test_a_danger_is_never_declined(office: Office) -> None:
    coordinator, case_id = a_staff(office, Role.COORDINATOR), an_escalation(office)
    with pytest.raises(CaseMoved):
        handoff.decline(office, coordinator, case_id, DeclineReason.FULL, "", later(1))
    assert case_of(office, case_id).status == Status.WAITING


def test_closing_says_goodbye_and_keeps_the_outcome(office: Office) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    handoff.accept(office, staff, case_id, later(1))
    before = outgoing(office)
    handoff.close(office, staff, case_id, Outcome.CONNECTED, later(30))
    case, state = case_of(office, case_id), state_of(office, case_id)
    assert (case.status, case.outcome, case.ended_at) == ("closed", "connected", later(30))
    assert (state.holder, state.stage) == (Holder.BOT, Stage.SURVEY)
    assert outgoing(office) > before


def test_a_waiting_case_cannot_be_closed(office: Office) -> None:
    with pytest.raises(CaseMoved) as moved:
        handoff.close(office, a_staff(office), a_handoff(office), Outcome.SOLVED, later(1))
    assert moved.value.holder is None


def test_acknowledging_names_the_person_and_leaves_the_bot_its_word(office: Office) -> None:
    coordinator, case_id = a_staff(office, Role.COORDINATOR), an_escalation(office)
    handoff.accept(office, coordinator, case_id, later(2))
    with office.database.reads() as session:
        escalation = session.get_one(Escalation, case_id)
    assert escalation.acknowledged_by == coordinator.account_id
    assert escalation.acknowledged_at == later(2)
    assert state_of(office, case_id).holder is Holder.BOT
    assert outgoing(office) == 0
    assert actions(office) == ["escalation_acknowledged"]


def test_closing_a_danger_nobody_wrote_in_says_nothing_to_the_resident(office: Office) -> None:
    coordinator, case_id = a_staff(office, Role.COORDINATOR), an_escalation(office)
    put_state(office, case_id, escalated=True)
    handoff.accept(office, coordinator, case_id, later(2))
    handoff.close(office, coordinator, case_id, Outcome.SOLVED, later(3))
    assert outgoing(office) == 0
    assert state_of(office, case_id).stage is Stage.LISTENING
    assert not state_of(office, case_id).escalated


def test_closing_a_danger_gives_the_word_back_to_the_queue(office: Office) -> None:
    talk = a_talk(office)
    handed, raised = a_handoff(office, talk=talk), an_escalation(office, talk=talk)
    coordinator = a_staff(office, Role.COORDINATOR)
    handoff.accept(office, coordinator, raised, later(1))
    answer(office, coordinator, raised, "読みました", "form", later(2))
    handoff.close(office, coordinator, raised, Outcome.CONTINUES, later(3))
    state = state_of(office, handed)
    assert (state.holder, state.stage) == (Holder.BOT, Stage.QUEUED)
    assert case_of(office, handed).status == Status.WAITING


def test_closing_a_danger_leaves_a_talk_with_a_member_alone(office: Office) -> None:
    talk = a_talk(office)
    handed, raised = a_handoff(office, talk=talk), an_escalation(office, talk=talk)
    coordinator = a_staff(office, Role.COORDINATOR)
    handoff.accept(office, a_staff(office), handed, later(1))
    handoff.accept(office, coordinator, raised, later(1))
    handoff.close(office, coordinator, raised, Outcome.CONTINUES, later(3))
    assert state_of(office, handed).holder is Holder.STAFF


def test_the_tray_is_taken_and_closed_by_a_coordinator(office: Office) -> None:
    coordinator, case_id = a_staff(office, Role.COORDINATOR), a_tray_case(office)
    handoff.accept(office, coordinator, case_id, later(1))
    answer(office, coordinator, case_id, "いっしょに考えましょう", "form", later(2))
    assert state_of(office, case_id).holder is Holder.STAFF
    handoff.close(office, coordinator, case_id, Outcome.ELSEWHERE, later(9))
    assert state_of(office, case_id).holder is Holder.BOT
