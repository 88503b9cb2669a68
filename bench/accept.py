"""The accept path against its floor: same server, same load, bursts A B A B …, ratios printed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from bench import places
from cli.processes import Child, answers, stop_all, wait_until

PAIRS = 7
SECONDS = 2
CONNECTIONS = 16
PEOPLE = 2_000
PER_BURST = 14_000
"""Requests written for each burst; more than two seconds can use."""


@dataclass(frozen=True)
class Burst:
    """What wrk measured in one burst; times in milliseconds."""

    rate: float
    p50: float
    p99: float
    most: float
    failed: int


def main() -> int:
    """Measure both databases; exit code 1 when wrk is missing or requests failed."""
    wrk = shutil.which("wrk")
    if wrk is None:
        print("make bench needs wrk. On Debian and Ubuntu: apt-get install wrk", file=sys.stderr)
        return 1
    print(f"accept path ÷ floor, {PAIRS} pairs of {SECONDS} s, {CONNECTIONS} connections")
    print(f"{'':30}{'ratio [q1–q3]':>20}{'p99 ÷ floor':>13}")
    with places.sqlite() as url:
        failed = _measure("SQLite, 1 process × 8 threads", wrk, url, ("1", "8"))
    with places.postgresql() as found:
        if found is None:
            print("PostgreSQL is not reachable (TEST_DATABASE_URL): not measured")
        else:
            failed += _measure("PostgreSQL, 2 processes × 4", wrk, found, ("2", "4"))
    return 1 if failed else 0


def _measure(name: str, wrk: str, database_url: str, size: tuple[str, str]) -> int:
    variables = places.environment(database_url)
    places.migrate(variables)
    with tempfile.TemporaryDirectory(prefix="genkan-bench-") as place:
        folder = Path(place)
        servers = [
            _server("floor", "bench.floor:create_app()", variables, folder, size),
            _server("genkan", "app:create_app()", variables, folder, size),
        ]
        try:
            for _child, _port in servers:
                _child.start()
            children = [_child for _child, _port in servers]
            wait_until(lambda: all(_is_ready(p) for _c, p in servers), children, 60)
            pairs = _bursts(wrk, [p for _c, p in servers], variables, folder)
        finally:
            stop_all([_child for _child, _port in servers])
    _print(name, pairs)
    return sum(burst.failed for pair in pairs for burst in pair)


def _server(
    name: str, target: str, variables: Mapping[str, str], folder: Path, size: tuple[str, str]
) -> tuple[Child, int]:
    """gunicorn with the same flags for both sides, in the folder where `bench` can be imported."""
    port = places.free_port()
    workers, threads = size
    return places.child(
        name, variables, folder, "-m", "gunicorn", "--chdir", str(Path(__file__).parents[1]),
        "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", workers,
        "--threads", threads, "--keep-alive", "30", "--graceful-timeout", "3", target,
    ), port  # fmt: skip


def _is_ready(port: int) -> bool:
    return answers(f"http://127.0.0.1:{port}/readyz")


def _bursts(
    wrk: str, ports: Sequence[int], variables: Mapping[str, str], folder: Path
) -> list[tuple[Burst, Burst]]:
    """Floor and Genkan in turn; the first pair only warms up."""
    pairs = []
    secret = variables["LINE_CHANNEL_SECRET"]
    for _round in range(PAIRS + 1):
        letters = folder / "requests.txt"
        _write_requests(letters, secret)
        floor, genkan = (_burst(wrk, port, letters) for port in ports)
        pairs.append((floor, genkan))
    return pairs[1:]


def _write_requests(path: Path, secret: str) -> None:
    """Signed bodies as LINE sends them, each event id once, many residents."""
    now = int(time.time() * 1000)
    with path.open("w", encoding="utf-8") as file:
        for number in range(PER_BURST):
            body = json.dumps(_body(number, now), ensure_ascii=False)
            digest = hmac.digest(secret.encode(), body.encode(), hashlib.sha256)
            file.write(f"{base64.b64encode(digest).decode()}\t{body}\n")


def _body(number: int, now_ms: int) -> dict[str, object]:
    resident = hashlib.md5(str(number % PEOPLE).encode()).hexdigest()
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": now_ms + number,
        "source": {"type": "user", "userId": f"U{resident}"},
        "webhookEventId": secrets.token_hex(13).upper(),
        "deliveryContext": {"isRedelivery": False},
        "replyToken": secrets.token_hex(16),
        "message": {
            "id": str(10**17 + number),
            "type": "text",
            "quoteToken": secrets.token_urlsafe(60),
            "text": "夜になるとさびしくて眠れません。だれかに話を聞いてほしいです。",
        },
    }
    return {"destination": f"U{'0' * 32}", "events": [event]}


def _burst(wrk: str, port: int, letters: Path) -> Burst:
    script = Path(__file__).with_name("load.lua")
    run = subprocess.run(
        [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "5s", "-s", str(script),
         f"http://127.0.0.1:{port}", "--", str(letters)],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    line = next(x for x in run.stdout.splitlines() if x.startswith("RESULT "))
    found = json.loads(line.removeprefix("RESULT "))
    rate = found["requests"] / found["seconds"]
    return Burst(rate, found["p50"], found["p99"], found["max"], found["failed"])


def _print(name: str, pairs: Sequence[tuple[Burst, Burst]]) -> None:
    ratios = [genkan.rate / floor.rate for floor, genkan in pairs]
    first, _middle, third = quantiles(ratios, n=4)
    tails = median(genkan.p99 / floor.p99 for floor, genkan in pairs)
    ratio = f"{median(ratios):.2f} [{first:.2f}–{third:.2f}]"
    print(f"{name:30}{ratio:>20}{tails:>13.2f}")
    floor_rate = median(floor.rate for floor, _ in pairs)
    rate = median(genkan.rate for _, genkan in pairs)
    most = max(genkan.most for _, genkan in pairs)
    failed = sum(genkan.failed for _, genkan in pairs)
    print(
        f"  on this machine today: {rate:.0f} of {floor_rate:.0f} requests a second, "
        f"slowest {most:.0f} ms, {failed} failed"
    )


if __name__ == "__main__":
    sys.exit(main())
