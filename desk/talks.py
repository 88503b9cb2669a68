"""Opening a sealed talk, putting it back, and adding words to it; never decides what to say."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.conversation import (
    Conversation,
    Say,
    Stage,
    conversation_from_json,
    conversation_to_json,
    say_to_json,
)
from store.base import new_id
from store.letterbox import OutboxMessage
from store.talks import Message, Talk
from store.vault import Key, Vault


class TalkErased(Exception):
    """The talk's key was destroyed: nothing in it can be read or added."""


@dataclass
class OpenTalk:
    """One talk with its key, inside a transaction."""

    row: Talk
    key: Key
    state: Conversation

    def save(self, state: Conversation, now: datetime) -> None:
        """Seal the new state and refresh the columns that queries use."""
        self.state = state
        row = self.row
        row.state_sealed = _seal_state(self.key, row.id, state)
        row.stage, row.holder = state.stage, state.holder
        row.level, row.kind, row.language = state.level, state.kind, state.language
        row.category = state.categories[0] if state.categories else None
        row.updated_at = now
        if state.stage in (Stage.CLOSED, Stage.SURVEY):
            row.closed_at = row.closed_at or now
        if state.offered:
            row.suggested_at = row.suggested_at or now


def new_talk_name() -> str:
    """A short random name for a talk; its buttons carry it."""
    return secrets.token_urlsafe(6)


def begin_talk(
    session: Session, person_id: str, key: Key, state: Conversation, now: datetime
) -> OpenTalk:
    """Add the row of a talk that begins now; its data key row is already in the session."""
    row = Talk(id=new_id(), person_id=person_id, data_key_id=key.id, started_at=now)
    talk = OpenTalk(row, key, state)
    talk.save(state, now)
    session.add(row)
    session.flush()
    return talk


def open_talk(session: Session, vault: Vault, row: Talk) -> OpenTalk:
    """Unseal a talk; `TalkErased` when its key is gone."""
    key = vault.key(session, row.data_key_id)
    if key is None or row.state_sealed is None:
        raise TalkErased(row.id)
    sealed = json.loads(key.open(f"conversation.state|{row.id}", row.state_sealed))
    return OpenTalk(row, key, conversation_from_json(sealed))


def say(
    session: Session,
    talk: OpenTalk,
    says: Iterable[Say],
    now: datetime,
    *,
    event_id: str | None = None,
    urgent: bool = False,
    case_id: str | None = None,
    account_id: str | None = None,
    first_message_id: str | None = None,
) -> list[Message]:
    """Write each bubble as a message and as an outbox row, in the caller's transaction.

    `case_id` is the case whose holder may read it; `account_id` the person who wrote it;
    `first_message_id` an id the caller chose, so that a repeat can be recognised. Words
    that nobody else reads are not kept, only their phrase key. The caller rings the bell after the
    commit.
    """
    messages: list[Message] = []
    for bubble in says:
        message = keep_message(
            session,
            talk,
            "staff" if account_id else "bot",
            bubble.text if case_id else "",
            now,
            kind=bubble.key,
            case_id=case_id,
            account_id=account_id,
            message_id=None if messages else first_message_id,
        )
        _post(session, talk, bubble, now, message_id=message.id, event_id=event_id, urgent=urgent)
        messages.append(message)
    return messages


def keep_message(
    session: Session,
    talk: OpenTalk,
    author: str,
    words: str,
    now: datetime,
    *,
    kind: str = "text",
    case_id: str | None = None,
    account_id: str | None = None,
    line_message_id: str | None = None,
    message_id: str | None = None,
) -> Message:
    """Add one sealed message to the talk; empty words are stored as NULL."""
    message_id = message_id or new_id()
    message = Message(
        id=message_id,
        conversation_id=talk.row.id,
        case_id=case_id,
        author=author,
        account_id=account_id,
        kind=kind,
        words_sealed=talk.key.seal(f"message.words|{message_id}", words) if words else None,
        at=now,
        line_message_id=line_message_id,
    )
    session.add(message)
    session.flush()
    return message


def read_words(key: Key | None, message: Message) -> str | None:
    """The words of a message, or None when they were unsent, erased or never there."""
    if key is None or message.words_sealed is None:
        return None
    return key.open(f"message.words|{message.id}", message.words_sealed)


def _post(
    session: Session,
    talk: OpenTalk,
    bubble: Say,
    now: datetime,
    *,
    message_id: str,
    event_id: str | None,
    urgent: bool,
) -> None:
    outbox_id = new_id()
    payload = json.dumps(say_to_json(bubble), ensure_ascii=False)
    session.add(
        OutboxMessage(
            id=outbox_id,
            person_id=talk.row.person_id,
            conversation_id=talk.row.id,
            event_id=event_id,
            message_id=message_id,
            data_key_id=talk.key.id,
            payload_sealed=talk.key.seal(f"outbox.payload|{outbox_id}", payload),
            urgent=urgent,
            created_at=now,
        )
    )
    session.flush()


def _seal_state(key: Key, talk_id: str, state: Conversation) -> bytes:
    plain = json.dumps(conversation_to_json(state), ensure_ascii=False)
    return key.seal(f"conversation.state|{talk_id}", plain)
