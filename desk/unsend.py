"""LINE asks that an unsent message disappears: its words leave every place they reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation import Conversation
from desk.casework import open_cases, read_summary, seal_summary
from desk.talks import OpenTalk, read_words
from routing.masking import mask
from store.people import Person, Tombstone
from store.talks import Message

_MARK = "（送信取消）"


def unsend(
    session: Session, person: Person, talk: OpenTalk, message_id: str, now: datetime
) -> Conversation:
    """Blank the message, its copies in summaries and in the state; returns the cleaned state.

    The tombstone stays, because under redelivery the unsend may arrive before its message.
    """
    if session.get(Tombstone, message_id) is None:
        session.add(Tombstone(line_message_id=message_id, person_id=person.id, at=now))
    message = session.scalars(
        select(Message).where(
            Message.line_message_id == message_id, Message.conversation_id == talk.row.id
        )
    ).first()
    if message is None:
        return talk.state
    words = read_words(talk.key, message)
    message.words_sealed, message.unsent_at = None, now
    if not words:
        return talk.state
    _clean_summaries(session, talk, words)
    return _clean_state(talk.state, words)


def _clean_summaries(session: Session, talk: OpenTalk, words: str) -> None:
    for case in open_cases(session, talk.row.id):
        summary = read_summary(talk.key, case)
        for item in summary.get("items", ()):
            item["value"] = item["value"].replace(words, _MARK)
        if "words" in summary:
            summary["words"] = summary["words"].replace(mask(words), _MARK)
        case.summary_sealed = seal_summary(talk.key, case.id, summary)


def _clean_state(state: Conversation, words: str) -> Conversation:
    kept = tuple(word for word in state.reason_words if word not in words)
    return replace(state, worry=state.worry.replace(words, "").strip(), reason_words=kept)
