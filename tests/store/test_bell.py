"""The bell: a hint without payload that nobody waits for."""

from __future__ import annotations

import json
import time

import pytest
import redis

from store.bell import LANE_ACTOR, LANE_QUEUE, Bell, lane_message, silence


def test_a_message_carries_an_id_and_nothing_else() -> None:
    message = json.loads(lane_message("person-1").encode())
    assert message["args"] == ["person-1"] and message["kwargs"] == {}
    assert (message["queue_name"], message["actor_name"]) == (LANE_QUEUE, LANE_ACTOR)


def test_ringing_a_dead_redis_neither_waits_nor_raises(caplog: pytest.LogCaptureFixture) -> None:
    bell = Bell("redis://127.0.0.1:1/0")
    started = time.monotonic()
    for number in range(50):
        bell.ring([f"person-{number}"])
    assert time.monotonic() - started < 0.5
    deadline = time.monotonic() + 5
    while "bell not heard" not in caplog.text:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert "person-" not in caplog.text
    silence(["nobody"])


@pytest.mark.redis
def test_everybody_is_rung_once_per_round(redis_url: str) -> None:
    quiet = redis_url.rpartition("/")[0] + "/14"  # workers of the journeys listen on the other
    with redis.Redis.from_url(quiet) as client:
        client.flushdb()
        Bell(quiet).ring(["a", "b", "a"])
        deadline = time.monotonic() + 5
        while not client.exists(f"dramatiq:{LANE_QUEUE}.msgs"):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        time.sleep(0.2)
        messages = client.hvals(f"dramatiq:{LANE_QUEUE}.msgs")
        rung = [json.loads(message)["args"][0] for message in messages]
        client.flushdb()
    assert set(rung) == {"a", "b"} and len(rung) <= 3
