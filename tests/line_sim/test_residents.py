"""What residents do: every kind of event, taps, quick replies, blocks, unsend, groups."""

from __future__ import annotations

import re

from tests.line_sim.rig import Sim, Sink

ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def test_a_text_event_has_the_full_shape(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    sim.say(phone, "眠れません")
    (event,) = sink.events()
    assert ULID.fullmatch(event["webhookEventId"])
    assert re.fullmatch(r"[0-9a-f]{32}", event["replyToken"])
    assert event["source"] == {"type": "user", "userId": phone}
    assert (event["type"], event["mode"]) == ("message", "active")
    assert event["deliveryContext"] == {"isRedelivery": False}
    assert set(event["message"]) == {"type", "id", "text", "quoteToken", "markAsReadToken"}
    assert re.fullmatch(r"\d{18}", event["message"]["id"])


def test_block_and_return(sim: Sim, sink: Sink) -> None:
    phone = sim.phone(friend=False)
    for act in ("follow", "block", "follow"):
        sim.sim("POST", f"/phones/{phone}/{act}")
    first, blocked, again = sink.events(3)
    assert first["follow"] == {"isUnblocked": False}
    assert blocked["type"] == "unfollow"
    assert "replyToken" not in blocked
    assert again["follow"] == {"isUnblocked": True}


def test_a_blocker_cannot_write(sim: Sim) -> None:
    phone = sim.phone()
    sim.sim("POST", f"/phones/{phone}/block")
    sim.sim("POST", f"/phones/{phone}/text", {"text": "x"}, expect=400)


def test_unsend_takes_the_words_away(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    message_id = sim.say(phone, "消したい言葉")["bubble"]["id"]
    sim.sim("POST", f"/phones/{phone}/unsend", {"message_id": message_id})
    event = sink.events(2)[1]
    assert event["unsend"] == {"messageId": message_id}
    assert "replyToken" not in event
    assert "消したい言葉" not in str(sim.chat(phone))
    sim.sim("POST", f"/phones/{phone}/unsend", {"message_id": message_id}, expect=400)


def test_standby_brings_no_reply_token(sim: Sim, sink: Sink) -> None:
    sim.sim("PUT", "/settings", {"mode": "standby"})
    sim.say(sim.phone())
    (event,) = sink.events()
    assert event["mode"] == "standby"
    assert "replyToken" not in event


def test_unknown_kinds_of_event_and_message(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    fields = {"type": "sparkle", "sparkle": {"size": 3}}
    sim.sim("POST", f"/phones/{phone}/event", {"fields": fields, "source": False})
    sim.sim("POST", f"/phones/{phone}/message", {"message": {"type": "hologram", "x": 1}})
    event, message = sink.events(2)
    assert event["sparkle"] == {"size": 3}
    assert "source" not in event
    assert message["message"]["type"] == "hologram"


def test_groups_and_rooms(sim: Sim, sink: Sink) -> None:
    member = sim.phone()
    for kind, key in (("group", "groupId"), ("room", "roomId")):
        sink.forget()
        made = sim.sim("POST", "/groups", {"members": [member], "kind": kind})
        body = {"user_id": member, "text": "みんなの前で"}
        sim.sim("POST", f"/groups/{made['group_id']}/text", body)
        join, message = sink.events(2)
        assert join["type"] == "join"
        assert join["source"] == {"type": kind, key: made["group_id"]}
        assert message["source"] == {"type": kind, key: made["group_id"], "userId": member}
        assert sim.reply(join["replyToken"]).status == 200


def test_a_resident_can_quote(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    quoted = sim.push(phone).json["sentMessages"][0]["id"]
    sim.sim("POST", f"/phones/{phone}/text", {"text": "これ", "quote_message_id": quoted})
    assert sink.events()[0]["message"]["quotedMessageId"] == quoted
