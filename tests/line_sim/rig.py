"""A simulator process, a webhook that listens to it, and a short way to talk to both."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
TOKEN = "simulated-channel-token"
KEY = "123e4567-e89b-12d3-a456-426614174000"


@dataclass
class Hit:
    """One webhook request as it arrived."""

    body: bytes
    signature: str

    @property
    def events(self) -> list[dict[str, Any]]:
        return json.loads(self.body)["events"]


@dataclass
class Sink:
    """A webhook that remembers everything; `statuses` are answered first, then 200."""

    url: str = ""
    hits: list[Hit] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    sleep: float = 0.0
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def forget(self) -> None:
        with self.arrived:
            self.hits.clear()
            self.statuses.clear()
            self.sleep = 0.0

    def wait(self, count: int = 1, seconds: float = 5.0) -> list[Hit]:
        with self.arrived:
            reached = self.arrived.wait_for(lambda: len(self.hits) >= count, seconds)
            assert reached, f"{len(self.hits)} of {count} webhooks arrived"
            return list(self.hits)

    def events(self, count: int = 1) -> list[dict[str, Any]]:
        return [event for hit in self.wait(count) for event in hit.events]


@contextmanager
def listening() -> Iterator[Sink]:
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            with sink.arrived:
                sink.hits.append(Hit(body, self.headers["x-line-signature"]))
                status = sink.statuses.pop(0) if sink.statuses else 200
                sink.arrived.notify_all()
            time.sleep(sink.sleep)
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_args: object) -> None:
            """The simulator hangs up after its two seconds: expected."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    sink.url = f"http://127.0.0.1:{server.server_port}/line/webhook"
    yield sink
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    data: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.data)


@dataclass(frozen=True)
class Sim:
    """The running simulator: `api` speaks as the account, `sim` as the tester."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(self, method: str, path: str, data: bytes | None = None, **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=15)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, data, names)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        given = {"authorization": f"Bearer {TOKEN}", "content_type": "application/json"} | headers
        return self.send(method, f"/v2/bot{path}", data, **given)

    def sim(self, method: str, path: str, body: Any = None, expect: int | None = None) -> Any:
        data = None if method == "GET" else json.dumps(body or {}).encode()
        answer = self.send(method, f"/sim{path}", data, content_type="application/json")
        wanted = (200, 201) if expect is None else (expect,)
        assert answer.status in wanted, (answer.status, answer.data)
        return answer.json

    def phone(self, **fields: Any) -> str:
        return self.sim("POST", "/phones", fields)["user_id"]

    def say(self, phone: str, text: str = "こんにちは") -> dict[str, Any]:
        return self.sim("POST", f"/phones/{phone}/text", {"text": text})

    def token(self, phone: str) -> str:
        return self.say(phone)["event"]["replyToken"]

    def reply(self, token: str, *messages: Any, **headers: str) -> Answer:
        body = {"replyToken": token, "messages": list(messages) or [text("はい")]}
        return self.api("POST", "/message/reply", body, **headers)

    def push(self, to: str, *messages: Any, key: str | None = None) -> Answer:
        body = {"to": to, "messages": list(messages) or [text("はい")]}
        headers = {} if key is None else {"x_line_retry_key": key}
        return self.api("POST", "/message/push", body, **headers)

    def chat(self, phone: str) -> dict[str, Any]:
        return self.sim("GET", f"/phones/{phone}/chat")

    def from_account(self, phone: str) -> list[dict[str, Any]]:
        return [each for each in self.chat(phone)["bubbles"] if each["side"] == "account"]


def text(words: str, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": words, **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(port: int, webhook_url: str, **more: str) -> dict[str, str]:
    return os.environ | {
        "SIM_PORT": str(port),
        "WEBHOOK_URL": webhook_url,
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        **more,
    }


@contextmanager
def running(webhook_url: str, **more: str) -> Iterator[Sim]:
    sim = Sim(free_port())
    process = subprocess.Popen(
        [sys.executable, "-m", "line_sim"],
        cwd=ROOT,
        env=environment(sim.port, webhook_url, **more),
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_until_up(sim, process)
        yield sim
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_up(sim: Sim, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        assert process.poll() is None, "the simulator ended at once"
        try:
            if sim.send("GET", "/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the simulator did not come up")
