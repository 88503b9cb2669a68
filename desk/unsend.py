"""LINE asks that an unsent message disappears: its words leave every place they reached."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation import Card, Conversation, Say, say_from_json, say_to_json
from bot.dialogue.worry import WORRY_LENGTH, forget
from desk.casework import open_cases, read_summary, seal_summary
from desk.talks import OpenTalk, TalkErased, open_talk, read_words
from routing.masking import mask
from store.letterbox import OutboxMessage
from store.outbox import OPEN_STATES
from store.people import Person, Tombstone
from store.talks import Message, Talk
from store.vault import Vault

_MARK = "（送信取消）"
_SHORTEST = 2
"""A single sign is in every sentence; taking it out everywhere would hide nothing."""


def unsend(
    session: Session, vault: Vault, person: Person, talk: OpenTalk, message_id: str, now: datetime
) -> None:
    """Blank the message and its copies in state, summaries and waiting bubbles of its talk.

    The talk may be an earlier one than the present `talk`. The tombstone stays, because under
    redelivery the unsend may arrive before its message.
    """
    if session.get(Tombstone, message_id) is None:
        session.add(Tombstone(line_message_id=message_id, person_id=person.id, at=now))
    message = _find(session, person, message_id)
    if message is None:
        return
    before = _open(session, vault, message)
    words = read_words(before.key, message) if before else None
    message.words_sealed, message.unsent_at = None, now
    if before is None or not words:
        return
    present = message.conversation_id == talk.row.id
    gone = _quoted(before.state, words)
    _clean_summaries(session, before, words, gone)
    _clean_bubbles(session, before, gone)
    if present:
        talk.state = _clean_state(talk.state, message_id, gone)
    else:
        before.save(_clean_state(before.state, message_id, gone), now)


def _find(session: Session, person: Person, message_id: str) -> Message | None:
    statement = (
        select(Message)
        .join(Talk, Talk.id == Message.conversation_id)
        .where(Message.line_message_id == message_id, Talk.person_id == person.id)
    )
    return session.scalars(statement).first()


def _open(session: Session, vault: Vault, message: Message) -> OpenTalk | None:
    """The message's talk as it stood before this event; None when it was erased."""
    try:
        return open_talk(session, vault, session.get_one(Talk, message.conversation_id))
    except TalkErased:
        return None


def _quoted(state: Conversation, words: str) -> tuple[str, ...]:
    """The words as the talk quotes them: as part of the worry, and as reasons; longest first."""
    quoted = {words.strip()[:WORRY_LENGTH], *(w for w in state.reason_words if w in words)}
    return tuple(sorted((q for q in quoted if len(q) >= _SHORTEST), key=len, reverse=True))


def _clean_summaries(session: Session, talk: OpenTalk, words: str, gone: Sequence[str]) -> None:
    for case in open_cases(session, talk.row.id):
        summary = read_summary(talk.key, case)
        for item in summary.get("items", ()):
            item["value"] = _without(item["value"], gone[:1])
        if "words" in summary:
            summary["words"] = summary["words"].replace(mask(words), _MARK)
        case.summary_sealed = seal_summary(talk.key, case.id, summary)


def _clean_bubbles(session: Session, talk: OpenTalk, gone: Sequence[str]) -> None:
    """Bubbles that wait to be sent may quote the words: a preview, a reason."""
    waiting = select(OutboxMessage).where(
        OutboxMessage.conversation_id == talk.row.id,
        OutboxMessage.state.in_(OPEN_STATES),
        OutboxMessage.payload_sealed.is_not(None),
    )
    for row in session.scalars(waiting):
        context = f"outbox.payload|{row.id}"
        say = say_from_json(json.loads(talk.key.open(context, row.payload_sealed or b"")))
        cleaned = json.dumps(say_to_json(_clean_say(say, gone)), ensure_ascii=False)
        row.payload_sealed = talk.key.seal(context, cleaned)


def _clean_say(say: Say, gone: Sequence[str]) -> Say:
    cards = tuple(_clean_card(card, gone) for card in say.cards)
    return replace(say, text=_without(say.text, gone), cards=cards)


def _clean_card(card: Card, gone: Sequence[str]) -> Card:
    lines = tuple(_without(line, gone) for line in card.lines)
    return replace(card, lines=lines, note=_without(card.note, gone))


def _clean_state(state: Conversation, message_id: str, gone: Sequence[str]) -> Conversation:
    left = forget(state, message_id)
    kept = tuple(word for word in left.reason_words if word not in gone)
    return replace(left, reason_words=kept)


def _without(text: str, gone: Sequence[str]) -> str:
    for words in gone:
        text = text.replace(words, _MARK)
    return text
