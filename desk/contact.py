"""Whether Genkan may write to a person: stopped, resumed, blocked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from store.letterbox import OutboxMessage
from store.outbox import OPEN_STATES
from store.people import Person


def stop(session: Session, person: Person, now: datetime) -> None:
    """連絡しないで: nothing goes out any more but answers to the resident's own messages."""
    person.no_contact_at = now
    _cancel(session, person, "no_contact", unasked_only=True)


def resume(person: Person) -> None:
    """The resident wants to hear from us again."""
    person.no_contact_at = None


def blocked(session: Session, person: Person, now: datetime) -> None:
    """The account was blocked: LINE would answer 200 and deliver nothing, so nothing is sent."""
    person.blocked_at = now
    _cancel(session, person, "blocked", unasked_only=False)


def _cancel(session: Session, person: Person, why: str, *, unasked_only: bool) -> None:
    statement = update(OutboxMessage).where(
        OutboxMessage.person_id == person.id, OutboxMessage.state.in_(OPEN_STATES)
    )
    if unasked_only:
        statement = statement.where(OutboxMessage.event_id.is_(None))
    session.execute(
        statement.values(state="cancelled", error=why, payload_sealed=None),
        execution_options={"synchronize_session": False},
    )
