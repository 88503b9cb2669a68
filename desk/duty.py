"""A coordinator watches the board: going on duty, going off, and who is on duty now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.accounts import Staff
from desk.office import Office
from desk.trail import note
from store.accounts import StaffAccount
from store.cases import Duty

LONGEST = timedelta(hours=13)


class DutyRefused(ValueError):
    """The end of a duty must lie in the next hours."""


@dataclass(frozen=True)
class OnDuty:
    """Somebody who watches now."""

    account_id: str
    name: str
    until: datetime


def go_on_duty(office: Office, staff: Staff, until: datetime, now: datetime) -> None:
    """Watch the board until that time; a duty that runs already gets the new end."""
    if not now < until <= now + LONGEST:
        raise DutyRefused
    with office.database.sessions.begin() as session:
        _end_running(session, staff, now)
        session.add(Duty(account_id=staff.account_id, starts_at=now, ends_at=until))
        note(session, now, staff.account_id, "duty_begun", f"account:{staff.account_id}")


def go_off_duty(office: Office, staff: Staff, now: datetime) -> None:
    """End the person's own duty; nothing happens when there is none."""
    with office.database.sessions.begin() as session:
        if _end_running(session, staff, now):
            note(session, now, staff.account_id, "duty_ended", f"account:{staff.account_id}")


def on_duty(session: Session, now: datetime) -> list[OnDuty]:
    """Who watches now, longest duty first."""
    rows = session.execute(
        select(Duty, StaffAccount.name)
        .join(StaffAccount, StaffAccount.id == Duty.account_id)
        .where(Duty.starts_at <= now, Duty.ends_at > now)
        .order_by(Duty.ends_at.desc())
    )
    return [OnDuty(duty.account_id, name, duty.ends_at) for duty, name in rows]


def _end_running(session: Session, staff: Staff, now: datetime) -> bool:
    running = session.scalars(
        select(Duty).where(
            Duty.account_id == staff.account_id, Duty.starts_at <= now, Duty.ends_at > now
        )
    ).all()
    for duty in running:
        duty.ends_at = now
    return bool(running)
