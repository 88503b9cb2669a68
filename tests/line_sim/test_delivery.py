"""Webhooks on their way: signatures, two seconds, order, redelivery, and each webhook fault."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

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


def test_a_persons_events_keep_their_order(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    for number in range(20):
        sim.say(phone, str(number))
    events = sink.events(20)
    assert [each["message"]["text"] for each in events] == [str(n) for n in range(20)]
    stamps = [each["timestamp"] for each in events]
    assert stamps == sorted(set(stamps))


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


def test_redelivery_is_off_unless_switched_on(sim: Sim, sink: Sink) -> None:
    sink.statuses = [503]
    sim.sim("PUT", "/settings", {"redelivery_after": [0.05]})
    sim.say(sim.phone())
    sink.wait()
    time.sleep(0.3)
    assert len(sink.hits) == 1


def test_a_failed_event_comes_again_with_the_same_ids(sim: Sim, sink: Sink) -> None:
    sink.statuses = [500, 503]
    sim.sim("PUT", "/settings", {"redelivery": True, "redelivery_after": [0.05, 0.05]})
    sim.say(sim.phone())
    first, second, third = sink.events(3)
    flags = [each.pop("deliveryContext")["isRedelivery"] for each in (first, second, third)]
    assert flags == [False, True, True]
    assert first == second == third


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


def test_a_duplicate_is_byte_for_byte_the_same(sim: Sim, sink: Sink) -> None:
    sim.sim("PUT", "/faults", {"webhook": {"duplicate": {"next": 1}}})
    sim.say(sim.phone())
    one, two = sink.wait(2)
    assert one.body == two.body


def test_an_event_can_be_overtaken(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    sim.sim("PUT", "/faults", {"webhook": {"reorder": {"next": 1, "ms": 300}}})
    sim.say(phone, "先")
    sim.say(phone, "後")
    assert [each["message"]["text"] for each in sink.events(2)] == ["後", "先"]


def test_several_people_share_a_body(sim: Sim, sink: Sink) -> None:
    people = [sim.phone() for _ in range(3)]
    sim.sim("PUT", "/faults", {"webhook": {"batch": {"next": 3, "size": 3, "ms": 3000}}})
    for phone in people:
        sim.say(phone)
    (hit,) = sink.wait()
    assert [each["source"]["userId"] for each in hit.events] == people


def test_a_batch_that_stays_small_goes_after_its_time(sim: Sim, sink: Sink) -> None:
    sim.sim("PUT", "/faults", {"webhook": {"batch": {"next": 1, "size": 9, "ms": 100}}})
    sim.say(sim.phone())
    assert len(sink.events(1)) == 1


def test_a_bad_signature_is_bad(sim: Sim, sink: Sink) -> None:
    sim.sim("PUT", "/faults", {"webhook": {"bad_signature": {"next": 1}}})
    sim.say(sim.phone())
    assert not properly_signed(sink.wait()[0])


def test_a_delivered_event_can_come_as_a_redelivery(sim: Sim, sink: Sink) -> None:
    sim.sim("PUT", "/faults", {"webhook": {"redeliver": {"next": 1}}})
    sim.say(sim.phone())
    flags = [each["deliveryContext"]["isRedelivery"] for each in sink.events(2)]
    assert flags == [False, True]


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


def test_the_connection_test_sends_no_events(sim: Sim, sink: Sink) -> None:
    answer = sim.api("POST", "/channel/webhook/test", {})
    assert (answer.json["success"], answer.json["statusCode"]) == (True, 200)
    assert sink.wait()[0].events == []


def test_the_webhook_address_can_be_read_and_set(sim: Sim, sink: Sink) -> None:
    path = "/channel/webhook/endpoint"
    assert sim.api("GET", path).json == {"endpoint": sink.url, "active": True}
    assert sim.api("PUT", path, {"endpoint": "ftp://x"}).status == 400
    assert sim.api("PUT", path, {"endpoint": sink.url + "?two"}).json == {}
    assert sim.api("GET", path).json["endpoint"].endswith("?two")


def test_after_a_reset_nothing_old_arrives(sim: Sim, sink: Sink) -> None:
    sink.sleep = 0.3
    phones = [sim.phone() for _ in range(12)]
    for phone in phones:
        sim.say(phone, "前の試験")
    sim.sim("POST", "/reset")
    sink.forget()
    sim.say(sim.phone(), "新しい試験")
    sink.wait()
    time.sleep(0.2)
    assert [event["message"]["text"] for hit in sink.hits for event in hit.events] == ["新しい試験"]
