"""The gate of the API: token, request ids, sizes, JSON, faults, journal, speed."""

from __future__ import annotations

import json
import re
import time
from http.client import HTTPConnection, RemoteDisconnected

import pytest

from tests.line_sim.rig import KEY, TOKEN, Sim, text

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.mark.parametrize("header", ["", "Bearer wrong", TOKEN])
def test_a_wrong_token_is_401_in_lines_words(sim: Sim, header: str) -> None:
    answer = sim.api("GET", "/info", authorization=header)
    assert answer.status == 401
    assert answer.json["message"].startswith("Authentication failed due to the following reason:")
    assert UUID.fullmatch(answer.headers["x-line-request-id"])


def test_every_answer_has_its_own_request_id(sim: Sim) -> None:
    ids = {sim.api("GET", "/info").headers["x-line-request-id"] for _ in range(5)}
    ids.add(sim.push("nobody").headers["x-line-request-id"])
    assert len(ids) == 6


def test_broken_json_names_line_and_column(sim: Sim) -> None:
    answer = sim.send(
        "POST",
        "/v2/bot/message/push",
        b'{"to":\n!}',
        authorization=f"Bearer {TOKEN}",
        content_type="application/json",
    )
    assert (answer.status, answer.json["message"]) == (
        400,
        "The request body could not be parsed as JSON (line: 2, column: 1)",
    )


def test_another_content_type_is_415(sim: Sim) -> None:
    assert sim.api("POST", "/message/push", {}, content_type="text/plain").status == 415


def test_a_body_over_two_megabytes_is_413(sim: Sim) -> None:
    body = {"to": sim.phone(), "messages": [text("x")], "pad": "x" * (2 * 1024 * 1024)}
    assert sim.api("POST", "/message/push", body).status == 413


def test_an_unknown_path_is_404(sim: Sim) -> None:
    assert sim.api("GET", "/nothing/here").json == {"message": "Not found"}


def test_the_journal_tells_what_was_asked(sim: Sim) -> None:
    phone = sim.phone()
    token = sim.token(phone)
    reply, push = sim.reply(token), sim.push(phone, text("あと"), key=KEY)
    calls = sim.sim("GET", "/calls")["calls"]
    assert [each["endpoint"] for each in calls] == ["reply", "push"]
    assert calls[0]["reply_token"] == token
    assert calls[0]["request_id"] == reply.headers["x-line-request-id"]
    assert (calls[1]["retry_key"], calls[1]["to"], calls[1]["status"]) == (KEY, phone, 200)
    assert calls[1]["messages"] == [text("あと")]
    assert calls[1]["sent"] == [each["id"] for each in push.json["sentMessages"]]
    assert sim.sim("GET", f"/calls?since={calls[1]['number']}")["calls"] == []


@pytest.mark.parametrize(
    ("fault", "status", "message"),
    [
        ("rate_429", 429, "The API rate limit has been exceeded. Try again later."),
        ("monthly_429", 429, "You have reached your monthly limit."),
        ("error_500", 500, "An unexpected error has occurred on the server"),
    ],
)
def test_a_fault_before_leaves_nothing_behind(
    sim: Sim, fault: str, status: int, message: str
) -> None:
    phone = sim.phone()
    sim.sim("PUT", "/faults", {"api": {fault: {"next": 1}}})
    refused = sim.push(phone, key=KEY)
    assert (refused.status, refused.json) == (status, {"message": message})
    assert sim.from_account(phone) == []
    assert sim.push(phone, key=KEY).status == 200


def test_accepted_then_500_is_answered_409_on_retry(sim: Sim) -> None:
    phone = sim.phone()
    sim.sim("PUT", "/faults", {"api": {"accepted_500": {"next": 1}}})
    lost = sim.push(phone, key=KEY)
    assert lost.status == 500
    again = sim.push(phone, key=KEY)
    assert again.status == 409
    assert again.headers["x-line-accepted-request-id"] == lost.headers["x-line-request-id"]
    assert len(sim.from_account(phone)) == 1


@pytest.mark.parametrize(("fault", "arrived"), [("drop_before", 0), ("drop_after", 1)])
def test_a_dropped_call_gets_no_answer(sim: Sim, fault: str, arrived: int) -> None:
    phone = sim.phone()
    token = sim.token(phone)
    sim.sim("PUT", "/faults", {"api": {fault: {"next": 1}}})
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        sim.reply(token)
    assert len(sim.from_account(phone)) == arrived
    assert sim.sim("GET", "/calls")["calls"][0]["status"] == 0
    assert sim.reply(token).status == (400 if arrived else 200)


def test_a_fault_can_be_limited_to_an_endpoint(sim: Sim) -> None:
    phone = sim.phone()
    sim.sim("PUT", "/faults", {"api": {"error_500": {"probability": 1, "only": ["reply"]}}})
    assert sim.push(phone).status == 200
    assert sim.reply(sim.token(phone)).status == 500


def test_a_delay_delays(sim: Sim) -> None:
    phone = sim.phone()
    sim.sim("PUT", "/faults", {"api": {"delay": {"next": 1, "ms": 300}}})
    began = time.monotonic()
    assert sim.push(phone).status == 200
    assert time.monotonic() - began >= 0.3


def test_a_kept_connection_answers_without_the_delayed_ack(sim: Sim) -> None:
    """Header and body in separate small writes would cost 40 ms per call."""
    body = json.dumps({"to": sim.phone(), "messages": [text("x")]})
    headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    connection = HTTPConnection("127.0.0.1", sim.port, timeout=5)
    times = []
    for _ in range(20):
        began = time.perf_counter()
        connection.request("POST", "/v2/bot/message/push", body, headers)
        response = connection.getresponse()
        assert response.getheader("content-length")
        response.read()
        times.append(time.perf_counter() - began)
    connection.close()
    assert sorted(times)[10] < 0.03
