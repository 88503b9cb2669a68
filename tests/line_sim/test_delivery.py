"""Webhooks on their way: signatures, two seconds, order, redelivery, and each webhook fault."""

from __future__ import annotations

import time

from tests.line_sim.rig import Sim, Sink
from tests.line_sim.test_webhook_call import properly_signed


def test_a_persons_events_keep_their_order(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    for number in range(20):
        sim.say(phone, str(number))
    events = sink.events(20)
    assert [each["message"]["text"] for each in events] == [str(n) for n in range(20)]
    stamps = [each["timestamp"] for each in events]
    assert stamps == sorted(set(stamps))


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
