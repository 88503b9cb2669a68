"""Crypto-shredding: destroying a talk's key makes its words unreadable everywhere."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.conversation import Conversation, Stage
from desk.addresses import change_key
from desk.casework import RESIDENT, move_case, open_cases
from desk.office import Office
from desk.talks import OpenTalk, begin_talk
from routing.case import Status
from store.inbox import next_event
from store.letterbox import WAITING, InboundEvent, OutboxMessage
from store.outbox import OPEN_STATES
from store.people import DataKey, Person
from store.talks import Message, Talk
from store.vault import Key, Vault


def erase(
    session: Session, office: Office, talk: OpenTalk, farewell: Conversation, now: datetime
) -> OpenTalk:
    """End the person's handoffs, destroy the keys of all their talks, earlier ones too, and
    return an empty talk for the last sentence.

    An open escalation stays on the board with its level and times, but without any words: the
    law may require that the danger is still looked at.
    """
    person = session.get_one(Person, talk.row.person_id)
    key = change_key(session, office.vault, person, now)
    _carry_over(session, office.vault, key, person)
    talks = select(Talk).where(Talk.person_id == person.id, Talk.data_key_id.is_not(None))
    for row in session.scalars(talks).all():
        _end_cases(session, row, now)
        destroy(session, row, now)
    last = begin_talk(session, person.id, key, farewell, now)
    last.row.erased_at = now
    person.conversation_id = last.row.id
    return last


def leaving_talk(session: Session, person: Person) -> Talk | None:
    """The empty talk after an erasure whose last sentence keeps the address alive."""
    row = session.get(Talk, person.conversation_id) if person.conversation_id else None
    leaving = row is not None and row.erased_at is not None and row.data_key_id is not None
    return row if leaving else None


def forget_address(session: Session, person: Person, now: datetime) -> bool:
    """After the last sentence went out: destroy the empty talk's key and the address with it.

    Not while an event waits: what the resident wrote since then is sealed with that key.
    """
    row = leaving_talk(session, person)
    if row is None:
        return False
    waiting = select(OutboxMessage.id).where(
        OutboxMessage.person_id == person.id, OutboxMessage.state.in_(OPEN_STATES)
    )
    if session.scalar(waiting.limit(1)) is not None or next_event(session, person.id) is not None:
        return False
    person.address_sealed = None
    destroy(session, row, now)
    return True


def _end_cases(session: Session, row: Talk, now: datetime) -> None:
    for case in open_cases(session, row.id):
        if case.purpose != "escalation":
            move_case(session, case, Status.WITHDRAWN, now, actor=RESIDENT, why="erased")
        case.summary_sealed = None


def _carry_over(session: Session, vault: Vault, new: Key, person: Person) -> None:
    """Words that came after the yes but wait to be read belong to what comes next."""
    waiting = select(InboundEvent).where(
        InboundEvent.person_id == person.id,
        InboundEvent.state == WAITING,
        InboundEvent.raw_sealed.is_not(None),
    )
    for event in session.scalars(waiting):
        old = vault.key(session, event.data_key_id)
        if old is None:
            continue
        context = f"inbound_event.raw|{event.event_id}"
        event.raw_sealed = new.seal(context, old.open(context, event.raw_sealed or b""))
        event.data_key_id = new.id


def destroy(session: Session, row: Talk, now: datetime) -> None:
    """Delete a talk's key, and blank its words besides; its rows stay as counts."""
    key_id, row.state_sealed, row.erased_at = row.data_key_id, None, now
    row.stage, row.closed_at = Stage.CLOSED, row.closed_at or now
    session.execute(
        update(Message).where(Message.conversation_id == row.id).values(words_sealed=None)
    )
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.conversation_id == row.id, OutboxMessage.state.in_(OPEN_STATES))
        .values(state="cancelled", error="erased", payload_sealed=None)
    )
    session.flush()
    session.execute(delete(DataKey).where(DataKey.id == key_id))
    session.expire_all()
