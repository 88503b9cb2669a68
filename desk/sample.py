"""Invented people and talks for the demo, made through the real desk; never in a real database."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select, update

from bot.conversation import Conversation, Inbound, InboundKind, Stage
from desk import handoff
from desk.accounts import NewAccount, Role, Staff, add_account
from desk.answer import answer
from desk.arrivals import Arrival, Arrivals
from desk.duty import go_off_duty, go_on_duty
from desk.office import Office
from desk.sample_words import (
    ANSWERS,
    IN_TALK,
    OPEN_TO_ANYBODY,
    OTHERS,
    STILL_WAITING,
    THANKS,
    URGENT,
    WITH_CHILDREN,
    WORDS_OF_PASSWORDS,
)
from desk.talks import open_talk
from desk.turn import take_turn
from routing.case import OPEN
from store import lanes
from store.accounts import StaffAccount
from store.cases import Case
from store.letterbox import OutboxMessage
from store.people import Person
from store.talks import Talk

DATABASE_NAME = "demo.db"
LISTENERS, CHILDREN = "org03", "org15"
"""The two members with a sample account."""
DAYS = 30


class SampleRefused(Exception):
    """The database is not an empty demo database; nothing was written."""


@dataclass(frozen=True)
class SampleAccount:
    """A sign-in of the demo, to be printed."""

    email: str
    password: str
    role: str
    whose: str


@dataclass(frozen=True)
class Sample:
    """What the demo shows at its start."""

    accounts: tuple[SampleAccount, ...]
    phones: tuple[tuple[str, str], ...]
    """(LINE id, name on the phone) of residents whose talks are open, for the simulator."""


def furnish(office: Office, now: datetime) -> Sample:
    """Fill a fresh demo database: accounts, a month of past talks, a few that are open.

    Raises `SampleRefused` unless the database is a SQLite file named `demo.db` that holds neither
    accounts nor people.
    """
    _refuse_real_database(office)
    password = _new_password()
    people = _accounts(office, password, now - timedelta(days=DAYS + 1))
    street = _Street(office, {row.whose: staff for row, staff in people}, now)
    _past(street, now)
    phones = _present(street, now)
    street.file_everything()
    return Sample(tuple(row for row, _staff in people), tuple(phones))


def _refuse_real_database(office: Office) -> None:
    url = office.settings.database_url
    if not (url.startswith("sqlite:") and url.endswith(f"/{DATABASE_NAME}")):
        raise SampleRefused(f"sample data go only into a SQLite file named {DATABASE_NAME}")
    with office.database.reads() as session:
        for table in (StaffAccount, Person):
            if session.scalar(select(table.id).limit(1)) is not None:
                raise SampleRefused("sample data go only into an empty database")


def _new_password() -> str:
    first, second = (secrets.choice(WORDS_OF_PASSWORDS) for _ in range(2))
    return f"{first}-{secrets.randbelow(9000) + 1000}-{second}"


def _accounts(office: Office, password: str, now: datetime) -> list[tuple[SampleAccount, Staff]]:
    wanted = (
        (Role.STAFF, LISTENERS, "hanako@demo.example", "見本 花子"),
        (Role.STAFF, CHILDREN, "taro@demo.example", "見本 太郎"),
        (Role.COORDINATOR, None, "coordinator@demo.example", "見本 調整"),
        (Role.MONITOR, None, "monitor@demo.example", "見本 統計"),
        (Role.OPERATOR, None, "operator@demo.example", "見本 運用"),
    )
    made = []
    for role, member_id, email, name in wanted:
        new = NewAccount(email, role, password, member_id, name)
        account_id = add_account(office.database, new, now)
        whose = member_id or role.value
        row = SampleAccount(email, password, role.value, whose)
        made.append((row, Staff(account_id, name, role, member_id)))
    return made


class _Street:
    """The invented city: residents write, staff act, and its clock stands where it is put."""

    def __init__(self, office: Office, staff: Mapping[str, Staff], now: datetime) -> None:
        self.office = office
        self.staff = staff
        self.dice = Random(2026)  # noqa: S311 - invented people, the same every time
        self.now = now
        self._arrivals = Arrivals(office)

    def new_resident(self) -> _Resident:
        return _Resident(self, f"U{secrets.token_hex(16)}")

    def deliver(self, line_id: str, what: Mapping[str, str]) -> str:
        """Let a `text` or a tapped `action` arrive and be answered; returns the person's id."""
        event_id = f"sample-{secrets.token_hex(8)}"
        raw = json.dumps({"id": event_id, **what}, ensure_ascii=False)
        at_ms = int(self.now.timestamp() * 1000)
        arrival = Arrival(event_id, "user", line_id, at_ms, "message.text", raw)
        (person_id,) = self._arrivals.write([arrival], self.now)
        with self.office.database.sessions.begin() as session:
            taken = lanes.take(session, person_id, self.now)
        if taken is None:
            raise SampleRefused("a lane of the sample is not free")
        take_turn(self.office, _read_event, person_id, taken[0], self.now)
        return person_id

    def file_everything(self) -> None:
        """Nobody in the sample has a phone in the past: what was said counts as sent."""
        with self.office.database.sessions.begin() as session:
            session.execute(
                update(OutboxMessage).values(
                    state="sent",
                    via="push",
                    attempts=1,
                    sent_at=OutboxMessage.created_at,
                    payload_sealed=None,
                )
            )
            session.execute(update(Person).values(lane_until=None))


@dataclass
class _Resident:
    """One invented resident and where their talk stands."""

    street: _Street
    line_id: str
    person_id: str = ""

    def says(self, text: str, after: timedelta = timedelta(minutes=1)) -> None:
        self._acts(after, text=text)

    def _acts(self, after: timedelta = timedelta(minutes=1), **what: str) -> None:
        self.street.now += after
        self.person_id = self.street.deliver(self.line_id, what)

    def picks(self, member_id: str) -> bool:
        """Look for that member, by its own heading if need be, and agree; False if never shown."""
        if self._pages_to(member_id):
            return True
        heading = self.street.office.directory.members[member_id].categories[0]
        self._acts(action=f"cat:{heading}")
        return self._pages_to(member_id)

    def _pages_to(self, member_id: str) -> bool:
        if self.talk().stage is Stage.CLARIFYING:
            self.says("1")
        seen: set[tuple[str, ...]] = set()
        while (offered := self.talk().offered) not in {(), *seen}:
            seen.add(offered)
            if member_id in offered:
                self.says(str(offered.index(member_id) + 1))
                self.says("はい")
                return True
            self.says("4")
        return False

    def picks_first(self) -> None:
        self.says("1")
        self.says("はい")

    def talk(self) -> Conversation:
        with self.street.office.database.reads() as session:
            row = session.get_one(Talk, self._talk_id(session))
            return open_talk(session, self.street.office.vault, row).state

    def open_case(self, purpose: str) -> str | None:
        with self.street.office.database.reads() as session:
            return session.scalar(
                select(Case.id).where(
                    Case.conversation_id == self._talk_id(session),
                    Case.purpose == purpose,
                    Case.status.in_(OPEN),
                )
            )

    def _talk_id(self, session: Any) -> str:
        talk_id: str = session.get_one(Person, self.person_id).conversation_id
        return talk_id


def _read_event(raw: Mapping[str, Any]) -> tuple[Inbound, str | None]:
    if "action" in raw:
        return Inbound(InboundKind.POSTBACK, action=raw["action"]), None
    return Inbound(InboundKind.TEXT, text=raw["text"], message_id=raw["id"]), None


def _past(street: _Street, now: datetime) -> None:
    """Six to nine talks a day, four in ten with a handoff."""
    for ago in range(DAYS, 0, -1):
        day = now - timedelta(days=ago)
        for number in range(street.dice.randint(6, 9)):
            street.now = day + timedelta(minutes=street.dice.randint(0, 900))
            resident = street.new_resident()
            _past_talk(street, resident, ago * 10 + number)
            _coordinator_closes(street, resident, "escalation")


def _past_talk(street: _Street, resident: _Resident, number: int) -> None:
    if number % 23 == 0:
        _past_danger(street, resident, URGENT[number // 23 % len(URGENT)])
    elif number % 3 == 0:
        resident.says(_one_of(street, OTHERS))
        _goes_elsewhere(street, resident)
    else:
        member_id, worries = (
            (CHILDREN, WITH_CHILDREN) if number % 3 == 1 else (LISTENERS, OPEN_TO_ANYBODY)
        )
        resident.says(_one_of(street, worries))
        if street.dice.random() < 0.6 and resident.picks(member_id):
            _member_acts(street, resident, street.staff[member_id])


def _goes_elsewhere(street: _Street, resident: _Resident) -> None:
    choice = street.dice.random()
    if choice < 0.4:
        resident.picks_first()
        resident.says("やめる", timedelta(hours=street.dice.randint(2, 30)))
    elif choice < 0.5:
        resident.says("どれもちがう")
        _coordinator_closes(street, resident, "tray")


def _member_acts(street: _Street, resident: _Resident, staff: Staff) -> None:
    case_id = resident.open_case("handoff")
    if case_id is None:
        return
    office = street.office
    street.now += timedelta(minutes=street.dice.randint(8, 400))
    if street.dice.random() < 0.12:
        reason = handoff.DeclineReason.FULL
        handoff.decline(office, staff, case_id, reason, "", street.now)
        resident.says("終わりにする")
        return
    _accepts_and_answers(street, resident, staff, case_id)
    resident.says(_one_of(street, THANKS), timedelta(minutes=street.dice.randint(2, 50)))
    outcome = street.dice.choice(list(handoff.Outcome))
    handoff.close(office, staff, case_id, outcome, street.now + timedelta(hours=2))
    street.now += timedelta(hours=2)
    if street.dice.random() < 0.5:
        resident.says("1")


def _accepts_and_answers(street: _Street, resident: _Resident, staff: Staff, case_id: str) -> None:
    handoff.accept(street.office, staff, case_id, street.now)
    street.now += timedelta(minutes=street.dice.randint(1, 9))
    words = _one_of(street, ANSWERS)
    answer(street.office, staff, case_id, words, secrets.token_hex(4), street.now)


def _past_danger(street: _Street, resident: _Resident, words: str) -> None:
    coordinator = street.staff[Role.COORDINATOR]
    go_on_duty(street.office, coordinator, street.now + timedelta(hours=4), street.now)
    resident.says(words)
    resident.says("はい")
    _coordinator_closes(street, resident, "escalation")
    go_off_duty(street.office, coordinator, street.now)


def _coordinator_closes(street: _Street, resident: _Resident, purpose: str) -> None:
    case_id = resident.open_case(purpose)
    if case_id is None:
        return
    coordinator = street.staff[Role.COORDINATOR]
    street.now += timedelta(minutes=street.dice.randint(1, 25))
    handoff.accept(street.office, coordinator, case_id, street.now)
    street.now += timedelta(hours=1)
    outcome = handoff.Outcome.CONNECTED
    handoff.close(street.office, coordinator, case_id, outcome, street.now)


def _present(street: _Street, now: datetime) -> list[tuple[str, str]]:
    """What is open at the start: three waiting, one in talk, one danger, one in the tray."""
    listeners = street.staff[LISTENERS]
    residents = []
    for hours, words in zip((20, 5, 1), STILL_WAITING, strict=True):
        residents.append(_begins(street, now - timedelta(hours=hours), words))
        residents[-1].picks(LISTENERS)
    talking = _begins(street, now - timedelta(hours=3), IN_TALK)
    talking.picks(LISTENERS)
    case_id = talking.open_case("handoff")
    if case_id is not None:
        street.now += timedelta(minutes=20)
        _accepts_and_answers(street, talking, listeners, case_id)
        talking.says("ありがとうございます。朝は少し動けます。昼からが長いです。")
    child = _begins(street, now - timedelta(minutes=50), WITH_CHILDREN[1])
    child.picks(CHILDREN)
    lost = _begins(street, now - timedelta(hours=9), OTHERS[7])
    lost.says("どれもちがう")
    danger = _begins(street, now - timedelta(minutes=4), URGENT[0])
    residents += [talking, child, lost, danger]
    return [(r.line_id, f"見本の相談者{n}") for n, r in enumerate(residents, start=1)]


def _begins(street: _Street, at: datetime, words: str) -> _Resident:
    street.now = at
    resident = street.new_resident()
    resident.says(words, timedelta())
    return resident


def _one_of(street: _Street, words: Sequence[str]) -> str:
    return street.dice.choice(words)
