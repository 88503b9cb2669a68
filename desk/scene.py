"""What the talk may know of the world at this moment: members' load and whether anybody watches."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.conversation import Scene
from desk.office import Office
from desk.talks import new_talk_name
from routing.case import OPEN
from routing.judgement import MemberState
from store.accounts import MemberRow
from store.cases import Case, Duty

RECENT = timedelta(weeks=4)
"""Over this time the load is shared out fairly."""


def scene(session: Session, office: Office, now: datetime) -> Scene:
    """The scene for one step of a talk."""
    return Scene(
        directory=office.directory,
        members=member_states(session, now),
        watched=is_watched(session, now),
        now=now,
        new_talk=new_talk_name(),
    )


def member_states(session: Session, now: datetime) -> dict[str, MemberState]:
    """Every active member with its open and recent cases; one that left the pack is not in it."""
    open_cases = _counted(session, Case.status.in_(OPEN))
    recent_cases = _counted(session, Case.created_at > now - RECENT)
    rows = session.scalars(select(MemberRow).where(MemberRow.active))
    return {
        row.id: MemberState(
            member_id=row.id,
            paused=row.paused,
            open_cases=open_cases.get(row.id, 0),
            capacity=row.capacity,
            recent_cases=recent_cases.get(row.id, 0),
        )
        for row in rows
    }


def _counted(session: Session, which: ColumnElement[bool]) -> dict[str | None, int]:
    """Cases by member."""
    counted = (
        select(Case.member_id, func.count())
        .where(which, Case.member_id.is_not(None))
        .group_by(Case.member_id)
    )
    return {member: count for member, count in session.execute(counted)}


def is_watched(session: Session, now: datetime) -> bool:
    """Whether a coordinator is on duty now."""
    on_duty = select(Duty.id).where(Duty.starts_at <= now, Duty.ends_at > now).limit(1)
    return session.scalar(on_duty) is not None
