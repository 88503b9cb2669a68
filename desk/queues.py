"""What the lists of the console show: reads only, already cut down to what this person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session

from desk.accounts import MEMBER_ROLES, Staff
from desk.office import Office
from routing.case import OPEN, Status
from routing.judgement import Level
from store.accounts import StaffAccount
from store.cases import Case

ENDED_SHOWN = timedelta(days=14)
_MOST_ENDED = 20


@dataclass(frozen=True)
class Row:
    """One case in a list; no words of the resident."""

    id: str
    purpose: str
    pseudonym: str
    status: Status
    level: Level
    category: str | None
    since: datetime
    """When it began to wait."""
    accepted_at: datetime | None
    answered: bool
    ended_at: datetime | None
    outcome: str | None
    holder: str | None
    mine: bool


@dataclass(frozen=True)
class Inbox:
    """A member's cases: waiting (most urgent, then longest waiting), open, lately ended."""

    waiting: tuple[Row, ...]
    open: tuple[Row, ...]
    ended: tuple[Row, ...]


def inbox(office: Office, staff: Staff, now: datetime) -> Inbox:
    """The cases of the person's own member; empty for every other role."""
    with office.database.reads() as session:
        rows = rows_of(session, staff, _of_member(staff), now)
    return Inbox(waiting(rows), in_progress(rows), ended(rows))


def _of_member(staff: Staff) -> ColumnElement[bool]:
    if staff.role not in MEMBER_ROLES or staff.member_id is None:
        return false()
    return (Case.purpose == "handoff") & (Case.member_id == staff.member_id)


def rows_of(session: Session, staff: Staff, which: ColumnElement[bool], now: datetime) -> list[Row]:
    """Open and lately ended cases among `which`."""
    recent = Case.status.in_(OPEN) | (Case.ended_at > now - ENDED_SHOWN)
    found = session.execute(
        select(Case, StaffAccount.name)
        .join(StaffAccount, StaffAccount.id == Case.account_id, isouter=True)
        .where(which, recent)
    )
    return [as_row(case, name, staff) for case, name in found]


def as_row(case: Case, holder: str | None, staff: Staff) -> Row:
    """One case as a list shows it."""
    return Row(
        id=case.id,
        purpose=case.purpose,
        pseudonym=case.pseudonym,
        status=Status(case.status),
        level=Level(case.level),
        category=case.category,
        since=case.created_at,
        accepted_at=case.accepted_at,
        answered=case.first_answer_at is not None,
        ended_at=case.ended_at,
        outcome=case.outcome,
        holder=holder,
        mine=case.account_id == staff.account_id,
    )


def waiting(rows: list[Row]) -> tuple[Row, ...]:
    """Those nobody took, the most urgent first, then the longest waiting."""
    found = [row for row in rows if row.status is Status.WAITING]
    return tuple(sorted(found, key=lambda row: (-row.level.rank, row.since)))


def in_progress(rows: list[Row]) -> tuple[Row, ...]:
    """Those somebody took, the reader's own first."""
    found = [row for row in rows if row.status is Status.ACCEPTED]
    return tuple(sorted(found, key=lambda row: (not row.mine, row.accepted_at or row.since)))


def ended(rows: list[Row]) -> tuple[Row, ...]:
    """Those that ended, the latest first."""
    found = [row for row in rows if row.ended_at is not None]
    return tuple(sorted(found, key=lambda row: row.ended_at or row.since, reverse=True))[
        :_MOST_ENDED
    ]
