"""Taking one event of one person: read it, judge it, let the talk step, keep everything.

One short transaction; the words of the answer come from `bot`, the errands go to `desk.errands`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.conversation import Ask, Conversation, Inbound, InboundKind, LeaveGroup, Turn
from bot.dialogue import step
from desk.addresses import change_key
from desk.casework import raise_levels
from desk.errands import Errands
from desk.office import Office
from desk.scene import scene
from desk.talks import OpenTalk, begin_talk, keep_message, new_talk_name, open_talk, say
from routing.judgement import Judgement
from store import lanes, outbox
from store.inbox import next_event
from store.letterbox import InboundEvent, ReplyToken
from store.people import Person, Tombstone
from store.talks import Talk
from store.vault import Key

ReadEvent = Callable[[Mapping[str, Any]], tuple[Inbound, str | None]]
"""The door's translation of one raw event: what came in, and its reply token if it has one."""

MOST_TRIES = 4
_JUDGED = {InboundKind.TEXT, InboundKind.STICKER}
_SILENT = {InboundKind.UNFOLLOW, InboundKind.UNSEND}
_KEPT = {InboundKind.TEXT, InboundKind.STICKER, InboundKind.MEDIA, InboundKind.LOCATION}


def take_turn(
    office: Office, read_event: ReadEvent, person_id: str, token: int, now: datetime
) -> bool:
    """Work the person's oldest waiting event; False when none is due.

    Raises `LaneLost` when the lane went to somebody else; any other error leaves the event
    waiting (see `set_back`).
    """
    with office.database.sessions.begin() as session:
        lanes.hold(session, person_id, token, now)
        event = next_event(session, person_id)
        if event is None or (event.next_try_at is not None and event.next_try_at > now):
            return False
        person = session.get_one(Person, person_id)
        event.taken_at = now
        event.late = event.event_ms < person.last_event_ms
        person.last_event_ms = max(person.last_event_ms, event.event_ms)
        event.outcome = _Work(session, office, person, event, now).do(read_event)
        event.state, event.done_at, event.raw_sealed, event.error = "done", now, None, None
    return True


def set_back(office: Office, person_id: str, token: int, now: datetime, error: str | None) -> None:
    """The oldest event failed (`error`: class name) or its worker died: later again, or aside."""
    with office.database.sessions.begin() as session:
        lanes.hold(session, person_id, token, now)
        event = next_event(session, person_id)
        died_sending = error is None and outbox.is_trying(session, person_id)
        if event is None or died_sending:
            return
        event.tries += 1
        event.error = error
        if event.tries >= MOST_TRIES:
            event.state, event.outcome = "set_aside", "set_aside"
        elif error is not None:
            event.next_try_at = now + timedelta(seconds=0.2 * 4**event.tries)


@dataclass
class _Work:
    """One event inside its transaction."""

    session: Session
    office: Office
    person: Person
    event: InboundEvent
    now: datetime

    def do(self, read_event: ReadEvent) -> str:
        """Returns the outcome for `genkan trace`."""
        key = self.office.vault.key(self.session, self.event.data_key_id)
        if key is None or self.event.raw_sealed is None:
            return "erased"
        raw = key.open(f"inbound_event.raw|{self.event.event_id}", self.event.raw_sealed)
        inbound, reply_token = read_event(json.loads(raw))
        if inbound.message_id and self._is_unsent(inbound):
            return "unsent"
        if reply_token:
            self._keep_token(reply_token)
        if inbound.kind not in _SILENT and not self.event.late:
            self.person.blocked_at = None
        return self._answer(inbound)

    def _is_unsent(self, inbound: Inbound) -> bool:
        if inbound.kind is InboundKind.UNSEND:
            return False
        return self.session.get(Tombstone, inbound.message_id) is not None

    def _keep_token(self, token: str) -> None:
        self.session.add(
            ReplyToken(
                event_id=self.event.event_id,
                person_id=self.person.id,
                token=token,
                received_at=self.event.accepted_at,
            )
        )

    def _answer(self, inbound: Inbound) -> str:
        talk = self._present_talk()
        judgement = self._judge(inbound, talk.state)
        here = scene(self.session, self.office, self.now)
        turn = step(talk.state, inbound, judgement, here)
        if turn.next.talk != talk.state.talk:
            talk = self._begin(self._new_key(), turn.next)
        talk.state = turn.next
        self._carry_out(talk, inbound, turn)
        return "answered" if turn.says else "silent"

    def _carry_out(self, talk: OpenTalk, inbound: Inbound, turn: Turn) -> None:
        leaves = tuple(ask for ask in turn.asks if isinstance(ask, LeaveGroup))
        asks = tuple(ask for ask in turn.asks if ask not in leaves)
        work = Errands(self.session, self.office, self.person, talk, inbound.text, self.now)
        work.run(asks)
        raise_levels(self.session, work.talk.row.id, work.talk.state.level)
        self._keep_words(work, inbound, asks)
        event_id = self.event.event_id
        say(self.session, work.talk, turn.says, self.now, event_id=event_id, urgent=turn.urgent)
        work.run(leaves)
        work.talk.save(work.talk.state, self.now)

    def _judge(self, inbound: Inbound, state: Conversation) -> Judgement:
        if inbound.kind in _JUDGED and inbound.text.strip():
            return self.office.judge.read(inbound.text, state.language)
        return Judgement(language=state.language)

    def _present_talk(self) -> OpenTalk:
        """The talk that goes on, or a first one, sealed with the key made on arrival.

        An erased talk only carries the farewell and is destroyed behind it: nothing goes on there.
        """
        row = self._present_row()
        if row is not None and row.data_key_id is not None and row.erased_at is None:
            return open_talk(self.session, self.office.vault, row)
        key = self.office.vault.key(self.session, self.person.data_key_id)
        return self._begin(key or self._new_key(), Conversation(talk=new_talk_name()))

    def _present_row(self) -> Talk | None:
        talk_id = self.person.conversation_id
        return self.session.get(Talk, talk_id) if talk_id else None

    def _begin(self, key: Key, state: Conversation) -> OpenTalk:
        talk = begin_talk(self.session, self.person.id, key, state, self.now)
        self.person.conversation_id = talk.row.id
        return talk

    def _new_key(self) -> Key:
        return change_key(self.session, self.office.vault, self.person, self.now)

    def _keep_words(self, work: Errands, inbound: Inbound, asks: tuple[Ask, ...]) -> None:
        if inbound.kind not in _KEPT:
            return
        keep_message(
            self.session,
            work.talk,
            "resident",
            inbound.text if inbound.kind is InboundKind.TEXT else "",
            datetime.fromtimestamp(self.event.event_ms / 1000, UTC),
            kind=inbound.kind,
            case_id=work.reader(asks),
            line_message_id=inbound.message_id or None,
        )
