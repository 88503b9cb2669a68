"""The control API: clear refusals, waiting, state by version, reset, the screen's headers."""

from __future__ import annotations

import threading

import pytest

from tests.line_sim.rig import Sim


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        ("POST", "/phones", {"name": 5}, 400, "name must be a string"),
        ("POST", "/phones", {"user_id": "hanako"}, 400, "user_id must look like"),
        ("GET", "/phones/U0/chat", None, 404, "no phone"),
        ("POST", "/clock", {"advance_seconds": "soon"}, 400, "advance_seconds must be a number"),
        ("PUT", "/faults", {"api": {"flood": {"next": 1}}}, 400, "no fault api.flood"),
        ("PUT", "/faults", {"api": {"delay": {"ms": -1}}}, 400, "api.delay.ms"),
        ("PUT", "/faults", {"api": {"delay": {"mss": 1}}}, 400, "unknown field mss"),
        ("PUT", "/settings", {"mode": "asleep"}, 400, "mode must be one of active, standby"),
        ("PUT", "/settings", {"webhook_url": "x"}, 400, "webhook_url"),
        ("POST", "/webhooks/redeliver", {"event_id": "x"}, 404, "no event"),
        ("POST", "/webhooks/release", {"order": "sideways"}, 400, "order must be one of"),
    ],
)
def test_refusals_name_the_field(
    sim: Sim, method: str, path: str, body: object, status: int, words: str
) -> None:
    assert words in sim.sim(method, path, body, expect=status)["error"]


def test_only_json_changes_anything(sim: Sim) -> None:
    """A page of another site can send a form, but not JSON."""
    answer = sim.send("POST", "/sim/reset", b"a=1", content_type="text/plain")
    assert answer.status == 415


def test_a_phone_needs_words_to_send(sim: Sim) -> None:
    answer = sim.sim("POST", f"/phones/{sim.phone()}/text", {}, expect=400)
    assert answer["error"] == "text is missing"


def test_waiting_for_the_account_to_answer(sim: Sim) -> None:
    phone = sim.phone()
    later = threading.Timer(0.2, sim.push, [phone])
    later.start()
    chat = sim.sim("GET", f"/phones/{phone}/chat?after=0&wait=5")
    later.join()
    assert chat["phone"]["from_account"] == 1
    assert sim.sim("GET", f"/phones/{phone}/chat?after=1&wait=0.1")["phone"]["from_account"] == 1


def test_state_brings_only_what_changed(sim: Sim) -> None:
    quiet, busy = sim.phone(), sim.phone()
    version = sim.sim("GET", "/state")["version"]
    unchanged = sim.sim("GET", f"/state?since={version}")
    assert unchanged["chats"] == []
    assert "calls" not in unchanged
    sim.push(busy)
    changed = sim.sim("GET", f"/state?since={version}")
    assert [each["phone"]["user_id"] for each in changed["chats"]] == [busy]
    assert {each["user_id"] for each in changed["phones"]} == {quiet, busy}


def test_reset_empties_everything(sim: Sim) -> None:
    sim.push(sim.phone())
    sim.sim("PUT", "/faults", {"api": {"error_500": {"probability": 1}}})
    sim.sim("POST", "/clock", {"advance_seconds": 99})
    sim.sim("POST", "/reset")
    state = sim.sim("GET", "/state")
    assert (state["phones"], state["calls"], state["counters"]["billed"]) == ([], [], 0)
    assert state["faults"]["api"]["error_500"]["probability"] == 0
    assert state["settings"]["clock_offset_ms"] == 0


def test_the_screen_allows_nothing_foreign_or_inline(sim: Sim) -> None:
    answer = sim.send("GET", "/")
    page = answer.data.decode()
    assert answer.headers["content-security-policy"].startswith("default-src 'self';")
    assert "style=" not in page
    assert "http://" not in page
    assert "https://" not in page
    assert page.count("<script") == page.count('<script type="module" src=') == 1
