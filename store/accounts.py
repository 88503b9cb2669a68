"""Members' working state, staff accounts, their sessions, and the audit trail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, new_id


class MemberRow(Base):
    """What changes by the day about a member: paused, capacity. The data pack has the rest."""

    __tablename__ = "member"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    """False once it has left the pack; its cases stay readable."""
    paused: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int | None]


class StaffAccount(Base):
    """A person who signs in to the console."""

    __tablename__ = "staff_account"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    """Lower case."""
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    """A value of `desk.accounts.Role`."""
    member_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class StaffSession(Base):
    """A signed-in browser; the cookie holds a random token, the row its hash."""

    __tablename__ = "staff_session"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_account.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Audit(Base):
    """Who saw or did what. Never words of a resident."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(60))
    """A staff account id, `resident`, `operator` or `genkan`."""
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80))
    """`case:<id>`, `account:<id>`, `conversation:<id>` …"""
    why: Mapped[str] = mapped_column(String(200), default="")
