"""Genkan → LINE over real HTTP: every ending of a call gets its right name."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot.conversation import Card, Say, Stage
from bot.line import client
from bot.line.client import LineClient
from desk.post import Result
from tests.bot.talking import at
from tests.line_sim.rig import TOKEN, Sim, Sink, free_port, listening, running

HELLO = (Say("test", "こんにちは"),)
KEY = "123e4567-e89b-12d3-a456-426614174000"
OTHER_KEY = "123e4567-e89b-12d3-a456-426614174001"


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


@pytest.fixture(scope="module")
def process(sink: Sink) -> Iterator[Sim]:
    with running(sink.url) as sim:
        yield sim


@pytest.fixture
def sim(process: Sim) -> Sim:
    process.sim("POST", "/reset")
    return process


@pytest.fixture
def line(sim: Sim) -> LineClient:
    return LineClient(sim.url, TOKEN)


def strike(sim: Sim, **faults: dict[str, Any]) -> None:
    sim.sim("PUT", "/faults", {"api": faults})


def heard(sim: Sim, phone: str) -> int:
    return len(sim.from_account(phone))


def test_a_reply_is_accepted_and_named_by_lines_request_id(sim: Sim, line: LineClient) -> None:
    phone = sim.phone()
    verdict = line.reply(sim.token(phone), HELLO, "talk")
    assert (verdict.result, verdict.status) == (Result.ACCEPTED, 200)
    assert verdict.request_id and heard(sim, phone) == 1


def test_a_token_counts_once(sim: Sim, line: LineClient) -> None:
    phone = sim.phone()
    token = sim.token(phone)
    line.reply(token, HELLO, "talk")
    again = line.reply(token, HELLO, "talk")
    assert (again.result, again.status) == (Result.INVALID_TOKEN, 400)
    assert heard(sim, phone) == 1
    assert line.reply("never-heard-of", HELLO, "talk").result is Result.INVALID_TOKEN


def test_a_push_with_a_known_key_was_accepted_before(sim: Sim, line: LineClient) -> None:
    phone = sim.phone()
    first = line.push(phone, HELLO, "talk", KEY)
    again = line.push(phone, HELLO, "talk", KEY)
    assert (again.result, again.status) == (Result.ACCEPTED, 409)
    assert again.request_id == first.request_id
    assert heard(sim, phone) == 1


@pytest.mark.parametrize(
    ("fault", "result", "error", "arrives"),
    [
        ("rate_429", Result.TRY_LATER, "rate_limit", 0),
        ("monthly_429", Result.TRY_LATER, "monthly_limit", 0),
        ("error_500", Result.AMBIGUOUS, "status_500", 0),
        ("accepted_500", Result.AMBIGUOUS, "status_500", 1),
        ("drop_before", Result.AMBIGUOUS, "ProtocolError", 0),
        ("drop_after", Result.AMBIGUOUS, "ProtocolError", 1),
    ],
)
def test_what_goes_wrong_has_a_name(
    sim: Sim, line: LineClient, fault: str, result: Result, error: str, arrives: int
) -> None:
    phone = sim.phone()
    strike(sim, **{fault: {"next": 1}})
    verdict = line.push(phone, HELLO, "talk", KEY)
    assert (verdict.result, verdict.error) == (result, error)
    assert heard(sim, phone) == arrives
    assert line.push(phone, HELLO, "talk", KEY).result is Result.ACCEPTED
    assert heard(sim, phone) == 1


def test_an_accepted_reply_whose_answer_was_lost_shows_as_an_invalid_token(
    sim: Sim, line: LineClient
) -> None:
    phone = sim.phone()
    token = sim.token(phone)
    strike(sim, accepted_500={"next": 1})
    assert line.reply(token, HELLO, "talk").result is Result.AMBIGUOUS
    assert line.reply(token, HELLO, "talk").result is Result.INVALID_TOKEN
    assert heard(sim, phone) == 1


def test_a_slow_line_is_no_verdict(
    sim: Sim, line: LineClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "TIMEOUT", (0.5, 0.3))
    strike(sim, delay={"next": 1, "ms": 1000})
    verdict = line.push(sim.phone(), HELLO, "talk", KEY)
    assert (verdict.result, verdict.error) == (Result.AMBIGUOUS, "ReadTimeoutError")


def test_a_closed_port_has_certainly_accepted_nothing() -> None:
    line = LineClient(f"http://127.0.0.1:{free_port()}", TOKEN)
    verdict = line.push("U" + "0" * 32, HELLO, "talk", KEY)
    assert (verdict.result, verdict.error) == (Result.TRY_LATER, "NewConnectionError")


def test_a_wrong_access_token_is_final_and_visible(sim: Sim) -> None:
    verdict = LineClient(sim.url, "wrong").push(sim.phone(), HELLO, "talk", KEY)
    assert (verdict.result, verdict.status, verdict.error) == (Result.REFUSED, 401, "status_401")


def test_a_group_is_left_once(sim: Sim, line: LineClient) -> None:
    group = sim.sim("POST", "/groups", {"members": [sim.phone()]})["group_id"]
    assert line.leave("group", group).result is Result.ACCEPTED
    assert sim.sim("GET", f"/groups/{group}/chat")["joined"] is False
    assert line.leave("group", group).result is Result.REFUSED
    room = sim.sim("POST", "/groups", {"members": [sim.phone()], "kind": "room"})["group_id"]
    assert line.leave("room", room).result is Result.ACCEPTED


def test_the_loading_animation_is_nobodys_loss(sim: Sim, line: LineClient) -> None:
    line.show_working(sim.phone())
    line.show_working("not an id")
    LineClient(f"http://127.0.0.1:{free_port()}", TOKEN).show_working("U" + "0" * 32)
    assert [c["status"] for c in sim.sim("GET", "/calls")["calls"]] == [202, 400]


def test_nobodys_profile_is_ever_asked_for(sim: Sim, line: LineClient) -> None:
    phone = sim.phone()
    line.reply(sim.token(phone), HELLO, "talk")
    line.show_working(phone)
    asked = {call["endpoint"] for call in sim.sim("GET", "/calls")["calls"]}
    assert asked == {"reply", "loading"}


@pytest.mark.parametrize("stage", list(Stage)[1:])
def test_every_bubble_of_every_stage_is_taken(sim: Sim, line: LineClient, stage: Stage) -> None:
    phone = sim.phone()
    for number, turn in enumerate(at(stage).turns):
        if turn.says:
            key = f"123e4567-e89b-12d3-a456-{number:012d}"
            verdict = line.push(phone, turn.says, turn.next.talk, key)
            assert verdict.result is Result.ACCEPTED, verdict
    assert sim.chat(phone)["bubbles"]


def test_what_breaks_a_limit_is_refused_before_the_call(sim: Sim, line: LineClient) -> None:
    phone = sim.phone()
    too_long = (Say("test", "あ" * 5001),)
    assert line.push(phone, too_long, "talk", KEY).error == "over_limit"
    assert line.push(phone, HELLO * 6, "talk", KEY).error == "over_limit"
    assert line.reply(sim.token(phone), (), "talk").error == "over_limit"
    assert sim.sim("GET", "/calls")["calls"] == []


def test_what_the_sdk_cannot_build_never_counts_as_sent(
    sim: Sim, line: LineClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "render", lambda say, talk: {"type": "text", "text": None})
    monkeypatch.setattr(client.limits, "faults_in_call", lambda messages: [])
    verdict = line.push(sim.phone(), HELLO, "talk", KEY)
    assert (verdict.result, verdict.error) == (Result.REFUSED, "not_a_message")
    assert sim.sim("GET", "/calls")["calls"] == []


def test_a_member_speaks_under_its_own_name(sim: Sim, line: LineClient) -> None:
    phone = sim.phone()
    card = Card("見本", ("一行",))
    says = (Say("staff", "読みました", speaker="見本の会"), replace(HELLO[0], cards=(card,)))
    assert line.push(phone, says, "talk", OTHER_KEY).result is Result.ACCEPTED
    first, second = sim.from_account(phone)
    assert first["message"]["sender"]["name"] == "見本の会"
    assert second["message"]["type"] == "flex"


ANSWERS = {
    "an empty object": (b"200 OK", b"application/json", b"{}", Result.ACCEPTED),
    "no JSON": (b"200 OK", b"text/html", b"<html>ok</html>", Result.ACCEPTED),
    "no body": (b"200 OK", b"application/json", b"", Result.ACCEPTED),
    "an unknown charset": (b"200 OK", b"text/plain; charset=moon ", b"ok", Result.AMBIGUOUS),
    "no UTF-8": (b"502 Bad Gateway", b"text/html", "障害".encode("cp932"), Result.AMBIGUOUS),
    "a teapot": (b"418 Teapot", b"application/json", b"{}", Result.REFUSED),
    "far away": (b"302 Found\r\nLocation: /elsewhere", b"text/plain", b"", Result.AMBIGUOUS),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_nobody_expects_never_escape(name: str) -> None:
    status, kind, body, result = ANSWERS[name]
    head = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + kind
    length = str(len(body)).encode()
    answer = head + b"\r\nContent-Length: " + length + b"\r\nConnection: close\r\n\r\n" + body
    with answering(answer) as url:
        verdict = LineClient(url, TOKEN).push("U" + "0" * 32, HELLO, "talk", KEY)
    assert verdict.result is result, verdict


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A server that gives one answer to whatever is asked."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    visitor, _ = server.accept()
                except TimeoutError:
                    continue
                with visitor:
                    visitor.settimeout(2)
                    visitor.recv(65536)
                    time.sleep(0.05)
                    visitor.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        stop.set()
        thread.join()
