"""Routes of the Messaging API that only translate: webhook settings, bot info, quota, followers."""

from __future__ import annotations

from tests.line_sim.rig import Sim, Sink


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


def test_the_bot_tells_how_it_marks_messages_as_read(sim: Sim, sink: Sink) -> None:
    assert sim.api("GET", "/info").json["markAsReadMode"] == "auto"
    sim.sim("PUT", "/settings", {"chat_mode": "chat"})
    info = sim.api("GET", "/info").json
    assert (info["chatMode"], info["markAsReadMode"]) == ("chat", "manual")
    sim.say(sim.phone())
    assert info["userId"] in sink.wait()[0].body.decode()


def test_followers_are_friends_who_do_not_block(sim: Sim) -> None:
    friend, blocker = sim.phone(), sim.phone()
    sim.phone(friend=False)
    sim.sim("POST", f"/phones/{blocker}/block")
    assert sim.api("GET", "/followers/ids").json == {"userIds": [friend]}
