"""Processes killed, Redis emptied, LINE failing: nothing lost, nothing said twice, order kept."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import redis
from sqlalchemy import select, text

from store.letterbox import OutboxMessage
from tests.journeys.conftest import KINDS, open_street
from tests.journeys.street import Phone, Street, as_lines, until

SEED = 20261123
EVENTS, PEOPLE = 300, 30
WORRIES = (
    "話を聞いてほしいです。話し相手がいません。",
    "家賃が払えなくて困っています。",
    "子どもが学校に行きません。",
    "仕事が見つかりません。",
    "ありがとうございます。",
    "日本語の手紙が読めません。",
    "介護に疲れました。",
)
LINE_TROUBLE = {
    "error_500": {"probability": 0.06},
    "accepted_500": {"probability": 0.05},
    "rate_429": {"probability": 0.05},
    "drop_before": {"probability": 0.03},
    "drop_after": {"probability": 0.03},
    "delay": {"probability": 0.02, "ms": 300},
}
WEBHOOK_TROUBLE = {"duplicate": {"probability": 0.05}, "redeliver": {"probability": 0.05}}


@pytest.fixture(params=KINDS)
def own_street(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Street]:
    """A street that nobody else walks on, so that it may be hit hard."""
    with open_street(request.param, request, tmp_path) as street:
        yield street


def blows(street: Street, dice: Random) -> list[tuple[int, Callable[[], object]]]:
    """What is struck, and before which event: workers four times, web twice, Redis twice."""
    strikes: list[Callable[[], object]] = [
        lambda: street.restart(dice.choice(street.workers)) for _ in range(4)
    ]
    strikes += [lambda: street.restart(street.web)] * 2
    url = street.environment["REDIS_URL"]
    if url:
        strikes += [lambda: _empty(url)] * 2
    dice.shuffle(strikes)
    moments = sorted(dice.sample(range(10, EVENTS - PEOPLE - 10), len(strikes)))
    return list(zip(moments, strikes, strict=True))


def _empty(url: str) -> None:
    with redis.Redis.from_url(url) as bell:
        bell.flushdb()


def test_under_fire(own_street: Street) -> None:
    street, dice = own_street, Random(SEED)
    street.sim.do("/settings", "PUT", redelivery=True, redelivery_after=[0.5, 1, 2, 3, 5, 5, 5])
    street.sim.do("/faults", "PUT", api=LINE_TROUBLE, webhook=WEBHOOK_TROUBLE, seed=SEED)
    phones = [street.sim.phone(f"住民{n}") for n in range(PEOPLE)]
    for phone in phones:
        phone.says(WORRIES[0])
    strikes = dict(blows(street, dice))
    for number in range(EVENTS - PEOPLE):
        if number in strikes:
            strikes[number]()
        dice.choice(phones).says(dice.choice(WORRIES))
        time.sleep(dice.uniform(0, 0.04))
    _settle(street)
    hits = street.sim.ask("/faults")["api"]
    assert all(hits[name]["hits"] for name in ("error_500", "accepted_500", "rate_429"))
    _nothing_lost(street)
    _order_kept(street)
    _tokens_of_their_own(street)
    for phone in phones:
        _said_exactly_once(street, phone)


def _settle(street: Street) -> None:
    """All that LINE sent was accepted and worked, and nothing waits to be sent."""

    def rests() -> bool:
        street.web.refuse_dead()
        sent = {e["event"]["webhookEventId"] for e in street.sim.ask("/events")["events"]}
        waiting = "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'trying')"
        lines = street.trace()
        return (
            sent <= lines.keys()
            and all(line["done"] for line in lines.values())
            and street.count(waiting) == 0
        )

    until(rests, "everything settled", 75)


def _nothing_lost(street: Street) -> None:
    lines = street.trace()
    assert len(lines) == EVENTS
    strange = {k: v for k, v in lines.items() if v["outcome"] not in ("answered", "silent")}
    assert strange == {}, as_lines(strange)
    ends = {send["state"] for line in lines.values() for send in line["sends"]}
    assert ends <= {"sent", "unknown"}, ends


def _order_kept(street: Street) -> None:
    """Apart from events that came late, each person's events were taken as they were written."""
    whose = {
        e["event"]["webhookEventId"]: e["chat_id"] for e in street.sim.ask("/events")["events"]
    }
    taken: dict[str, list[int]] = {}
    for event_id, line in street.trace().items():
        if not line["late"]:
            taken.setdefault(whose[event_id], []).append(line["event_ms"])
    assert all(times == sorted(times) for times in taken.values())


def _tokens_of_their_own(street: Street) -> None:
    """A reply rides on a token of the same person."""
    tokens: dict[str, set[str]] = {}
    whose = {}
    for each in street.sim.ask("/events")["events"]:
        event = each["event"]
        whose[event["webhookEventId"]] = each["chat_id"]
        digest = hashlib.sha256(event["replyToken"].encode()).hexdigest()
        tokens.setdefault(each["chat_id"], set()).add(digest)
    for event_id, line in street.trace().items():
        used = {s["reply_token_sha256"] for s in line["sends"]} - {None}
        assert used <= tokens[whose[event_id]]


def _said_exactly_once(street: Street, phone: Phone) -> None:
    """What LINE took for this phone is what the outbox sent: each batch once, in its order."""
    rows = _outbox(street, phone)
    batches = {row.reply_token_sha256: row.batch_id for row in rows if row.reply_token_sha256}
    batches |= {row.batch_id: row.batch_id for row in rows}
    taken = [
        (batches[key], len(call["messages"]))
        for call in street.sim.calls()
        if call["accepted"] and (key := _key(call)) in batches
    ]
    doubtful = {row.batch_id for row in rows if row.state == "unknown"}
    said = [batch for batch, count in taken for _bubble in range(count)]
    assert len(taken) == len(set(taken)), f"said twice: {as_lines(taken)}"
    assert [b for b in said if b not in doubtful] == [r.batch_id for r in rows if r.state == "sent"]
    assert len(phone.account_bubbles()) == len(said)


def _key(call: dict[str, Any]) -> str | None:
    """By what a call is known in the outbox: the hash of its reply token, or its retry key."""
    if call["reply_token"]:
        return hashlib.sha256(call["reply_token"].encode()).hexdigest()
    retry_key: str | None = call["retry_key"]
    return retry_key


def _outbox(street: Street, phone: Phone) -> list[OutboxMessage]:
    """Everything that was to be said to that person, in order."""
    person_id = street.person_of(phone)
    statement = select(OutboxMessage).where(OutboxMessage.person_id == person_id)
    with street.office.database.reads() as session:
        return list(session.scalars(statement.order_by(OutboxMessage.seq)))


def test_a_worker_that_is_asked_to_stop_finishes_its_turn(own_street: Street) -> None:
    phones = [own_street.sim.phone() for _ in range(10)]
    for phone in phones:
        phone.says(WORRIES[0])
    for worker in own_street.workers:
        assert worker.stop(20) is True, worker.last_lines()
    trying = "SELECT count(*) FROM outbox WHERE state = 'trying'"
    assert own_street.count(trying) == 0
    held = "SELECT count(*) FROM person WHERE lane_until IS NOT NULL"
    assert own_street.count(held) == 0
    for worker in own_street.workers:
        worker.start()
    for phone in phones:
        phone.hears("番号を送ってください", 30)


def test_a_database_that_is_away_makes_line_send_again(own_street: Street) -> None:
    """Another process holds the database: 503 in time, and the redelivery brings the words back."""
    street = own_street
    street.sim.do("/settings", "PUT", redelivery=True, redelivery_after=[0.5, 1, 1, 1, 2])
    phone = street.sim.phone()
    with street.office.database.sessions.begin() as session:
        on_postgresql = street.environment["DATABASE_URL"].startswith("postgresql")
        lock = "LOCK TABLE inbound_event IN ACCESS EXCLUSIVE MODE"
        session.execute(text(lock if on_postgresql else "SELECT 1"))
        phone.says(WORRIES[0])
        events = street.sim.ask("/events", chat_id=phone.id)["events"]
        event_id = events[0]["event"]["webhookEventId"]
        delivery = street.sim.ask(f"/events/{event_id}", wait=3)["deliveries"][0]
        assert delivery["status"] == 503
        assert delivery["ms"] < 1_500
    phone.hears("番号を送ってください", 20)
