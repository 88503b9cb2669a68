"""Conversations and the messages in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, new_id


class Talk(Base):
    """One conversation. Its state is a sealed `bot.conversation.Conversation`.

    `stage`, `holder`, `level`, `kind`, `language` and `category` are copies for queries and
    counts; they hold no words.
    """

    __tablename__ = "conversation"
    __table_args__ = (Index("ix_conversation_started_at", "started_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    data_key_id: Mapped[str | None] = mapped_column(
        ForeignKey("data_key.id", ondelete="SET NULL"), index=True
    )
    """NULL once the talk was erased."""
    state_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    stage: Mapped[str] = mapped_column(String(20))
    holder: Mapped[str] = mapped_column(String(10))
    level: Mapped[str] = mapped_column(String(10), default="none")
    kind: Mapped[str | None] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10), default="ja")
    category: Mapped[str | None] = mapped_column(String(40))
    suggested_at: Mapped[datetime | None]
    """When members were first offered, for the funnel on the monitor page."""
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Message(Base):
    """One bubble, from whoever. Staff see those of their case; the resident's unsend blanks it."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_conversation_id_at", "conversation_id", "at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    case_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), index=True)
    """The case whose holder may read it; NULL for what was said to the bot alone."""
    author: Mapped[str] = mapped_column(String(10))
    """`resident`, `bot` or `staff`."""
    account_id: Mapped[str | None] = mapped_column(ForeignKey("staff_account.id"))
    kind: Mapped[str] = mapped_column(String(40), default="text")
    """An `InboundKind` for residents, the phrase key for the bot, `text` for staff."""
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """AAD `message.words|<id>`; NULL when there are none or they were unsent."""
    at: Mapped[datetime]
    line_message_id: Mapped[str | None] = mapped_column(String(64), index=True)
    unsent_at: Mapped[datetime | None]


class SurveyAnswer(Base):
    """The tap of the after-survey; joined to nothing but the talk's category."""

    __tablename__ = "survey_answer"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    answer: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
