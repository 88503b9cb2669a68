"""Cases, their history, consents, escalations, the duty of coordinators."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, new_id


class Case(Base):
    """What one recipient was asked to look after: a handoff, an escalation or the tray.

    status moves only along `routing.case.TRANSITIONS`; of two people who act at once the version
    column lets one win.
    """

    __tablename__ = "cases"
    __table_args__ = (Index("ix_cases_member_id_status", "member_id", "status"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(12))
    """`handoff` (to a member), `escalation` (to the coordinating body), `tray` (to the core)."""
    member_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    """NULL when the coordinating body holds it."""
    status: Mapped[str] = mapped_column(String(12))
    """`waiting`, `accepted`, `declined`, `withdrawn`, `closed`."""
    pseudonym: Mapped[str] = mapped_column(String(40))
    """How this recipient calls the resident; another recipient sees another one (S12)."""
    level: Mapped[str] = mapped_column(String(10), default="none")
    category: Mapped[str | None] = mapped_column(String(40))
    summary_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """JSON of exactly what the recipient may see besides later words; AAD `cases.summary|<id>`."""
    account_id: Mapped[str | None] = mapped_column(ForeignKey("staff_account.id"))
    """Who accepted it."""
    outcome: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    first_answer_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class CaseHistory(Base):
    """Every status change: who, when, from, to, why. Never words of a resident."""

    __tablename__ = "case_history"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(60))
    """A staff account id, `resident` or `genkan`."""
    from_status: Mapped[str | None] = mapped_column(String(12))
    to_status: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(String(200))
    """A reason code, or what a member of staff wrote about the decision."""


class Consent(Base):
    """What the resident agreed to: to whom, which items, in which words, when (R10)."""

    __tablename__ = "consent"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"))
    items: Mapped[str] = mapped_column(String(200))
    """Item codes, comma-separated."""
    wording_version: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Escalation(Base):
    """The extra facts of an escalation case: how urgent and until when somebody must look."""

    __tablename__ = "escalation"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    level: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str | None] = mapped_column(String(20))
    rule_ids: Mapped[str] = mapped_column(String(300))
    about_other: Mapped[bool] = mapped_column(default=False)
    keep_secret: Mapped[bool] = mapped_column(default=False)
    raised_at: Mapped[datetime]
    watched: Mapped[bool]
    """Whether somebody was on duty when it was raised."""
    acknowledge_by: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None] = mapped_column(ForeignKey("staff_account.id"))
    overdue_at: Mapped[datetime | None]
    """When the timer found nobody had acknowledged in time."""


class Duty(Base):
    """A coordinator said: I watch the board from … until …"""

    __tablename__ = "duty"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_account.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
