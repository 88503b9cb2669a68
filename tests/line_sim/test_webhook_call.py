"""One webhook request: signature, two seconds, reasons."""

from __future__ import annotations

import base64
import hashlib
import hmac

from line_sim.webhook_call import sign
from tests.line_sim.rig import SECRET, Hit, Sim, Sink


def properly_signed(hit: Hit) -> bool:
    digest = hmac.new(SECRET.encode(), hit.body, hashlib.sha256).digest()
    return hit.signature == base64.b64encode(digest).decode()


def test_the_documented_signature() -> None:
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert sign(SECRET, body) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_every_webhook_is_signed_over_its_bytes(sim: Sim, sink: Sink) -> None:
    sim.say(sim.phone(), "改行\nと絵文字😀")
    (hit,) = sink.wait()
    assert properly_signed(hit)
    assert hit.events[0]["message"]["text"] == "改行\nと絵文字😀"


def test_a_slow_webhook_times_out_after_two_seconds(sim: Sim, sink: Sink) -> None:
    sink.sleep = 2.6
    event_id = sim.say(sim.phone())["event"]["webhookEventId"]
    (delivery,) = sim.sim("GET", f"/events/{event_id}?wait=5")["deliveries"]
    assert (delivery["status"], delivery["reason"]) == (None, "request_timeout")
    assert 1900 < delivery["ms"] < 2500


def test_nobody_listening_is_told_as_such(sim: Sim) -> None:
    sim.sim("PUT", "/settings", {"webhook_url": "http://127.0.0.1:9/none"})
    event_id = sim.say(sim.phone())["event"]["webhookEventId"]
    (delivery,) = sim.sim("GET", f"/events/{event_id}?wait=5")["deliveries"]
    assert delivery["reason"] == "could_not_connect"
