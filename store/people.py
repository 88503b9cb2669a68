"""People, the lane each of them has, and the keys that seal their words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, new_id


class DataKey(Base):
    """A small key, wrapped by `SEALING_KEYS`. Deleting the row makes its words unreadable."""

    __tablename__ = "data_key"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class Person(Base):
    """Somebody (or a group) on LINE, known only by a keyed hash and a sealed address.

    Also the lane: a lease with a fencing token, so that one worker at a time serves a person.
    """

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    line_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    """`user`, `group`, `room` or `none` (an event without a source)."""
    data_key_id: Mapped[str | None] = mapped_column(
        ForeignKey("data_key.id", ondelete="SET NULL"), index=True
    )
    """Key of the present conversation, made with the first event, before the talk has a row."""
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The LINE id, sealed with that key; AAD `person.address|<id>`."""
    conversation_id: Mapped[str | None] = mapped_column(String(36))
    """The present talk. No foreign key, because the two tables point at each other."""
    blocked_at: Mapped[datetime | None]
    no_contact_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    last_event_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    """Newest event taken so far; an older one arriving now is marked late."""
    lane_token: Mapped[int] = mapped_column(BigInteger, default=0)
    lane_until: Mapped[datetime | None]


class Tombstone(Base):
    """A message that was unsent, kept because the unsend can arrive before the message."""

    __tablename__ = "tombstone"

    line_message_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
