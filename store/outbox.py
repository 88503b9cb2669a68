"""Finding what goes out next for a person, and the reply tokens to send it with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from store.letterbox import InboundEvent, OutboxMessage, ReplyToken

OPEN_STATES = ("waiting", "trying")
MOST_BUBBLES = 5
"""LINE takes at most five messages in one call."""
TOKEN_LIFE = timedelta(seconds=50)
"""LINE: one minute from receipt; ten seconds are left for the way and the clocks."""


def open_rows(session: Session, person_id: str) -> Sequence[OutboxMessage]:
    """What still has to go out, urgent words first, otherwise in the order of writing."""
    statement = (
        select(OutboxMessage)
        .where(OutboxMessage.person_id == person_id, OutboxMessage.state.in_(OPEN_STATES))
        .order_by(OutboxMessage.urgent.desc(), OutboxMessage.seq)
        .limit(4 * MOST_BUBBLES)
    )
    return session.scalars(statement).all()


def batch_rows(session: Session, batch_id: str) -> Sequence[OutboxMessage]:
    """The rows of one call, in their order; fixed since its first try."""
    statement = (
        select(OutboxMessage)
        .where(OutboxMessage.batch_id == batch_id, OutboxMessage.state.in_(OPEN_STATES))
        .order_by(OutboxMessage.seq)
    )
    return session.scalars(statement).all()


def token_of_event(session: Session, event_id: str) -> ReplyToken | None:
    """The token that came with an event, used or not."""
    return session.get(ReplyToken, event_id)


def token_used_by(session: Session, batch_id: str) -> ReplyToken | None:
    """The token a batch was tried with."""
    return session.scalars(select(ReplyToken).where(ReplyToken.used_by == batch_id)).first()


def is_trying(session: Session, person_id: str) -> bool:
    """A call to LINE for this person was journalled and has no verdict."""
    statement = select(OutboxMessage.id).where(
        OutboxMessage.person_id == person_id, OutboxMessage.state == "trying"
    )
    return session.scalar(statement.limit(1)) is not None


def fresh_token(session: Session, person_id: str, now: datetime) -> ReplyToken | None:
    """The newest token of the person that can still be used, whatever it came with."""
    return session.scalars(_fresh(person_id, now)).first()


def spare_token(session: Session, person_id: str, now: datetime) -> ReplyToken | None:
    """The newest fresh token that no answer needs: its event is done and was met with silence."""
    answered = exists().where(OutboxMessage.event_id == ReplyToken.event_id)
    done = exists().where(
        InboundEvent.event_id == ReplyToken.event_id, InboundEvent.state == "done"
    )
    return session.scalars(_fresh(person_id, now).where(done, ~answered)).first()


def _fresh(person_id: str, now: datetime) -> Select[ReplyToken]:
    return (
        select(ReplyToken)
        .where(
            ReplyToken.person_id == person_id,
            ReplyToken.received_at > now - TOKEN_LIFE,
            ReplyToken.used_by.is_(None),
            ReplyToken.token.is_not(None),
        )
        .order_by(ReplyToken.received_at.desc())
        .limit(1)
    )
