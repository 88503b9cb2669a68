"""Random fortunes against a model of LINE: nothing arrives twice, order holds, all of it ends."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desk import schema
from desk.post import Result, Verdict
from store.engine import Database
from store.letterbox import OutboxMessage
from store.vault import Vault
from tests.houses import kumamoto, make_office, make_settings
from tests.letterbox import START, Call, House

FINAL = {"sent", "failed", "unknown", "cancelled"}
WORDS = ("夜ねむれなくて つらいです", "どれもちがう", "ありがとう", "いま薬をたくさん飲みました")
MOODS = (
    "well",
    "lost_before",
    "lost_after",
    "rate_limit",
    "refused_connection",
    "died_before",
    "died_after",
)


class Died(BaseException):
    """The worker was killed in the middle of its call."""


@cache
def empty_database() -> Path:
    """A migrated file to copy: migrating anew for every example would take most of the time."""
    place = Path(tempfile.mkdtemp(prefix="genkan-model-")) / "empty.db"
    chosen = make_settings(f"sqlite:///{place}")
    database = Database(chosen.database_url)
    schema.upgrade(database, Vault(chosen.sealing_keys), kumamoto()[0], START)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    database.close()
    return place


class Line:
    """What LINE keeps: tokens for a minute and once, retry keys for a day, and what arrived."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.moods: list[str] = []
        self.tokens: dict[str, datetime] = {}
        self.keys: dict[str, datetime] = {}
        self.arrived: list[str] = []
        house.post.before = self.remember
        house.post._take = self.take  # type: ignore[method-assign]

    def remember(self, call: Call) -> None:
        """Nothing to remember beyond `arrived`."""

    def take(self, call: Call) -> Verdict:
        mood = self.moods.pop(0) if self.moods else "well"
        if mood == "died_before":
            raise Died
        if mood == "rate_limit":
            return Verdict(Result.TRY_LATER, 429)
        if mood == "refused_connection":
            return Verdict(Result.TRY_LATER, error="NewConnectionError")
        if mood == "lost_before":
            return Verdict(Result.AMBIGUOUS, 500)
        verdict = self.reply(call) if call.how == "reply" else self.push(call)
        if mood == "died_after":
            raise Died
        return Verdict(Result.AMBIGUOUS, error="ReadTimeout") if mood == "lost_after" else verdict

    def reply(self, call: Call) -> Verdict:
        received = self.tokens.pop(call.key, None)
        if received is None or self.house.clock() - received > timedelta(seconds=60):
            return Verdict(Result.INVALID_TOKEN, 400)
        sha = hashlib.sha256(call.key.encode()).hexdigest()
        return self.deliver(call, OutboxMessage.reply_token_sha256 == sha)

    def push(self, call: Call) -> Verdict:
        accepted = self.keys.get(call.key)
        if accepted and self.house.clock() - accepted < timedelta(hours=24):
            return Verdict(Result.ACCEPTED, 409)
        self.keys[call.key] = self.house.clock()
        return self.deliver(call, OutboxMessage.batch_id == call.key)

    def deliver(self, call: Call, *where: object) -> Verdict:
        rows = self.house.rows(OutboxMessage.state == "trying", *where)
        assert len(rows) == len(call.says), "what is sent is what was journalled"
        assert 1 <= len(call.says) <= 5
        self.arrived += [row.id for row in rows]
        return Verdict(Result.ACCEPTED, 200)


class Delivery(RuleBasedStateMachine):
    """One resident, staff who write to them, and a worker with bad luck."""

    @initialize()
    def open(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="genkan-model-"))
        shutil.copy(empty_database(), self.place / "genkan.db")
        chosen = make_settings(f"sqlite:///{self.place / 'genkan.db'}")
        self.house = House(make_office(chosen, Database(chosen.database_url)))
        self.line = Line(self.house)
        self.resident = self.house.resident()
        self.write("こんにちは")

    def write(self, words: str) -> None:
        event = self.resident.text(words)
        self.line.tokens[event["replyToken"]] = self.house.clock()
        self.person = self.house.keep(event).pop()

    @rule(words=st.sampled_from(WORDS))
    def the_resident_writes(self, words: str) -> None:
        self.house.clock.forward(0.1)
        self.write(words)

    @rule(count=st.integers(1, 7), urgent=st.booleans())
    def staff_write(self, count: int, urgent: bool) -> None:
        if self.resident.person.conversation_id is not None:
            self.resident.hears_from_staff(*map(str, range(count)), urgent=urgent)

    @rule(seconds=st.sampled_from((0.5, 3, 13, 25, 49, 61, 400, 4000, 40_000)))
    def time_passes(self, seconds: float) -> None:
        self.house.clock.forward(seconds)

    @rule(moods=st.lists(st.sampled_from(MOODS), min_size=0, max_size=4))
    def a_worker_comes_by(self, moods: list[str]) -> None:
        self.line.moods = list(moods)
        try:
            self.house.work(self.person)
        except Died:
            """Its lease runs out like that of any dead worker."""

    @invariant()
    def nothing_arrives_twice(self) -> None:
        twice = [row for row, times in Counter(self.line.arrived).items() if times > 1]
        assert twice == []

    @invariant()
    def words_arrive_in_the_order_they_were_written(self) -> None:
        rows = {row.id: row for row in self.house.rows()}
        for urgent in (True, False):
            numbers = [rows[i].seq for i in self.line.arrived if rows[i].urgent == urgent]
            assert all(one < two for one, two in pairwise(numbers)), numbers

    def teardown(self) -> None:
        if not hasattr(self, "house"):
            return
        self.line.moods = []
        for _ in range(12):
            self.house.clock.forward(400)
            self.house.work(self.person)
        arrived = set(self.line.arrived)
        for row in self.house.rows():
            assert row.state in FINAL, row.state
            assert row.state != "sent" or row.id in arrived, "said to be sent, but is not there"
            assert row.state not in ("failed", "cancelled") or row.id not in arrived
        assert self.house.waiting_events() == 0
        self.nothing_arrives_twice()
        self.words_arrive_in_the_order_they_were_written()
        self.house.close()
        self.house.office.database.close()
        shutil.rmtree(self.place)


TestDelivery = Delivery.TestCase
TestDelivery.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_the_model_would_notice_a_message_sent_twice() -> None:
    machine = Delivery()
    machine.open()
    machine.a_worker_comes_by([])
    machine.line.arrived.append(machine.line.arrived[0])
    with pytest.raises(AssertionError):
        machine.nothing_arrives_twice()
    machine.line.arrived.pop()
    machine.teardown()
