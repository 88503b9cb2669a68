"""LINE as it really is: repeats, batches, disorder, unknown kinds, forged and huge bodies."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from tests.journeys.street import Phone, Street, until


def settled(street: Street, *phones: Phone) -> list[dict[str, Any]]:
    """The trace of these phones' events, once all of them were worked, in the order taken."""
    sent = [e for p in phones for e in street.sim.ask("/events", chat_id=p.id)["events"]]
    ids = {each["event"]["webhookEventId"] for each in sent}

    def done() -> list[dict[str, Any]] | None:
        lines = [line for event_id, line in street.trace().items() if event_id in ids]
        return lines if len(lines) == len(ids) and all(line["done"] for line in lines) else None

    lines: list[dict[str, Any]] = until(done, "all events worked")
    return lines


def test_repeats_are_answered_once(street: Street, phone: Phone) -> None:
    panel = {"duplicate": {"probability": 1.0}, "redeliver": {"probability": 1.0}}
    street.sim.do("/faults", "PUT", webhook=panel)
    phone.acts("follow")
    phone.hears("そのまま書いてください")
    phone.says("話を聞いてほしいです。話し相手がいません。")
    phone.hears("番号を送ってください")
    phone.hears_nothing(1.5)
    assert len(settled(street, phone)) == 2


def test_several_people_in_one_body_with_a_broken_event_between(
    street: Street, phone: Phone
) -> None:
    others = [street.sim.phone(), street.sim.phone()]
    good = [message_event(p, "話を聞いてほしいです。話し相手がいません。") for p in others]
    broken: list[Any] = ["not an event", 7, None, {"type": "message"}, {"type": ["?"], "source": 1}]
    result = street.sim.do("/webhooks/raw", events=[good[0], *broken, good[1]])
    assert result["status"] == 200
    for other in others:
        other.hears("番号を送ってください")


def message_event(phone: Phone, text: str, **fields: Any) -> dict[str, Any]:
    """An event as LINE sends it, made by hand."""
    event = {
        "type": "message",
        "mode": "active",
        "timestamp": int(time.time() * 1000),
        "source": {"type": "user", "userId": phone.id},
        "webhookEventId": secrets.token_hex(13).upper(),
        "deliveryContext": {"isRedelivery": False},
        "message": {"id": str(secrets.randbelow(10**17)), "type": "text", "text": text},
    }
    return event | fields


def test_a_reversed_batch_is_worked_in_the_order_of_writing(street: Street, phone: Phone) -> None:
    phone.acts("follow")
    phone.hears()
    street.sim.do("/settings", "PUT", hold=True)
    for words in ("話を聞いてほしい。話し相手がいません。", "4", "どれもちがう"):
        phone.says(words)
        time.sleep(0.01)
    street.sim.do("/webhooks/release", order="reversed", batch=True)
    lines = settled(street, phone)
    assert [line["event_ms"] for line in lines] == sorted(line["event_ms"] for line in lines)
    assert not any(line["late"] for line in lines)
    phone.hears("いっしょに考えてもらえるよう頼みました")


def test_an_older_event_that_comes_later_is_marked_late(street: Street, phone: Phone) -> None:
    phone.acts("follow")
    phone.hears()
    street.sim.do("/settings", "PUT", hold=True)
    phone.says("さきに書いた言葉です。")
    events = street.sim.ask("/events", chat_id=phone.id)["events"]
    (held,) = [each["event"]["webhookEventId"] for each in events if each["held"]]
    time.sleep(0.02)
    newer = message_event(phone, "あとから書いた言葉です。")
    assert street.sim.do("/webhooks/raw", events=[newer])["status"] == 200
    until(lambda: street.trace().get(newer["webhookEventId"], {}).get("done"), "the newer one")
    street.sim.do("/webhooks/release")
    lines = settled(street, phone)
    assert {line["event_id"]: line["late"] for line in lines}[held] is True


def test_unknown_kinds_are_noted_and_not_answered(street: Street, phone: Phone) -> None:
    phone.acts("follow")
    phone.hears()
    phone.acts("event", fields={"type": "teleport", "teleport": {"to": "moon"}})
    phone.acts("event", fields={"type": "videoPlayComplete", "videoPlayComplete": {}})
    phone.acts("event", fields={"type": "accountLink", "link": {}}, token=False)
    lines = settled(street, phone)
    assert [line["outcome"] for line in lines[1:]] == ["silent"] * 3
    phone.hears_nothing(0.5)


def test_every_kind_of_message_gets_a_kind_answer(street: Street, phone: Phone) -> None:
    phone.acts("follow")
    phone.hears()
    for kind in ("sticker", "image", "video", "audio", "file", "location"):
        phone.acts(kind)
        assert phone.hears()
    lines = settled(street, phone)
    assert {line["outcome"] for line in lines} == {"answered"}
    content = [c for c in street.sim.calls() if c["endpoint"] in ("content", "profile")]
    assert content == []


def test_in_standby_nothing_is_said(street: Street, phone: Phone) -> None:
    street.sim.do("/settings", "PUT", mode="standby")
    phone.says("もう死にたいです。話を聞いてほしいです。")
    (line,) = settled(street, phone)
    assert line["sends"] == []
    phone.hears_nothing(0.5)


def test_a_group_is_left_politely(street: Street, phone: Phone) -> None:
    group = street.sim.do("/groups", members=[phone.id])["group_id"]

    def left() -> dict[str, Any] | None:
        chat: dict[str, Any] = street.sim.ask(f"/groups/{group}/chat")
        return None if chat["joined"] else chat

    chat = until(left, "leaving the group")
    assert "ひとりずつ話すための場所" in json.dumps(chat, ensure_ascii=False)


def test_a_connection_check_is_answered(street: Street) -> None:
    assert street.sim.do("/webhooks/raw", events=[])["status"] == 200


def test_forged_and_malformed_bodies_are_refused_and_counted(street: Street, phone: Phone) -> None:
    name = "genkan_webhook_bad_signature_total"
    before = street.metric(name)
    event = message_event(phone, "偽物です。")
    body = json.dumps({"destination": "U0", "events": [event]})
    forged = street.sim.do("/webhooks/raw", text=body, signature="AAAA")
    assert forged["status"] == 401
    until(lambda: street.metric(name) == before + 1, "the counter", 10)
    assert street.sim.do("/webhooks/raw", text="{")["status"] == 400
    assert street.sim.do("/webhooks/raw", text="[" * 20_000)["status"] == 400
    huge = street.sim.do("/webhooks/raw", text=" " * (1024 * 1024 + 1))
    assert huge["status"] == 413 or huge["reason"] == "unclassified"
    assert event["webhookEventId"] not in street.trace()


def test_a_reply_token_is_used_first_and_only_once(street: Street, phone: Phone) -> None:
    phone.acts("follow")
    phone.hears()
    phone.says("話を聞いてほしいです。話し相手がいません。")
    phone.hears("番号を送ってください")
    assert {b["via"] for b in phone.account_bubbles()} == {"reply"}
    used = [c["reply_token"] for c in street.sim.calls() if c["accepted"] and c["reply_token"]]
    assert len(used) == len(set(used))
