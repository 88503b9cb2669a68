"""Staff accounts: adding one, signing in and out, who a session belongs to.

A sign-in answers an unknown address exactly as a wrong password: same words, same work, same
pause. The pause is counted per address in the audit trail, so it needs no account to exist.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desk import passwords
from desk.office import Office
from desk.trail import note
from store.accounts import Audit, MemberRow, StaffAccount, StaffSession
from store.engine import Database

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
FREE_TRIES = 10
_LONGEST_PAUSE = timedelta(minutes=30)
_TRIES_REMEMBERED = timedelta(hours=24)
_SEEN_EVERY = timedelta(minutes=1)


class Role(StrEnum):
    """What a person may do in the console; `console.guard` says on which screens."""

    STAFF = "staff"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    COUNCIL = "council"
    MONITOR = "monitor"
    EDITOR = "editor"
    OPERATOR = "operator"


MEMBER_ROLES = frozenset({Role.STAFF, Role.LEAD})
"""Roles that work inside one member and see only its cases."""


@dataclass(frozen=True)
class Staff:
    """The person behind a session."""

    account_id: str
    name: str
    role: Role
    member_id: str | None


@dataclass(frozen=True)
class NewAccount:
    """What `genkan user add` and the demo hand in."""

    email: str
    role: str
    password: str
    member_id: str | None = None
    name: str = ""


class AccountRefused(ValueError):
    """The account cannot be made; the message says why, `field` names what to correct."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class SignInRefused(Exception):
    """Address and password do not fit (or the account is disabled)."""


class SignInPaused(Exception):
    """Too many failures for this address; `until` says when the next try counts."""

    def __init__(self, until: datetime) -> None:
        super().__init__("paused")
        self.until = until


def add_account(database: Database, new: NewAccount, now: datetime) -> str:
    """Make an account and return its id; `AccountRefused` names the faulty field."""
    email = new.email.strip().lower()
    role = _role(new.role)
    _refuse_bad_words(email, new.password)
    password_hash = passwords.hashed(new.password)
    try:
        with database.sessions.begin() as session:
            _refuse_bad_member(session, role, new.member_id)
            account = StaffAccount(
                email=email,
                name=(new.name.strip() or email.partition("@")[0])[:80],
                role=role,
                member_id=new.member_id,
                password_hash=password_hash,
                created_at=now,
            )
            session.add(account)
            session.flush()
            note(session, now, "operator", "account_added", f"account:{account.id}", role)
            return account.id
    except IntegrityError as error:
        raise AccountRefused("email", f"{email} has an account already") from error


def sign_in(office: Office, email: str, password: str, now: datetime) -> str:
    """Open a session and return its token; `SignInRefused`, `SignInPaused` or `TooBusy`."""
    email = email.strip().lower()[:200]
    subject = f"address:{_digest(office, email)}"
    with office.database.reads() as session:
        until = _paused_until(session, subject, now)
        account = session.scalar(select(StaffAccount).where(StaffAccount.email == email))
    if until is not None:
        raise SignInPaused(until)
    stored = account.password_hash if account else _nobodys_hash()
    is_right = passwords.fits(stored, password[: passwords.LONGEST + 1])
    if account is None or not is_right or account.disabled_at is not None:
        with office.database.sessions.begin() as session:
            note(session, now, "genkan", "sign_in_failed", subject)
        raise SignInRefused
    return _open_session(office, account, password, subject, now)


def sign_out(office: Office, token: str, now: datetime) -> None:
    """End the session; an unknown token is no error."""
    with office.database.sessions.begin() as session:
        row = session.get(StaffSession, _sha256(token))
        if row is not None and row.ended_at is None:
            row.ended_at = now
            note(session, now, row.account_id, "signed_out", f"account:{row.account_id}")


def whoami(office: Office, token: str, now: datetime, *, active: bool = True) -> Staff | None:
    """Whose session this is, or None when it ended, idled out or its account was disabled.

    `active=False` for requests a page makes by itself: they do not keep a session alive.
    """
    with office.database.reads() as session:
        found = session.execute(
            select(StaffSession, StaffAccount)
            .join(StaffAccount, StaffAccount.id == StaffSession.account_id)
            .where(StaffSession.token_sha256 == _sha256(token))
        ).one_or_none()
    if found is None:
        return None
    row, account = found
    if not _is_alive(row, account, now):
        return None
    if active and now - row.seen_at >= _SEEN_EVERY:
        _mark_seen(office, row, now)
    return Staff(account.id, account.name, Role(account.role), account.member_id)


def disable(office: Office, account_id: str, by: str, now: datetime) -> None:
    """Close an account and end its sessions at once."""
    with office.database.sessions.begin() as session:
        session.get_one(StaffAccount, account_id).disabled_at = now
        session.execute(
            update(StaffSession)
            .where(StaffSession.account_id == account_id, StaffSession.ended_at.is_(None))
            .values(ended_at=now)
        )
        note(session, now, by, "account_disabled", f"account:{account_id}")


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError as error:
        known = ", ".join(Role)
        raise AccountRefused("role", f"role {value!r} is unknown; use one of {known}") from error


_WEAK = {
    "short": f"the password needs at least {passwords.SHORTEST} characters (15 are better)",
    "long": f"the password may have at most {passwords.LONGEST} characters",
    "common": "the password is one of those that are tried first; choose another",
}


def _refuse_bad_words(email: str, password: str) -> None:
    name, at, place = email.partition("@")
    if not (name and at and "." in place) or any(c.isspace() for c in email) or len(email) > 200:
        raise AccountRefused("email", f"{email!r} is not an e-mail address")
    weak = passwords.weakness(password, email)
    if weak:
        raise AccountRefused("password", _WEAK[weak])


def _refuse_bad_member(session: Session, role: Role, member_id: str | None) -> None:
    if member_id is None:
        if role in MEMBER_ROLES:
            raise AccountRefused("member", f"role {role} needs --member, the id of its member")
        return
    row = session.get(MemberRow, member_id)
    if row is None or not row.active:
        raise AccountRefused("member", f"member {member_id!r} is not in the data pack")


def _open_session(
    office: Office, account: StaffAccount, password: str, subject: str, now: datetime
) -> str:
    token = secrets.token_urlsafe(32)
    outdated = passwords.is_outdated(account.password_hash)
    fresh_hash = passwords.hashed(password) if outdated else account.password_hash
    with office.database.sessions.begin() as session:
        session.get_one(StaffAccount, account.id).password_hash = fresh_hash
        session.add(
            StaffSession(
                token_sha256=_sha256(token), account_id=account.id, created_at=now, seen_at=now
            )
        )
        note(session, now, account.id, "signed_in", subject)
    return token


def _is_alive(row: StaffSession, account: StaffAccount, now: datetime) -> bool:
    if row.ended_at is not None or account.disabled_at is not None:
        return False
    return now - row.seen_at < IDLE and now - row.created_at < ABSOLUTE


def _mark_seen(office: Office, row: StaffSession, now: datetime) -> None:
    with office.database.sessions.begin() as session:
        session.get_one(StaffSession, row.token_sha256).seen_at = now


def _paused_until(session: Session, subject: str, now: datetime) -> datetime | None:
    """Ten tries are free; after each further failure the pause doubles: 1, 2, 4 … 30 minutes."""
    recent = (Audit.subject == subject, Audit.at > now - _TRIES_REMEMBERED)
    last_success = select(func.max(Audit.at)).where(*recent, Audit.action == "signed_in")
    since = session.scalar(last_success) or now - _TRIES_REMEMBERED
    failures, last = session.execute(
        select(func.count(), func.max(Audit.at)).where(
            *recent, Audit.action == "sign_in_failed", Audit.at > since
        )
    ).one()
    if failures < FREE_TRIES:
        return None
    until: datetime = last + min(
        timedelta(minutes=2 ** min(failures - FREE_TRIES, 10)), _LONGEST_PAUSE
    )
    return until if until > now else None


@cache
def _nobodys_hash() -> str:
    """Verified against when nobody has the address, so that the answer takes as long."""
    return passwords.hashed(secrets.token_urlsafe(24))


def _digest(office: Office, email: str) -> str:
    key = office.settings.secret_key.encode()
    return hmac.new(key, email.encode(), hashlib.sha256).hexdigest()[:32]


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
