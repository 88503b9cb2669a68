"""The letterbox: events that came in, messages that go out, reply tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, new_id

_Seq = BigInteger().with_variant(Integer, "sqlite")

WAITING = "waiting"


class InboundEvent(Base):
    """One webhook event as LINE sent it, sealed until it was worked, then blanked.

    state: `waiting` → `done`, or `set_aside` after too many failures (shown to the operator).
    """

    __tablename__ = "inbound_event"
    __table_args__ = (
        Index(
            "ix_inbound_event_waiting",
            "person_id",
            "event_ms",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    seq: Mapped[int] = mapped_column(_Seq, primary_key=True, autoincrement=True)
    event_id: Mapped[str] = mapped_column(String(80), unique=True)
    """LINE's webhookEventId; `sha256:…` of the event when LINE sent none."""
    person_id: Mapped[str] = mapped_column(String(36))
    data_key_id: Mapped[str] = mapped_column(String(36))
    """No foreign keys here: they would cost more than the insert itself (`store.inbox`)."""
    raw_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    event_ms: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(40))
    accepted_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(40))
    late: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str | None] = mapped_column(String(80))
    """Class of the last exception, never its message."""


class ReplyToken(Base):
    """A token with which LINE lets us answer once for free; blanked when used or too old."""

    __tablename__ = "reply_token"
    __table_args__ = (Index("ix_reply_token_person_id_received_at", "person_id", "received_at"),)

    event_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    token: Mapped[str | None] = mapped_column(String(200))
    received_at: Mapped[datetime]
    used_by: Mapped[str | None] = mapped_column(String(36))
    """Outbox id of the batch it was spent on."""


class OutboxMessage(Base):
    """One bubble on its way out; the id is LINE's retry key.

    state: `waiting` → `trying` (journalled before the call) → `sent` | `waiting` again |
    `failed` (LINE refused for good) | `unknown` (LINE may or may not have it; staff decide) |
    `cancelled` (withdrawn, blocked, erased before it went).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_open",
            "person_id",
            "seq",
            sqlite_where=text("state IN ('waiting', 'trying')"),
            postgresql_where=text("state IN ('waiting', 'trying')"),
        ),
        Index("ix_outbox_event_id", "event_id"),
    )

    seq: Mapped[int] = mapped_column(_Seq, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(36), unique=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    event_id: Mapped[str | None] = mapped_column(String(80))
    """The event it answers; NULL for words of staff and for timers."""
    message_id: Mapped[str | None] = mapped_column(ForeignKey("message.id"), index=True)
    action: Mapped[str] = mapped_column(String(10), default="say")
    """`say`, or `leave` for a group."""
    payload_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """A `bot.conversation.Say` as JSON; blanked when it reached its end."""
    data_key_id: Mapped[str | None] = mapped_column(
        ForeignKey("data_key.id", ondelete="SET NULL"), index=True
    )
    urgent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
    batch_id: Mapped[str | None] = mapped_column(String(36), index=True)
    """Id of the first row of the call it was joined to; fixed at the first try."""
    via: Mapped[str | None] = mapped_column(String(10))
    reply_token_sha256: Mapped[str | None] = mapped_column(String(64))
    attempts: Mapped[int] = mapped_column(default=0)
    ambiguous: Mapped[bool] = mapped_column(default=False)
    """A try ended without a verdict (timeout, 5xx): LINE may already have it."""
    first_try_at: Mapped[datetime | None]
    last_try_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]
    status: Mapped[int | None]
    line_request_id: Mapped[str | None] = mapped_column(String(80))
    error: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class Counter(Base):
    """Counts that must survive a restart and add up over processes (refused signatures)."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger, default=0)
