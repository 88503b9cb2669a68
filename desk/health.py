"""How the house is doing, in numbers for operators: letterbox ages and states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from desk.counters import read_counters
from desk.schema import is_current
from store.cases import Case, Escalation
from store.engine import Database
from store.inbox import oldest_waiting
from store.letterbox import InboundEvent, OutboxMessage


@dataclass(frozen=True)
class Health:
    """Counts by state and the two ages that tell an operator to get up."""

    events: dict[str, int]
    outbox: dict[str, int]
    counters: dict[str, int]
    oldest_event_seconds: float
    escalations_unacknowledged: int


def database_fault(database: Database) -> str | None:
    """What is missing before anything can be kept, in words for the operator; None when ready."""
    try:
        current = is_current(database)
    except SQLAlchemyError:
        return "the database does not answer"
    return None if current else "the database is not migrated: run genkan db upgrade"


def health(database: Database, now: datetime) -> Health:
    """Read everything in one look."""
    with database.reads() as session:
        oldest = oldest_waiting(session)
        unacknowledged = session.scalar(
            select(func.count())
            .select_from(Escalation)
            .join(Case, Case.id == Escalation.case_id)
            .where(Case.status == "waiting", Escalation.acknowledged_at.is_(None))
        )
        events = select(InboundEvent.state, func.count()).group_by(InboundEvent.state)
        outbox = select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)
        return Health(
            events={state: count for state, count in session.execute(events)},
            outbox={state: count for state, count in session.execute(outbox)},
            counters=read_counters(session),
            oldest_event_seconds=(now - oldest).total_seconds() if oldest else 0.0,
            escalations_unacknowledged=unacknowledged or 0,
        )
