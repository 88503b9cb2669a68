"""What needs an operator: events set aside and messages LINE did not take. Never their words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk.accounts import Staff
from desk.office import Office
from desk.trail import note
from store.letterbox import WAITING, InboundEvent, OutboxMessage

_MOST_SHOWN = 100


@dataclass(frozen=True)
class Troubles:
    """Events that failed too often, and messages that failed or may not have arrived."""

    events: tuple[InboundEvent, ...]
    sends: tuple[OutboxMessage, ...]


class NotSetAside(Exception):
    """There is no such event, or it does not wait for an operator."""


def troubles(office: Office) -> Troubles:
    """The newest ones first."""
    events = select(InboundEvent).where(InboundEvent.state == "set_aside")
    sends = select(OutboxMessage).where(OutboxMessage.state.in_(("failed", "unknown")))
    with office.database.reads() as session:
        return Troubles(
            tuple(session.scalars(events.order_by(InboundEvent.seq.desc()).limit(_MOST_SHOWN))),
            tuple(session.scalars(sends.order_by(OutboxMessage.seq.desc()).limit(_MOST_SHOWN))),
        )


def try_again(office: Office, staff: Staff, seq: int, now: datetime) -> None:
    """Put an event back into its lane; `NotSetAside` when it is not there to be put back."""
    with office.database.sessions.begin() as session:
        event = session.get(InboundEvent, seq)
        if event is None or event.state != "set_aside":
            raise NotSetAside(seq)
        event.state, event.tries, event.next_try_at, event.outcome = WAITING, 0, None, None
        note(session, now, staff.account_id, "event_tried_again", f"event:{event.seq}")
    office.ring([event.person_id])
