"""One lane per person: who has work due, and the lease with its fencing token."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, or_, select, union, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from store.letterbox import WAITING, InboundEvent, OutboxMessage
from store.people import Person

LEASE = timedelta(seconds=12)
"""Longer than a call to LINE may take (`bot.line.client`), short enough that a killed worker
costs seconds."""


class LaneLost(Exception):
    """Another worker took the lane over; what this one was about to write must not be written."""


def due_people(session: Session, now: datetime, limit: int = 500) -> list[str]:
    """People with work to do now whose lane is free, those waiting longest first."""
    events = select(InboundEvent.person_id).where(
        InboundEvent.state == WAITING,
        or_(InboundEvent.next_try_at.is_(None), InboundEvent.next_try_at <= now),
    )
    sends = select(OutboxMessage.person_id).where(
        OutboxMessage.state.in_(("waiting", "trying")),
        or_(OutboxMessage.next_try_at.is_(None), OutboxMessage.next_try_at <= now),
    )
    due = union(events, sends).subquery()
    statement = (
        select(Person.id)
        .where(Person.id.in_(select(due.c.person_id)), _free(now))
        .order_by(Person.lane_until.is_not(None), Person.last_event_ms)
        .limit(limit)
    )
    return list(session.scalars(statement))


def take(session: Session, person_id: str, now: datetime) -> tuple[int, bool] | None:
    """Lease the lane: its new token and whether the former holder died holding it.

    None when somebody else holds it.
    """
    statement = select(Person).where(Person.id == person_id, _free(now)).with_for_update()
    person = session.scalars(statement).first()
    if person is None:
        return None
    abandoned = person.lane_until is not None
    person.lane_token += 1
    person.lane_until = now + LEASE
    return person.lane_token, abandoned


def hold(session: Session, person_id: str, token: int, now: datetime) -> None:
    """Prove in this transaction that the lane is still ours, and prolong it; else `LaneLost`."""
    _write(session, person_id, token, now + LEASE)


def release(session: Session, person_id: str, token: int) -> None:
    """Give the lane back; `LaneLost` when it was not ours any more."""
    _write(session, person_id, token, None)


def _write(session: Session, person_id: str, token: int, until: datetime | None) -> None:
    statement = (
        update(Person)
        .where(Person.id == person_id, Person.lane_token == token)
        .values(lane_until=until)
        .execution_options(synchronize_session=False)
    )
    result = cast("CursorResult[Any]", session.execute(statement))
    if result.rowcount != 1:
        raise LaneLost(person_id)


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(Person.lane_until.is_(None), Person.lane_until < now)
