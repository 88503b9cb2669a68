"""A worker as a real process: alone, with Redis that comes and goes, stopped, badly set up."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import redis

from desk import schema
from store.engine import Database
from store.people import Person
from store.vault import Vault
from tests.houses import SEALING_KEY, kumamoto, make_office, make_settings
from tests.letterbox import START, House
from tests.line_sim.rig import TOKEN, Sim, Sink, free_port, listening, running

ROOT = Path(__file__).parents[1]


def now() -> datetime:
    return datetime.now(UTC)


def until(look: Callable[[], Any], what: str, seconds: float = 20) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"still missing: {what}"
        time.sleep(0.05)
    return found


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


@pytest.fixture(scope="module")
def sim(sink: Sink) -> Iterator[Sim]:
    with running(sink.url) as sim:
        yield sim


class Place:
    """A database, a letterbox that fills as the simulator's phones write, and worker processes."""

    def __init__(self, directory: Path, sim: Sim, sink: Sink, redis_url: str = "") -> None:
        self.directory, self.sim, self.sink = directory, sim, sink
        sim.sim("POST", "/reset")
        sink.forget()
        self.url = f"sqlite:///{directory / 'genkan.db'}"
        self.redis_url = redis_url
        self.house: House | None = None
        self.heard = 0

    def migrate(self) -> None:
        chosen = make_settings(self.url)
        database = Database(self.url)
        schema.upgrade(database, Vault(chosen.sealing_keys), kumamoto()[0], START)
        self.house = House(make_office(chosen, database), clock=now)  # type: ignore[arg-type]

    def close(self) -> None:
        if self.house is not None:
            self.house.close()
            self.house.office.database.close()

    def writes(self, phone: str, words: str) -> str:
        """The resident writes; the event is kept as the web process would keep it."""
        assert self.house is not None
        self.sim.say(phone, words)
        self.heard += 1
        event = self.sink.wait(self.heard)[-1].events[0]
        return self.house.keep(event).pop()

    def answered(self, phone: str, seconds: float = 20) -> float:
        """Seconds until something new came from the account."""
        before, started = len(self.sim.from_account(phone)), time.monotonic()
        until(lambda: len(self.sim.from_account(phone)) > before, "an answer", seconds)
        return time.monotonic() - started

    @contextmanager
    def worker(self, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
        log = (self.directory / "worker.log").open("ab")
        process = subprocess.Popen(
            [sys.executable, "worker.py"],
            cwd=ROOT,
            env=os.environ | self.environ | environ,
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            process.kill() if process.poll() is None else None
            process.wait(20)
            log.close()

    @property
    def environ(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.url,
            "REDIS_URL": self.redis_url,
            "LINE_CHANNEL_SECRET": "secret",
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "LINE_API_HOST": self.sim.url,
            "SECRET_KEY": "a secret key of this house",
            "SEALING_KEYS": SEALING_KEY,
        }

    @property
    def log(self) -> str:
        return (self.directory / "worker.log").read_text()


@pytest.fixture
def place(tmp_path: Path, sim: Sim, sink: Sink) -> Iterator[Place]:
    place = Place(tmp_path, sim, sink)
    yield place
    place.close()


class OwnRedis:
    """A Redis of this test alone, started and killed at will."""

    def __init__(self, directory: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._directory = directory
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--save", "", "--dir", str(self._directory)],
            stdout=subprocess.DEVNULL,
        )
        until(self._answers, "redis-server")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False


@pytest.fixture
def own_redis(tmp_path: Path, redis_url: str) -> Iterator[OwnRedis]:
    server = OwnRedis(tmp_path)
    yield server
    server.kill()


@pytest.mark.journey
def test_alone_it_answers_and_sigterm_ends_the_turn_in_hand_first(place: Place) -> None:
    place.migrate()
    phone = place.sim.phone()
    with place.worker() as process:
        place.writes(phone, "さみしくて だれかと話したいです")
        place.answered(phone)
        place.writes(phone, "どれもちがう")
        assert place.answered(phone) < 3
        place.sim.sim("PUT", "/faults", {"api": {"delay": {"next": 1, "ms": 2000}}})
        person = place.writes(phone, "つづけて書きます")
        assert place.house is not None
        until(lambda: "trying" in place.house.states(), "a call under way")  # type: ignore[union-attr]
        process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        assert process.wait(25) == 0
        assert time.monotonic() - started < 20
    assert set(place.house.states()) == {"sent"}
    with place.house.office.database.reads() as session:
        assert session.get_one(Person, person).lane_until is None
    assert "Traceback" not in place.log


@pytest.mark.journey
def test_before_the_first_migration_it_waits_and_says_so(place: Place) -> None:
    with place.worker() as process:
        until(lambda: "run genkan db upgrade" in place.log, "a word about the migration")
        assert process.poll() is None
        place.migrate()
        phone = place.sim.phone()
        place.writes(phone, "さみしくて だれかと話したいです")
        place.answered(phone)
    assert "Traceback" not in place.log


@pytest.mark.journey
def test_settings_that_are_wrong_end_it_at_once(place: Place) -> None:
    with place.worker(SECRET_KEY="short", WORKER_THREADS="many", SEALING_KEYS="") as process:
        assert process.wait(30) == 2
    for name in ("SECRET_KEY", "WORKER_THREADS", "SEALING_KEYS"):
        assert name in place.log
    assert "Traceback" not in place.log and "short" not in place.log


@pytest.mark.journey
@pytest.mark.redis
def test_redis_may_be_absent_come_be_emptied_and_die(place: Place, own_redis: OwnRedis) -> None:
    place.migrate()
    place.redis_url = own_redis.url
    phone = place.sim.phone()
    with place.worker() as process:
        place.writes(phone, "さみしくて だれかと話したいです")
        place.answered(phone)
        own_redis.start()
        place.writes(phone, "どれもちがう")
        place.answered(phone)
        own_redis.flush()
        place.writes(phone, "まだ ねむれません")
        place.answered(phone)
        own_redis.kill()
        place.writes(phone, "ありがとう")
        place.answered(phone)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(25) == 0
    assert place.house is not None
    assert set(place.house.states()) == {"sent"} and place.house.waiting_events() == 0


@pytest.mark.journey
def test_a_redis_that_never_answers_delays_nobody_for_long(place: Place) -> None:
    place.migrate()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place.redis_url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        phones = [place.sim.phone() for _ in range(6)]
        with place.worker() as process:
            for phone in phones:
                place.writes(phone, "さみしくて だれかと話したいです")
            started = time.monotonic()
            for phone in phones:
                until(lambda phone=phone: place.sim.from_account(phone), "an answer")
            assert time.monotonic() - started < 15
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0


@pytest.mark.journey
@pytest.mark.redis
def test_two_workers_share_one_redis_and_answer_once(place: Place, own_redis: OwnRedis) -> None:
    own_redis.start()
    place.migrate()
    place.redis_url = own_redis.url
    phones = [place.sim.phone() for _ in range(6)]
    with place.worker(), place.worker():
        for phone in phones:
            place.writes(phone, "さみしくて だれかと話したいです")
        for phone in phones:
            until(lambda phone=phone: place.sim.from_account(phone), "an answer")
        assert place.house is not None
        until(lambda: set(place.house.states()) == {"sent"}, "everything sent")  # type: ignore[union-attr]
    accepted = [c for c in place.sim.sim("GET", "/calls")["calls"] if c["endpoint"] == "reply"]
    assert len(accepted) == len(phones)
    assert "さみしく" not in place.log and phones[0] not in place.log


@pytest.mark.journey
def test_trace_and_other_commands_speak_of_what_the_worker_did(place: Place) -> None:
    place.migrate()
    phone = place.sim.phone()
    with place.worker():
        place.writes(phone, "さみしくて だれかと話したいです")
        place.answered(phone)
        assert place.house is not None
        until(lambda: set(place.house.states()) == {"sent"}, "everything sent")  # type: ignore[union-attr]
    done = subprocess.run(
        [sys.executable, "-c", "from app import cli; cli()", "trace", "--jsonl"],
        cwd=ROOT,
        env=os.environ | place.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    (line,) = [json.loads(each) for each in done.stdout.splitlines()]
    assert line["outcome"] == "answered" and line["late"] is False
    assert {send["state"] for send in line["sends"]} == {"sent"}
    assert {send["via"] for send in line["sends"]} == {"reply"}
    assert phone not in done.stdout and "さみしく" not in done.stdout


@pytest.mark.journey
def test_danger_does_not_queue_behind_everybody_else(place: Place) -> None:
    place.migrate()
    house = place.house
    assert house is not None
    crowd = [house.resident(f"r{n}").text("職場の人間関係がつらくて眠れません") for n in range(60)]
    danger = house.resident("last").text("いまから飛び降ります")
    house.keep(*crowd, danger)
    with place.worker(WORKER_THREADS="2"):
        until(
            lambda: house.event(danger["webhookEventId"]).taken_at, "the turn of the one in danger"
        )
        until(lambda: not house.waiting_events(), "everybody's turn", 60)
    taken = sorted(
        (house.event(e["webhookEventId"]).taken_at, e is danger) for e in (*crowd, danger)
    )
    assert [is_danger for _at, is_danger in taken].index(True) < 10
