"""Leaving a group or room: everybody there would read the talk, so it is never held there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from desk.talks import OpenTalk
from store.letterbox import OutboxMessage


def leave_group(session: Session, talk: OpenTalk, now: datetime) -> None:
    """Queue the leaving behind the polite sentence of the same turn."""
    session.add(
        OutboxMessage(
            person_id=talk.row.person_id,
            conversation_id=talk.row.id,
            action="leave",
            data_key_id=talk.key.id,
            created_at=now,
        )
    )
