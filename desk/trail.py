"""Writing one line of the audit trail in the caller's transaction. Never words of a resident."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from store.accounts import Audit


def note(
    session: Session, now: datetime, actor: str, action: str, subject: str, why: str = ""
) -> None:
    """Who (`actor`: account id, `resident`, `genkan`) did what to which `kind:<id>`."""
    session.add(Audit(at=now, actor=actor, action=action, subject=subject, why=why[:200]))
