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


def test_waiting_for_the_account_to_answer(sim: Sim) -> None:
    phone = sim.phone()
    later = threading.Timer(0.2, sim.push, [phone])
    later.start()
    chat = sim.sim("GET", f"/phones/{phone}/chat?after=0&wait=5")
    later.join()
    assert chat["phone"]["from_account"] == 1
    assert sim.sim("GET", f"/phones/{phone}/chat?after=1&wait=0.1")["phone"]["from_account"] == 1
