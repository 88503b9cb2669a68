"""Journalling a call to LINE before it is made: which bubbles, with which token, or why not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.conversation import Say, conversation_from_json, say_from_json
from desk.addresses import address_of
from desk.erase import forget_address
from desk.office import Office
from desk.post import Post, Result, Verdict
from store import lanes, outbox
from store.letterbox import OutboxMessage, ReplyToken
from store.people import Person
from store.talks import Talk
from store.vault import SealBroken

_GIVE_UP = timedelta(hours=23)
"""LINE forgets a retry key after 24 hours; a repeat after that would arrive twice."""


@dataclass(frozen=True)
class Call:
    """One journalled call, ready to be made outside any transaction."""

    batch_id: str
    action: str
    kind: str
    address: str | None
    token: str | None
    says: tuple[Say, ...]
    talk: str

    def make(self, post: Post) -> Verdict:
        """Make the call; never raises for what LINE or the network does."""
        if self.address is None:
            return Verdict(Result.REFUSED, error="no_address")
        if self.action == "leave":
            return post.leave(self.kind, self.address)
        if self.token is not None:
            return post.reply(self.token, self.says, self.talk)
        return post.push(self.address, self.says, self.talk, self.batch_id)


def journal(office: Office, person_id: str, token: int, now: datetime) -> Call | None:
    """Write down that the next batch is being tried; None when nothing may go now.

    Rows that must not be sent any more reach their end here. Raises `LaneLost`.
    """
    with office.database.sessions.begin() as session:
        lanes.hold(session, person_id, token, now)
        person = session.get_one(Person, person_id)
        while rows := outbox.open_rows(session, person_id):
            lift = _lift(session, rows[0], now)
            batch = _joined(rows, _may_share) if lift else _next_batch(session, rows)
            head = batch[0]
            if lift is None and head.next_try_at is not None and head.next_try_at > now:
                return None
            reason = _why_not(session, person, head, now) or _unreadable(office, session, batch)
            if reason is None:
                return _Journal(session, office, person, batch, now, lift).write()
            end(batch, reason[0], reason[1], now)
            session.flush()
        forget_address(session, person, now)
    return None


def _lift(session: Session, head: OutboxMessage, now: datetime) -> ReplyToken | None:
    """A fresh token for a push that LINE turned away (429, the month's pushes may be used up).

    The resident wrote again, so what was held back goes with the free answer; otherwise it would
    hold back that answer too.
    """
    turned_away = head.via == "push" and head.status == 429 and not _unsure(head)
    return outbox.fresh_token(session, head.person_id, now) if turned_away else None


def _next_batch(session: Session, rows: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    """The rows of the next call: a batch already tried as it was, else bubbles joined anew."""
    if rows[0].batch_id is not None:
        return list(outbox.batch_rows(session, rows[0].batch_id))
    return _joined(rows, _joins)


def _joined(
    rows: Sequence[OutboxMessage], joins: Callable[[OutboxMessage, OutboxMessage], bool]
) -> list[OutboxMessage]:
    """The first row and those right behind it that may go in the same call."""
    batch = [rows[0]]
    for row in rows[1 : outbox.MOST_BUBBLES]:
        if not joins(rows[0], row):
            break
        batch.append(row)
    return batch


def _joins(head: OutboxMessage, row: OutboxMessage) -> bool:
    """Bubbles of one answer, or several of staff, go as one call; answers keep their own tokens."""
    return (
        row.batch_id is None
        and (row.event_id, row.urgent) == (head.event_id, head.urgent)
        and _may_share(head, row)
    )


def _may_share(head: OutboxMessage, row: OutboxMessage) -> bool:
    """Words of one talk that LINE certainly does not have."""
    return (
        head.action == row.action == "say"
        and row.conversation_id == head.conversation_id
        and not _unsure(row)
    )


def _why_not(
    session: Session, person: Person, head: OutboxMessage, now: datetime
) -> tuple[str, str] | None:
    """The final state and reason when this must not be sent (any more)."""
    if person.blocked_at is not None:
        return "cancelled", "blocked"
    if head.data_key_id is None:
        return "cancelled", "erased"
    if person.no_contact_at is not None and head.event_id is None:
        return "cancelled", "no_contact"
    if head.via == "reply" and _unsure(head) and token_died(session, head, now):
        return "unknown", "no_verdict"
    if head.first_try_at is not None and now - head.first_try_at > _GIVE_UP:
        return ("unknown" if _unsure(head) else "failed"), "gave_up"
    return None


def _unreadable(
    office: Office, session: Session, batch: Sequence[OutboxMessage]
) -> tuple[str, str] | None:
    """Words that no longer open must not hold back everything behind them for ever."""
    try:
        for row in batch:
            _open(office, session, row)
    except (SealBroken, LookupError) as error:
        return "failed", type(error).__name__
    return None


def _open(office: Office, session: Session, row: OutboxMessage) -> Say | None:
    """The bubble of a row; None for a row that is not a bubble."""
    if row.action != "say":
        return None
    key = office.vault.key(session, row.data_key_id)
    if key is None or row.payload_sealed is None:
        raise LookupError(f"outbox {row.id} has no words")
    return say_from_json(json.loads(key.open(f"outbox.payload|{row.id}", row.payload_sealed)))


def _unsure(row: OutboxMessage) -> bool:
    """No verdict yet: said so by LINE, or left `trying` by a worker that died in its call."""
    return row.ambiguous or row.state == "trying"


def token_died(session: Session, head: OutboxMessage, now: datetime) -> bool:
    """Whether the reply token of this batch is too old to be used again."""
    spent = _token_of(session, head)
    return spent is None or now - spent.received_at > outbox.TOKEN_LIFE


def _token_of(session: Session, head: OutboxMessage) -> ReplyToken | None:
    """The token this batch was tried with before."""
    return outbox.token_used_by(session, head.batch_id) if head.batch_id else None


@dataclass
class _Journal:
    """Marks one batch as being tried and builds its call."""

    session: Session
    office: Office
    person: Person
    rows: Sequence[OutboxMessage]
    now: datetime
    lift: ReplyToken | None
    """A token of another event that these rows may ride on."""

    def write(self) -> Call:
        head = self.rows[0]
        batch_id = head.batch_id or head.id
        token = self._choose_token(head, batch_id)
        for row in self.rows:
            row.ambiguous = _unsure(row)
            row.state, row.batch_id = "trying", batch_id
            row.attempts += 1
            row.first_try_at = row.first_try_at or self.now
            row.last_try_at = self.now
            row.via = "reply" if token else "push"
            row.reply_token_sha256 = _sha256(token) if token else None
        return self._call(head, batch_id, token)

    def _choose_token(self, head: OutboxMessage, batch_id: str) -> str | None:
        """The token tried before, the one of the event answered, or a spare one."""
        if head.action == "leave" or (head.via == "push" and self.lift is None):
            return None
        token = self.lift or _token_of(self.session, head) or self._fresh_token(head)
        if token is None or self.now - token.received_at > outbox.TOKEN_LIFE:
            return None
        token.used_by = batch_id
        return token.token

    def _fresh_token(self, head: OutboxMessage) -> ReplyToken | None:
        if head.event_id is None:
            return outbox.spare_token(self.session, self.person.id, self.now)
        token = outbox.token_of_event(self.session, head.event_id)
        return token if token is not None and token.used_by is None else None

    def _call(self, head: OutboxMessage, batch_id: str, token: str | None) -> Call:
        return Call(
            batch_id=batch_id,
            action=head.action,
            kind=self.person.kind,
            address=address_of(self.session, self.office.vault, self.person),
            token=token,
            says=tuple(filter(None, (_open(self.office, self.session, r) for r in self.rows))),
            talk=self._talk_name(head),
        )

    def _talk_name(self, head: OutboxMessage) -> str:
        row = self.session.get_one(Talk, head.conversation_id)
        key = self.office.vault.key(self.session, row.data_key_id)
        if key is None or row.state_sealed is None:
            return ""
        sealed = key.open(f"conversation.state|{row.id}", row.state_sealed)
        return conversation_from_json(json.loads(sealed)).talk


def end(rows: Sequence[OutboxMessage], state: str, error: str | None, now: datetime) -> None:
    """A batch reached its end: `sent`, `failed`, `unknown` or `cancelled`; its words go."""
    for row in rows:
        row.state, row.error, row.payload_sealed, row.next_try_at = state, error, None, None
        row.sent_at = now if state == "sent" else None


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
