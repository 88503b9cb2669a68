"""Held events, sending again, sending anything; tokens that come back with a redelivery."""

from __future__ import annotations

from tests.line_sim.rig import Sim, Sink
from tests.line_sim.test_webhook_call import properly_signed


def test_a_redelivered_token_lives_again_but_not_after_twenty_minutes(sim: Sim, sink: Sink) -> None:
    event = sim.say(sim.phone())["event"]
    again = {"event_id": event["webhookEventId"]}
    sink.wait(1)
    sim.sim("POST", "/clock", {"advance_seconds": 18 * 60})
    sim.sim("POST", "/webhooks/redeliver", again)
    sink.wait(2)
    sim.sim("POST", "/clock", {"advance_seconds": 61})
    assert sim.reply(event["replyToken"]).status == 400
    sim.sim("POST", "/webhooks/redeliver", again)
    sink.wait(3)
    assert sim.reply(event["replyToken"]).status == 200


def test_a_redelivery_after_twenty_minutes_brings_no_token_back(sim: Sim, sink: Sink) -> None:
    event = sim.say(sim.phone())["event"]
    sink.wait(1)
    sim.sim("POST", "/clock", {"advance_seconds": 20 * 60 + 1})
    sim.sim("POST", "/webhooks/redeliver", {"event_id": event["webhookEventId"]})
    sink.wait(2)
    assert sim.reply(event["replyToken"]).json == {"message": "Invalid reply token"}


def test_held_events_are_released_reversed_in_one_body(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    sim.sim("PUT", "/settings", {"hold": True})
    for words in "一二三":
        sim.say(phone, words)
    assert sim.sim("GET", "/state")["held"] == 3
    assert sink.hits == []
    released = sim.sim("POST", "/webhooks/release", {"order": "reversed", "batch": True})
    assert released == {"released": 3, "requests": 1}
    (hit,) = sink.wait()
    assert [each["message"]["text"] for each in hit.events] == list("三二一")


def test_any_body_can_be_sent_with_any_signature(sim: Sim, sink: Sink) -> None:
    assert sim.sim("POST", "/webhooks/raw", {"events": []})["status"] == 200
    sim.sim("POST", "/webhooks/raw", {"text": "no json", "signature": "forged"})
    empty, broken = sink.wait(2)
    assert properly_signed(empty)
    assert (broken.body, broken.signature) == (b"no json", "forged")
