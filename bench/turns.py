"""Turns a second of one worker on a full letterbox, against a floor of one commit and one call."""

from __future__ import annotations

import json
import secrets
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import urllib3
from sqlalchemy import text

from bench import places
from cli.processes import Child, answers, wait_until
from desk.arrivals import Arrival, Arrivals
from desk.office import Office, open_office
from settings import Settings
from store.engine import Database

PEOPLE = 60
TURNS = 600
THREADS = 8
PATIENCE = 120.0
WORDS = "夜になるとさびしくて眠れません。だれかに話を聞いてほしいです。"


def main() -> int:
    """Measure both databases."""
    print(f"one worker, {TURNS} waiting events of {PEOPLE} people, {THREADS} threads")
    print(f"{'':30}{'ratio to floor':>20}")
    with places.sqlite() as url:
        _measure("SQLite", url)
    with places.postgresql() as found:
        if found is None:
            print("PostgreSQL is not reachable (TEST_DATABASE_URL): not measured")
        else:
            _measure("PostgreSQL", found)
    return 0


def _measure(name: str, database_url: str) -> None:
    line_port = places.free_port()
    variables = places.environment(database_url, line_port)
    places.migrate(variables)
    office = open_office(Settings.from_env(variables))
    with tempfile.TemporaryDirectory(prefix="genkan-bench-") as place:
        folder = Path(place)
        line = places.child("simulator", variables, folder, "-m", "line_sim")
        worker = places.child("worker", variables, folder, _worker_file())
        try:
            line.start()
            wait_until(lambda: answers(f"http://127.0.0.1:{line_port}/healthz"), [line], 30)
            _fill(office, f"http://127.0.0.1:{line_port}")
            floor = _floor(office.database, variables)
            rate = _drain(office, worker)
        finally:
            worker.stop()
            line.stop()
            office.database.close()
    print(f"{name:30}{rate / floor:>20.2f}")
    print(f"  on this machine today: {rate:.0f} turns a second, floor {floor:.0f}")


def _worker_file() -> str:
    return str(Path(__file__).parents[1] / "worker.py")


def _fill(office: Office, line_url: str) -> None:
    """Residents with phones at the stub, and their events in the letterbox."""
    arrivals = Arrivals(office)
    http = urllib3.PoolManager()
    residents = [f"U{secrets.token_hex(16)}" for _ in range(PEOPLE)]
    for resident in residents:
        http.request("POST", f"{line_url}/sim/phones", json={"user_id": resident})
    now = datetime.now(UTC)
    start_ms = int(now.timestamp() * 1000)
    letters = [_letter(residents[n % PEOPLE], start_ms + n) for n in range(TURNS)]
    for first in range(0, TURNS, 100):
        arrivals.write(letters[first : first + 100], now)


def _letter(resident: str, at_ms: int) -> Arrival:
    event_id = secrets.token_hex(13).upper()
    raw = {
        "type": "message",
        "mode": "active",
        "timestamp": at_ms,
        "source": {"type": "user", "userId": resident},
        "webhookEventId": event_id,
        "deliveryContext": {"isRedelivery": False},
        "message": {"id": str(at_ms), "type": "text", "text": WORDS},
    }
    return Arrival(event_id, "user", resident, at_ms, "message.text", json.dumps(raw))


def _floor(database: Database, variables: Mapping[str, str]) -> float:
    """The least a durable answer costs: one committed row and one call, on as many threads."""
    http = urllib3.PoolManager(maxsize=THREADS)
    url = f"{variables['LINE_API_HOST']}/v2/bot/message/validate/push"
    headers = {"Authorization": f"Bearer {variables['LINE_CHANNEL_ACCESS_TOKEN']}"}
    with database.sessions.begin() as session:
        session.execute(text("CREATE TABLE bench_floor (id INTEGER, words VARCHAR(200))"))

    def one(number: int) -> None:
        with database.sessions.begin() as session:
            session.execute(
                text("INSERT INTO bench_floor VALUES (:id, :words)"),
                {"id": number, "words": WORDS},
            )
        body = {"messages": [{"type": "text", "text": WORDS}]}
        answer = http.request("POST", url, json=body, headers=headers)
        if answer.status != 200:
            raise RuntimeError(f"the stub answered {answer.status}")

    begun = time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, range(TURNS)))
    rate = TURNS / (time.monotonic() - begun)
    with database.sessions.begin() as session:
        session.execute(text("DROP TABLE bench_floor"))
    return rate


def _drain(office: Office, worker: Child) -> float:
    """From the first finished turn to the last sent bubble, start-up left out."""
    worker.start()
    wait_until(lambda: _left(office) < TURNS, [worker], PATIENCE)
    begun, already = time.monotonic(), TURNS - _left(office)
    wait_until(lambda: _left(office) + _unsent(office) == 0, [worker], PATIENCE)
    return (TURNS - already) / (time.monotonic() - begun)


def _left(office: Office) -> int:
    return _count(office, "SELECT count(*) FROM inbound_event WHERE state = 'waiting'")


def _unsent(office: Office) -> int:
    return _count(office, "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'trying')")


def _count(office: Office, statement: str) -> int:
    with office.database.reads() as session:
        return int(session.execute(text(statement)).scalar_one())


if __name__ == "__main__":
    sys.exit(main())
