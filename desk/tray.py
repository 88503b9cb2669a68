"""The tray of people nobody has taken (K10): a core member looks after each of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from desk.casework import RESIDENT, first_for, open_case, open_cases
from desk.talks import OpenTalk
from store.cases import Case


def put_in_tray(session: Session, talk: OpenTalk, reason: str, now: datetime) -> Case:
    """Open a tray case for the talk, or return the one that already waits there."""
    waiting = first_for(open_cases(session, talk.row.id), "tray")
    if waiting is not None:
        return waiting
    return open_case(
        session,
        talk,
        "tray",
        {"reason": reason},
        now,
        why=reason,
        level=talk.state.level,
        category=talk.state.categories[0] if talk.state.categories else None,
        actor=RESIDENT,
    )
