"""The risk board (K1): raised dangers by level and time left, the tray, who is on duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.accounts import Role, Staff
from desk.casework import read_summary
from desk.duty import OnDuty, on_duty
from desk.office import Office
from desk.queues import Row, as_row, ended, in_progress, rows_of, waiting
from routing.case import OPEN, Status
from store.accounts import StaffAccount
from store.cases import Case, Escalation
from store.talks import Talk


@dataclass(frozen=True)
class Danger:
    """One escalation on the board. `words` are masked; empty when there are none any more."""

    row: Row
    kind: str | None
    words: str
    about_other: bool
    keep_secret: bool
    watched: bool
    """Somebody was on duty when it was raised."""
    acknowledge_by: datetime


@dataclass(frozen=True)
class Board:
    """What the coordinating body looks at."""

    watching: tuple[OnDuty, ...]
    waiting: tuple[Danger, ...]
    open: tuple[Danger, ...]
    tray: tuple[Row, ...]
    tray_open: tuple[Row, ...]
    ended: tuple[Row, ...]


def board(office: Office, staff: Staff, now: datetime) -> Board:
    """The board for a coordinator; without any case for everybody else."""
    with office.database.reads() as session:
        watching = tuple(on_duty(session, now))
        if staff.role is not Role.COORDINATOR:
            return Board(watching, (), (), (), (), ())
        dangers = _dangers(session, office, staff)
        rows = rows_of(session, staff, Case.purpose.in_(("escalation", "tray")), now)
    tray = [row for row in rows if row.purpose == "tray"]
    return Board(
        watching=watching,
        waiting=tuple(d for d in dangers if d.row.status is Status.WAITING),
        open=tuple(d for d in dangers if d.row.status is Status.ACCEPTED),
        tray=waiting(tray),
        tray_open=in_progress(tray),
        ended=ended(rows),
    )


def _dangers(session: Session, office: Office, staff: Staff) -> list[Danger]:
    """Open escalations, the highest level first, then those with the least time left."""
    found = session.execute(
        select(Case, Escalation, Talk.data_key_id, StaffAccount.name)
        .join(Escalation, Escalation.case_id == Case.id)
        .join(Talk, Talk.id == Case.conversation_id)
        .join(StaffAccount, StaffAccount.id == Case.account_id, isouter=True)
        .where(Case.status.in_(OPEN))
    )
    dangers = [
        Danger(
            row=as_row(case, holder, staff),
            kind=escalation.kind,
            words=read_summary(office.vault.key(session, key_id), case).get("words") or "",
            about_other=escalation.about_other,
            keep_secret=escalation.keep_secret,
            watched=escalation.watched,
            acknowledge_by=escalation.acknowledge_by,
        )
        for case, escalation, key_id, holder in found
    ]
    return sorted(dangers, key=lambda d: (-d.row.level.rank, d.acknowledge_by))
