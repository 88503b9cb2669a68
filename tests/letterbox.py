"""A resident's events through the real door, desk and talk; only LINE itself is played."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from bot.conversation import Conversation, Say
from bot.line.body import split
from bot.line.inbound import read_event
from desk.arrivals import Arrivals
from desk.lane import LaneWorker
from desk.office import Office
from desk.post import Result, Verdict
from desk.talks import open_talk, say
from store.cases import Case
from store.inbox import WAITING, InboundEvent
from store.letterbox import OutboxMessage
from store.people import DataKey, Person
from store.talks import Message, Talk

START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ACCEPTED = Verdict(Result.ACCEPTED, 200, "request-id")
_numbers = itertools.count(1)


class Clock:
    """Time that moves only when told."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now


@dataclass(frozen=True)
class Call:
    """One call as LINE would see it."""

    how: str
    key: str
    """Reply token or retry key."""
    to: str
    says: tuple[Say, ...]
    talk: str = ""

    @property
    def text(self) -> str:
        return "\n".join(each.text for each in self.says)


class RecordingPost:
    """The outer edge: remembers every call and answers with the next verdict, else accepts."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.verdicts: list[Verdict | BaseException] = []
        self.worked_for: list[str] = []
        self.before: Callable[[Call], None] = lambda call: None

    def reply(self, reply_token: str, says: Sequence[Say], talk: str) -> Verdict:
        return self._take(Call("reply", reply_token, "", tuple(says), talk))

    def push(self, address: str, says: Sequence[Say], talk: str, retry_key: str) -> Verdict:
        return self._take(Call("push", retry_key, address, tuple(says), talk))

    def leave(self, kind: str, address: str) -> Verdict:
        return self._take(Call(f"leave {kind}", "", address, ()))

    def show_working(self, address: str) -> None:
        self.worked_for.append(address)

    def _take(self, call: Call) -> Verdict:
        self.calls.append(call)
        self.before(call)
        verdict = self.verdicts.pop(0) if self.verdicts else ACCEPTED
        if isinstance(verdict, BaseException):
            raise verdict
        return verdict

    @property
    def keys(self) -> list[str]:
        """The phrase keys of everything said, in order."""
        return [each.key for call in self.calls for each in call.says]


@dataclass
class House:
    """An office with its lane, its letterbox and a clock of its own."""

    office: Office
    clock: Clock = field(default_factory=Clock)
    post: RecordingPost = field(default_factory=RecordingPost)

    def __post_init__(self) -> None:
        self.arrivals = Arrivals(self.office)

    def close(self) -> None:
        self.arrivals._hang_up()

    @property
    def lane(self) -> LaneWorker:
        return LaneWorker(self.office, self.post, read_event, self.clock)

    def resident(self, name: str = "a") -> Resident:
        return Resident(self, "U" + name.encode().hex().ljust(32, "0"))

    def keep(self, *events: dict[str, Any]) -> set[str]:
        """Post the events as one body; returns the ids of their people."""
        body = json.dumps({"destination": "U0", "events": events}).encode()
        return self.arrivals.write(split(body, self.clock()), self.clock())

    def work(self, *people: str) -> None:
        for person in people:
            self.lane.work(person)

    def rows(self, *where: Any) -> list[OutboxMessage]:
        with self.office.database.reads() as session:
            statement = select(OutboxMessage).where(*where).order_by(OutboxMessage.seq)
            return list(session.scalars(statement))

    def states(self) -> list[str]:
        return [row.state for row in self.rows()]

    def event(self, event_id: str) -> InboundEvent:
        with self.office.database.reads() as session:
            found = select(InboundEvent).where(InboundEvent.event_id == event_id)
            return session.scalars(found).one()

    def waiting_events(self) -> int:
        with self.office.database.reads() as session:
            statement = select(func.count()).where(InboundEvent.state == WAITING)
            return session.scalar(statement) or 0

    def key_ids(self) -> set[str]:
        with self.office.database.reads() as session:
            return set(session.scalars(select(DataKey.id)))


@dataclass
class Resident:
    """Somebody on LINE: every act arrives, is worked and answered, unless `arrive` is used."""

    house: House
    line_id: str
    source: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = self.source or {"type": "user", "userId": self.line_id}

    def event(
        self, kind: str, *, at: float = 0.0, token: str = "new", **more: Any
    ) -> dict[str, Any]:
        """A webhook event as LINE writes it; `at` in seconds from now."""
        number = next(_numbers)
        event = {
            "type": kind,
            "webhookEventId": f"01EVENT{number:06d}",
            "timestamp": int((self.house.clock() + timedelta(seconds=at)).timestamp() * 1000),
            "source": self.source,
            "mode": "active",
            "deliveryContext": {"isRedelivery": False},
        }
        if token:
            event["replyToken"] = f"token-{number}" if token == "new" else token
        return event | more

    def text(self, words: str, message_id: str = "", **more: Any) -> dict[str, Any]:
        message = {"id": message_id or f"9{next(_numbers):07d}", "type": "text", "text": words}
        return self.event("message", message=message, **more)

    def postback(self, data: str, **more: Any) -> dict[str, Any]:
        return self.event("postback", postback={"data": data}, **more)

    def sends(self, event: dict[str, Any]) -> dict[str, Any]:
        """The event arrives and is worked, one second after the last."""
        self.house.clock.forward(1)
        event["timestamp"] += 1000
        self.house.work(*self.house.keep(event))
        return event

    def says(self, words: str, message_id: str = "") -> dict[str, Any]:
        return self.sends(self.text(words, message_id))

    def taps(self, action: str, talk: str | None = None) -> dict[str, Any]:
        name = self.state.talk if talk is None else talk
        return self.sends(self.postback(f"a={action}&t={name}"))

    def agrees(self, worry: str, *taps: str, message_id: str = "") -> None:
        """The worry, at most one question, the first member shown, these taps, yes."""
        self.says(worry, message_id)
        if not self.state.offered:
            self.taps("neither")
        self.taps(f"pick:{self.state.offered[0]}")
        for tap in taps:
            self.taps(tap)
        self.says("はい")

    def unsends(self, message_id: str) -> dict[str, Any]:
        return self.sends(self.event("unsend", token="", unsend={"messageId": message_id}))

    @property
    def person(self) -> Person:
        index = self.house.arrivals
        with self.house.office.database.reads() as session:
            key = self.house.office.vault.key(session, "line-index")
            assert key is not None and index is not None
            kind = self.source["type"]
            wanted = key.digest(f"{kind}:{self.source[f'{kind}Id']}")
            return session.scalars(select(Person).where(Person.line_hash == wanted)).one()

    @property
    def talk(self) -> Talk:
        with self.house.office.database.reads() as session:
            return session.get_one(Talk, self.person.conversation_id)

    @property
    def state(self) -> Conversation:
        with self.house.office.database.reads() as session:
            row = session.get_one(Talk, self.person.conversation_id)
            return open_talk(session, self.house.office.vault, row).state

    def cases(self, purpose: str = "handoff") -> list[Case]:
        """Cases of all the person's talks, oldest first."""
        with self.house.office.database.reads() as session:
            statement = (
                select(Case)
                .join(Talk, Talk.id == Case.conversation_id)
                .where(Talk.person_id == self.person.id, Case.purpose == purpose)
                .order_by(Case.created_at)
            )
            return list(session.scalars(statement))

    def messages(self) -> list[Message]:
        with self.house.office.database.reads() as session:
            statement = (
                select(Message)
                .join(Talk, Talk.id == Message.conversation_id)
                .where(Talk.person_id == self.person.id, Message.author == "resident")
                .order_by(Message.at)
            )
            return list(session.scalars(statement))

    def hears_from_staff(self, *words: str, urgent: bool = False) -> list[str]:
        """Staff words are written into the outbox, not yet sent; returns their outbox ids."""
        office, now = self.house.office, self.house.clock()
        with office.database.sessions.begin() as session:
            person = session.get_one(Person, self.person.id)
            talk = open_talk(session, office.vault, session.get_one(Talk, person.conversation_id))
            says = [Say("staff", each, speaker="見本の会") for each in words]
            messages = say(session, talk, says, now, urgent=urgent)
            ids = [message.id for message in messages]
        return [row.id for row in self.house.rows(OutboxMessage.message_id.in_(ids))]
