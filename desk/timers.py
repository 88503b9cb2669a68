"""What happens because time passed: escalations nobody acknowledged, tokens that grew old."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from desk.casework import GENKAN
from desk.office import Office
from routing.case import Status
from store.cases import Case, CaseHistory, Escalation
from store.letterbox import ReplyToken
from store.outbox import TOKEN_LIFE


def run_due(office: Office, now: datetime) -> int:
    """Do everything that is due; returns how many escalations became overdue."""
    if _idle(office, now):
        return 0
    with office.database.sessions.begin() as session:
        session.execute(update(ReplyToken).where(*_worn(now)).values(token=None))
        overdue = select(Escalation).where(*_overdue(now)).with_for_update(of=Escalation)
        rows = session.scalars(overdue).all()
        for escalation in rows:
            escalation.overdue_at = now
            session.add(_history(session.get_one(Case, escalation.case_id), now))
    return len(rows)


def _idle(office: Office, now: datetime) -> bool:
    """Looked at without a lock, because this runs every few seconds for ever."""
    with office.database.reads() as session:
        overdue = session.scalar(select(Escalation.case_id).where(*_overdue(now)).limit(1))
        worn = session.scalar(select(ReplyToken.event_id).where(*_worn(now)).limit(1))
    return overdue is None and worn is None


def _overdue(now: datetime) -> tuple[ColumnElement[bool], ...]:
    waiting = select(Case.id).where(Case.status == Status.WAITING, Case.purpose == "escalation")
    return (
        Escalation.acknowledge_by < now,
        Escalation.acknowledged_at.is_(None),
        Escalation.overdue_at.is_(None),
        Escalation.case_id.in_(waiting),
    )


def _worn(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (ReplyToken.received_at < now - 4 * TOKEN_LIFE, ReplyToken.token.is_not(None))


def _history(case: Case, now: datetime) -> CaseHistory:
    return CaseHistory(
        case_id=case.id,
        at=now,
        actor=GENKAN,
        from_status=case.status,
        to_status=case.status,
        why="not acknowledged in time",
    )
