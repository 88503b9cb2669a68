"""The operator's question "where did this message go?": never words, names or LINE ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.engine import Database
from store.letterbox import InboundEvent, OutboxMessage

_PAGE = 500


def trace(
    database: Database, since: datetime | None = None, event_id: str | None = None
) -> Iterator[dict[str, Any]]:
    """One dict per accepted event, in the order taken; events not yet taken come last."""
    with database.reads() as session:
        for page in _pages(session, since, event_id):
            sends = _sends(session, [event.event_id for event in page])
            for event in page:
                yield _line(event, sends.get(event.event_id, []))


def _pages(
    session: Session, since: datetime | None, event_id: str | None
) -> Iterator[Sequence[InboundEvent]]:
    """The order is settled first, so that events taken meanwhile neither vanish nor repeat."""
    wanted = select(InboundEvent.seq)
    if since is not None:
        wanted = wanted.where(InboundEvent.accepted_at >= since)
    if event_id is not None:
        wanted = wanted.where(InboundEvent.event_id == event_id)
    in_order = (InboundEvent.taken_at.is_(None), InboundEvent.taken_at, InboundEvent.seq)
    numbers = session.scalars(wanted.order_by(*in_order)).all()
    for start in range(0, len(numbers), _PAGE):
        part = numbers[start : start + _PAGE]
        rows = session.scalars(select(InboundEvent).where(InboundEvent.seq.in_(part)))
        found = {row.seq: row for row in rows}
        yield [found[number] for number in part if number in found]
        session.expunge_all()


def _sends(session: Session, event_ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    rows = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.event_id.in_(event_ids))
        .order_by(OutboxMessage.seq)
    )
    sends: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        sends.setdefault(str(row.event_id), []).append(
            {
                "outbox_id": row.id,
                "via": row.via,
                "reply_token_sha256": row.reply_token_sha256,
                "attempts": row.attempts,
                "state": row.state,
                "line_request_id": row.line_request_id,
            }
        )
    return sends


def _line(event: InboundEvent, sends: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "event_ms": event.event_ms,
        "accepted": _iso(event.accepted_at),
        "taken": _iso(event.taken_at),
        "done": _iso(event.done_at),
        "outcome": event.outcome or event.state,
        "late": event.late,
        "sends": sends,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
