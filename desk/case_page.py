"""The page of one case as this person may read it: reads only, no words once the case has ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.access import BODY_PURPOSES, CaseUnseen, name_of, sees
from desk.accounts import Staff
from desk.casework import read_summary
from desk.office import Office
from desk.talks import read_words
from routing.case import OPEN, Status
from routing.judgement import Level
from routing.masking import mask
from store.accounts import StaffAccount
from store.cases import Case, CaseHistory, Escalation
from store.letterbox import OutboxMessage
from store.people import Person
from store.talks import Message, Talk
from store.vault import Key


@dataclass(frozen=True)
class Item:
    """One thing the resident agreed to show."""

    code: str
    label: str
    value: str


@dataclass(frozen=True)
class Line:
    """One bubble of the talk."""

    id: str
    author: str
    """`resident`, `bot` or `staff`."""
    name: str | None
    """The colleague who wrote it."""
    kind: str
    words: str | None
    at: datetime
    unsent: bool
    delivery: str | None
    """State of the outbox row for what went out; None for the resident's own words."""


@dataclass(frozen=True)
class CasePage:
    """Everything on the page of a case."""

    id: str
    purpose: str
    pseudonym: str
    status: Status
    level: Level
    category: str | None
    since: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    holder: str | None
    mine: bool
    items: tuple[Item, ...]
    words: str
    """Masked words of an escalation."""
    reason: str
    """Why a tray case came into the tray."""
    lines: tuple[Line, ...]
    blocked: bool
    no_contact: bool
    erased: bool
    kind: str | None
    keep_secret: bool
    about_other: bool
    watched: bool
    acknowledge_by: datetime | None
    steps: tuple[tuple[datetime, str, str | None], ...]
    """When, to which status, by whom (None: the resident or Genkan)."""

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


def case_page(office: Office, staff: Staff, case_id: str) -> CasePage:
    """`CaseUnseen` when there is no such case for this person."""
    with office.database.reads() as session:
        case = session.get(Case, case_id)
        if case is None or not sees(staff, case):
            raise CaseUnseen(case_id)
        return _page(session, office, staff, case)


def _page(session: Session, office: Office, staff: Staff, case: Case) -> CasePage:
    talk = session.get_one(Talk, case.conversation_id)
    person = session.get_one(Person, talk.person_id)
    key = office.vault.key(session, talk.data_key_id) if case.status in OPEN else None
    summary = read_summary(key, case)
    escalation = session.get(Escalation, case.id)
    return CasePage(
        id=case.id,
        purpose=case.purpose,
        pseudonym=case.pseudonym,
        status=Status(case.status),
        level=Level(case.level),
        category=case.category,
        since=case.created_at,
        accepted_at=case.accepted_at,
        ended_at=case.ended_at,
        outcome=case.outcome,
        holder=name_of(session, case.account_id),
        mine=case.account_id == staff.account_id,
        items=tuple(Item(**item) for item in summary.get("items", ())),
        words=summary.get("words") or "",
        reason=summary.get("reason") or "",
        lines=_lines(session, key, case) if key else (),
        blocked=person.blocked_at is not None,
        no_contact=person.no_contact_at is not None,
        erased=talk.data_key_id is None,
        kind=escalation.kind if escalation else None,
        keep_secret=bool(escalation and escalation.keep_secret),
        about_other=bool(escalation and escalation.about_other),
        watched=bool(escalation and escalation.watched),
        acknowledge_by=escalation.acknowledge_by if escalation else None,
        steps=_steps(session, case),
    )


def _lines(session: Session, key: Key, case: Case) -> tuple[Line, ...]:
    found = session.execute(
        select(Message, StaffAccount.name, OutboxMessage.state)
        .join(StaffAccount, StaffAccount.id == Message.account_id, isouter=True)
        .join(OutboxMessage, OutboxMessage.message_id == Message.id, isouter=True)
        .where(Message.case_id == case.id)
        .order_by(Message.at, Message.id)
    )
    hide = case.purpose in BODY_PURPOSES
    return tuple(_line(key, message, name, state, hide) for message, name, state in found)


def _line(key: Key, message: Message, name: str | None, state: str | None, hide: bool) -> Line:
    words = read_words(key, message)
    if words and hide and message.author == "resident":
        words = mask(words)
    return Line(
        id=message.id,
        author=message.author,
        name=name,
        kind=message.kind,
        words=words,
        at=message.at,
        unsent=message.unsent_at is not None,
        delivery=None if message.author == "resident" else state,
    )


def _steps(session: Session, case: Case) -> tuple[tuple[datetime, str, str | None], ...]:
    rows: Sequence[tuple[CaseHistory, str | None]] = [
        (row, name)
        for row, name in session.execute(
            select(CaseHistory, StaffAccount.name)
            .join(StaffAccount, StaffAccount.id == CaseHistory.actor, isouter=True)
            .where(CaseHistory.case_id == case.id)
            .order_by(CaseHistory.id)
        )
    ]
    return tuple((row.at, row.to_status, name) for row, name in rows)
