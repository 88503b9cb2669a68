"""A person's words go to the resident: kept in the talk, put into the outbox, once per form."""

from __future__ import annotations

import uuid
from datetime import datetime

from bot import notices
from bot.conversation import Say
from desk.access import OpenCase, open_for
from desk.accounts import Staff
from desk.office import Office
from desk.talks import say
from directory_data.model import in_language
from routing.case import Status
from store.cases import Case
from store.talks import Message

LONGEST = 2_000


class AnswerRefused(Exception):
    """The words cannot go out: `empty`, `long` or `blocked` (the resident blocked the account)."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def answer(
    office: Office, staff: Staff, case_id: str, words: str, form: str, now: datetime
) -> None:
    """Send `words` (1 to 2,000 characters) in an accepted case.

    `form` is the random name of the page's form: the same words sent twice from the same form go
    out once. Raises `AnswerRefused`, `CaseUnseen`, `CaseMoved`.
    """
    words = _checked(words)
    with office.database.sessions.begin() as session:
        opened = open_for(session, office, staff, case_id, now)
        case = opened.case
        if case.status != Status.ACCEPTED:
            raise opened.moved()
        if opened.person.blocked_at is not None:
            raise AnswerRefused("blocked")
        message_id = _message_id(case.id, form, words)
        if session.get(Message, message_id) is not None:
            return
        opened.take_the_word()
        _send(opened, words, message_id)
        case.first_answer_at = case.first_answer_at or now
        opened.note("case_answered")
    office.ring([opened.person.id])


def _checked(words: str) -> str:
    words = words.replace("\r\n", "\n").strip()
    if not any(sign.isprintable() and not sign.isspace() for sign in words):
        raise AnswerRefused("empty")
    if len(words) > LONGEST:
        raise AnswerRefused("long")
    return words


def _send(opened: OpenCase, words: str, message_id: str) -> None:
    say(
        opened.session,
        opened.talk,
        _bubbles(opened.office, opened.case, opened.talk.state.language, words),
        opened.now,
        case_id=opened.case.id,
        account_id=opened.staff.account_id,
        first_message_id=message_id,
    )


def _bubbles(office: Office, case: Case, language: str, words: str) -> tuple[Say, ...]:
    if case.member_id is not None:
        return notices.staff_says(office.directory.members[case.member_id].name, words)
    return notices.coordinator_says(in_language(office.directory.city.operator, language), words)


def _message_id(case_id: str, form: str, words: str) -> str:
    return str(uuid.uuid5(uuid.UUID(case_id), f"{form}\n{words}"))
