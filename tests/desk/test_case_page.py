"""The page of a case: what was agreed and the case's own words, and nothing after its end."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from desk import handoff
from desk.access import CaseUnseen
from desk.accounts import Role
from desk.answer import answer
from desk.case_page import case_page
from desk.consent import withdraw
from desk.handoff import Outcome
from desk.office import Office
from desk.talks import keep_message
from store.cases import Case
from store.letterbox import OutboxMessage
from store.people import Person
from store.talks import Message
from tests.cases import (
    OTHER_MEMBER,
    WORRY,
    a_handoff,
    a_staff,
    an_escalation,
    hear,
    later,
    opened,
)


def test_it_shows_what_was_agreed_and_the_talk_of_this_case_alone(office: Office) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    with office.database.sessions.begin() as session:
        talk = opened(office, session, session.get_one(Case, case_id).conversation_id)
        keep_message(session, talk, "resident", "ボットだけに話したこと", later(-1))
    handoff.accept(office, staff, case_id, later(1))
    hear(office, case_id, "こんばんは", at=later(2))
    answer(office, staff, case_id, "こんばんは、木村です", "f", later(3))
    page = case_page(office, staff, case_id)
    assert [(item.label, item.value) for item in page.items] == [("書いた言葉", WORRY)]
    assert [line.author for line in page.lines] == ["bot", "resident", "staff"]
    assert [line.words for line in page.lines[1:]] == ["こんばんは", "こんばんは、木村です"]
    assert page.lines[2].name == "木村"
    assert [line.delivery for line in page.lines] == ["waiting", None, "waiting"]


@pytest.mark.parametrize("state", ["waiting", "trying", "sent", "failed", "unknown", "cancelled"])
def test_the_delivery_of_every_answer_is_shown(office: Office, state: str) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    handoff.accept(office, staff, case_id, later(1))
    answer(office, staff, case_id, "届きますか", "f", later(2))
    with office.database.sessions.begin() as session:
        session.execute(update(OutboxMessage).values(state=state))
    assert {line.delivery for line in case_page(office, staff, case_id).lines} == {state}


def test_an_unsent_message_keeps_its_place_without_words(office: Office) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    message_id = hear(office, case_id, "まちがえた")
    with office.database.sessions.begin() as session:
        message = session.get_one(Message, message_id)
        message.words_sealed, message.unsent_at = None, later(1)
    (line,) = case_page(office, staff, case_id).lines
    assert (line.words, line.unsent) == (None, True)


def test_after_a_withdrawal_nothing_can_be_read(office: Office) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    hear(office, case_id, "これは見せたくない")
    with office.database.sessions.begin() as session:
        talk = opened(office, session, session.get_one(Case, case_id).conversation_id)
        withdraw(session, talk, later(2))
    page = case_page(office, staff, case_id)
    assert (page.is_open, page.items, page.lines, page.words) == (False, (), (), "")
    assert page.pseudonym


def test_after_closing_nothing_can_be_read(office: Office) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    handoff.accept(office, staff, case_id, later(1))
    hear(office, case_id, "ありがとう")
    handoff.close(office, staff, case_id, Outcome.SOLVED, later(2))
    page = case_page(office, staff, case_id)
    assert (page.items, page.lines, page.outcome) == ((), (), "solved")
    assert [status for _, status, _ in page.steps] == ["waiting", "accepted", "closed"]


def test_coordinators_read_masked_words(office: Office) -> None:
    coordinator, case_id = a_staff(office, Role.COORDINATOR), an_escalation(office)
    hear(office, case_id, "電話は 096-000-1234 です", at=later(1))
    page = case_page(office, coordinator, case_id)
    assert "090-1234" not in page.words
    assert page.lines[0].words is not None
    assert "1234" not in page.lines[0].words
    assert (page.kind, page.watched, page.keep_secret) == ("suicide", False, False)


def test_a_blocked_resident_and_one_who_wants_no_contact_are_shown(office: Office) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    with office.database.sessions.begin() as session:
        person = session.scalars(select(Person)).one()
        person.blocked_at = person.no_contact_at = later(1)
    page = case_page(office, staff, case_id)
    assert page.blocked and page.no_contact


def test_strangers_find_no_such_case(office: Office) -> None:
    case_id, danger = a_handoff(office), an_escalation(office)
    others = [a_staff(office, role) for role in Role if role not in (Role.STAFF, Role.LEAD)]
    for stranger in (a_staff(office, member=OTHER_MEMBER), *others):
        with pytest.raises(CaseUnseen):
            case_page(office, stranger, case_id)
    with pytest.raises(CaseUnseen):
        case_page(office, a_staff(office), danger)
    with pytest.raises(CaseUnseen):
        case_page(office, a_staff(office), "no-such-case")
