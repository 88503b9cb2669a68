"""Staff words: once per form, within limits, never to somebody who blocked the account."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.conversation import Holder, Stage
from desk import handoff
from desk.access import CaseMoved, CaseUnseen
from desk.accounts import Role, Staff
from desk.answer import LONGEST, AnswerRefused, answer
from desk.handoff import Outcome
from desk.office import Office
from desk.talks import read_words
from store.cases import Case
from store.letterbox import OutboxMessage
from store.people import Person
from store.talks import Message, Talk
from tests.cases import (
    OTHER_MEMBER,
    a_handoff,
    a_staff,
    an_escalation,
    case_of,
    later,
    put_state,
    state_of,
)


@pytest.fixture
def staff(office: Office) -> Staff:
    return a_staff(office)


@pytest.fixture
def case_id(office: Office, staff: Staff) -> str:
    case_id = a_handoff(office)
    handoff.accept(office, staff, case_id, later(1))
    return case_id


def said(office: Office, case_id: str) -> list[str]:
    with office.database.reads() as session:
        case = session.get_one(Case, case_id)
        key = office.vault.key(session, session.get_one(Talk, case.conversation_id).data_key_id)
        found = session.scalars(
            select(Message)
            .where(Message.case_id == case_id, Message.author == "staff")
            .order_by(Message.at)
        )
        return [read_words(key, message) or "" for message in found]


def test_an_answer_is_a_message_and_an_outbox_row(
    office: Office, staff: Staff, case_id: str
) -> None:
    answer(office, staff, case_id, "  こんばんは。\r\nよかったら話してください ", "f1", later(3))
    assert said(office, case_id) == ["こんばんは。\nよかったら話してください"]
    with office.database.reads() as session:
        message = session.scalars(select(Message).where(Message.author == "staff")).one()
        sends = session.scalars(
            select(OutboxMessage).where(OutboxMessage.message_id == message.id)
        ).all()
    assert [send.state for send in sends] == ["waiting"]
    assert message.account_id == staff.account_id
    assert case_of(office, case_id).first_answer_at == later(3)
    assert len(office.ring.rung) == 2  # type: ignore[attr-defined]


def test_only_the_first_answer_sets_the_time_of_the_first_answer(
    office: Office, staff: Staff, case_id: str
) -> None:
    answer(office, staff, case_id, "ひとつめ", "f1", later(3))
    answer(office, staff, case_id, "ふたつめ", "f2", later(9))
    assert case_of(office, case_id).first_answer_at == later(3)


def test_the_same_form_sent_twice_goes_out_once(office: Office, staff: Staff, case_id: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: answer(office, staff, case_id, "一度だけ", "f1", later(3)), "1234"))
    assert said(office, case_id) == ["一度だけ"]
    answer(office, staff, case_id, "一度だけ", "f2", later(4))
    answer(office, staff, case_id, "書きなおした", "f2", later(5))
    assert said(office, case_id) == ["一度だけ", "一度だけ", "書きなおした"]


@pytest.mark.parametrize(
    ("words", "fault"),
    [("", "empty"), (" \n　", "empty"), ("\u200b\u2060", "empty"), ("あ" * (LONGEST + 1), "long")],
)
def test_words_that_cannot_go_out_are_refused(
    office: Office, staff: Staff, case_id: str, words: str, fault: str
) -> None:
    with pytest.raises(AnswerRefused) as refused:
        answer(office, staff, case_id, words, "f1", later(3))
    assert refused.value.fault == fault
    assert said(office, case_id) == []


def test_two_thousand_characters_are_one_answer(office: Office, staff: Staff, case_id: str) -> None:
    answer(office, staff, case_id, "𠮷" * LONGEST, "f1", later(3))
    assert said(office, case_id) == ["𠮷" * LONGEST]


def test_nothing_is_sent_to_somebody_who_blocked_the_account(
    office: Office, staff: Staff, case_id: str
) -> None:
    with office.database.sessions.begin() as session:
        session.scalars(select(Person)).one().blocked_at = later(2)
    with pytest.raises(AnswerRefused) as refused:
        answer(office, staff, case_id, "届きますか", "f1", later(3))
    assert refused.value.fault == "blocked"


def test_a_case_that_waits_or_ended_takes_no_answer(office: Office, staff: Staff) -> None:
    case_id = a_handoff(office)
    with pytest.raises(CaseMoved):
        answer(office, staff, case_id, "まだ早い", "f1", later(1))
    handoff.accept(office, staff, case_id, later(1))
    handoff.close(office, staff, case_id, Outcome.SOLVED, later(2))
    with pytest.raises(CaseMoved):
        answer(office, staff, case_id, "もう遅い", "f2", later(3))
    assert said(office, case_id) == []


def test_a_colleague_may_answer_and_a_stranger_may_not(office: Office, case_id: str) -> None:
    answer(office, a_staff(office, name="同僚"), case_id, "交代しました", "f1", later(3))
    assert said(office, case_id) == ["交代しました"]
    for stranger in (a_staff(office, member=OTHER_MEMBER), a_staff(office, Role.COORDINATOR)):
        with pytest.raises(CaseUnseen):
            answer(office, stranger, case_id, "のぞき見", "f2", later(4))


@pytest.mark.parametrize("stage", [Stage.SAFETY, Stage.ERASING, Stage.LISTENING])
def test_a_coordinators_first_word_makes_the_bot_silent(office: Office, stage: Stage) -> None:
    coordinator, case_id = a_staff(office, Role.COORDINATOR), an_escalation(office)
    put_state(office, case_id, stage=stage)
    handoff.accept(office, coordinator, case_id, later(1))
    answer(office, coordinator, case_id, "読みました。ここにいます", "f1", later(2))
    state = state_of(office, case_id)
    assert state.holder is Holder.STAFF
    is_question_open = stage is not Stage.LISTENING
    assert (state.stage, state.resume) == (
        (stage, Stage.TALKING) if is_question_open else (Stage.TALKING, None)
    )
