"""Putting arrived events into the letterbox and finding the next one to take. Core, for speed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from store.base import UtcDateTime
from store.letterbox import WAITING, InboundEvent
from store.people import DataKey, Person


@dataclass(frozen=True)
class Owner:
    """Whose events these are, and the wrapped key that seals them (None after an erasure)."""

    person_id: str
    key_id: str | None
    wrapped: bytes | None


@dataclass(frozen=True)
class SealedEvent:
    """A waiting event with the wrapped key that opens it."""

    person_id: str
    event_id: str
    raw_sealed: bytes
    key_id: str
    wrapped: bytes


def owners(connection: Connection, line_hashes: Collection[str]) -> dict[str, Owner]:
    """The people already known among these hashes."""
    statement = (
        select(Person.line_hash, Person.id, DataKey.id, DataKey.wrapped)
        .join(DataKey, Person.data_key_id == DataKey.id, isouter=True)
        .where(Person.line_hash.in_(line_hashes))
    )
    return {row[0]: Owner(row[1], row[2], row[3]) for row in connection.execute(statement)}


def add_keys(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert data keys."""
    connection.execute(insert(DataKey), list(rows))


def add_people(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert people; one that another process added meanwhile stays as it is."""
    dialect_insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    connection.execute(dialect_insert(Person).on_conflict_do_nothing(), list(rows))


def give_key(connection: Connection, person_id: str, key_id: str, address: bytes) -> None:
    """A person whose talk was erased gets a new key and a newly sealed address."""
    statement = update(Person).where(Person.id == person_id)
    connection.execute(statement.values(data_key_id=key_id, address_sealed=address))


def wrapped_key(connection: Connection, key_id: str) -> bytes | None:
    """A wrapped key by its id."""
    return connection.scalar(select(DataKey.wrapped).where(DataKey.id == key_id))


def add_events(
    connection: Connection, rows: Sequence[Mapping[str, Any]], accepted_at: datetime
) -> bool:
    """Insert events in one statement; repeats of an event id fall away.

    False when the key of some row no longer exists: those rows were left out. The statement asks
    for the key instead of a foreign key doing so, because a foreign key locks and rewrites the
    parent row for every event. And it is one statement because row by row the writer would give
    up the interpreter's lock each time and queue behind every request thread.
    """
    written = 0
    for start in range(0, len(rows), _ROWS_PER_STATEMENT):
        part = rows[start : start + _ROWS_PER_STATEMENT]
        values = [row[name] for row in part for name in _PER_EVENT]
        statement = _insert_events(len(part), connection.dialect.name)
        at = _stored(accepted_at, connection.dialect)
        written += connection.exec_driver_sql(statement, (*values, at)).rowcount
    return written == len(rows) or _all_there(connection, {row["event_id"] for row in rows})


def _all_there(connection: Connection, event_ids: Collection[str]) -> bool:
    statement = select(func.count()).where(InboundEvent.event_id.in_(event_ids))
    return connection.scalar(statement) == len(event_ids)


_ROWS_PER_STATEMENT = 1_000
_PER_EVENT = ("event_id", "person_id", "data_key_id", "raw_sealed", "event_ms", "kind")


@lru_cache(maxsize=512)
def _insert_events(count: int, dialect: str) -> str:
    """The driver's own statement for that many events; building it anew would cost as much as
    carrying it out."""
    mark = "?" if dialect == "sqlite" else "%s"
    names, marks = ", ".join(_PER_EVENT), ", ".join(mark for _ in _PER_EVENT)
    rows = ", ".join(f"({place}, {marks})" for place in range(count))
    return f"""
        WITH arrived (place, {names}) AS (VALUES {rows})
        INSERT INTO inbound_event ({names}, accepted_at, state, tries, late)
        SELECT {names}, {mark}, '{WAITING}', 0, false FROM arrived
        WHERE EXISTS (SELECT 1 FROM data_key WHERE data_key.id = arrived.data_key_id)
        ORDER BY place
        ON CONFLICT DO NOTHING
    """  # noqa: S608 - only the constants above


def _stored(at: datetime, dialect: Dialect) -> object:
    """A time as the column's type gives it to this driver."""
    process = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)
    return process(at) if process else at


def next_event(session: Session, person_id: str) -> InboundEvent | None:
    """The oldest event of a person that waits, by LINE's time and then by arrival."""
    statement = (
        select(InboundEvent)
        .where(InboundEvent.person_id == person_id, InboundEvent.state == WAITING)
        .order_by(InboundEvent.event_ms, InboundEvent.seq)
        .limit(1)
    )
    return session.scalars(statement).first()


def waiting_numbers(session: Session) -> Sequence[int]:
    """The numbers (`seq`) of all events that wait, in order of arrival."""
    statement = select(InboundEvent.seq).where(InboundEvent.state == WAITING)
    return session.scalars(statement.order_by(InboundEvent.seq)).all()


def sealed_events(session: Session, numbers: Collection[int]) -> list[SealedEvent]:
    """Those events in order of arrival, without the ones that were blanked or erased."""
    statement = (
        select(
            InboundEvent.person_id,
            InboundEvent.event_id,
            InboundEvent.raw_sealed,
            DataKey.id,
            DataKey.wrapped,
        )
        .join(DataKey, DataKey.id == InboundEvent.data_key_id)
        .where(InboundEvent.seq.in_(numbers), InboundEvent.raw_sealed.is_not(None))
        .order_by(InboundEvent.seq)
    )
    return [
        SealedEvent(person, event, sealed or b"", key, wrapped)
        for person, event, sealed, key, wrapped in session.execute(statement)
    ]


def oldest_waiting(session: Session) -> datetime | None:
    """When the oldest unhandled event was accepted."""
    statement = (
        select(InboundEvent.accepted_at)
        .where(InboundEvent.state == WAITING)
        .order_by(InboundEvent.accepted_at)
        .limit(1)
    )
    return session.scalar(statement)
