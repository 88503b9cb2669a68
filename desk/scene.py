"""What the talk may know of the world at this moment: members' load and whether anybody watches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversation import Scene
from desk.office import Office
from desk.talks import new_talk_name
from routing.case import OPEN
from routing.judgement import MemberState
from store.accounts import MemberRow
from store.cases import Case, Duty


def scene(session: Session, office: Office, now: datetime) -> Scene:
    """The scene for one step of a talk."""
    return Scene(
        directory=office.directory,
        members=member_states(session),
        watched=is_watched(session, now),
        now=now,
        new_talk=new_talk_name(),
    )


def member_states(session: Session) -> dict[str, MemberState]:
    """Every active member with its open cases; a member that left the pack is not in it."""
    open_cases = dict(
        session.execute(
            select(Case.member_id, func.count())
            .where(Case.status.in_(OPEN), Case.member_id.is_not(None))
            .group_by(Case.member_id)
        ).all()
    )
    rows = session.scalars(select(MemberRow).where(MemberRow.active))
    return {
        row.id: MemberState(row.id, row.paused, open_cases.get(row.id, 0), row.capacity)
        for row in rows
    }


def is_watched(session: Session, now: datetime) -> bool:
    """Whether a coordinator is on duty now."""
    on_duty = select(Duty.id).where(Duty.starts_at <= now, Duty.ends_at > now).limit(1)
    return session.scalar(on_duty) is not None
