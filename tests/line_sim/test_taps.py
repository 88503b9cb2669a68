"""Buttons, quick replies, date pickers: what can be tapped, and what a tap sends."""

from __future__ import annotations

from typing import Any

from tests.line_sim.rig import Sim, Sink, text


def button_message(*labels: str) -> dict[str, Any]:
    actions = [
        {"type": "postback", "label": label, "data": f"do={label}", "displayText": f"{label}！"}
        for label in labels
    ]
    template = {"type": "buttons", "text": "どうしますか", "actions": actions}
    return {"type": "template", "altText": "どうしますか", "template": template}


def with_quick(words: str, *labels: str) -> dict[str, Any]:
    items = [
        {"type": "action", "action": {"type": "message", "label": label, "text": label}}
        for label in labels
    ]
    return text(words, quickReply={"items": items})


def test_a_tap_sends_the_postback_and_shows_its_words(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    sim.push(phone, button_message("相談する", "やめる"))
    done = sim.sim("POST", f"/phones/{phone}/tap", {"label": "やめる"})
    (event,) = sink.events()
    assert event["postback"] == {"data": "do=やめる"}
    assert "message" not in event
    assert done["bubble"]["message"]["text"] == "やめる！"
    assert sim.chat(phone)["bubbles"][-1]["side"] == "resident"


def test_an_old_button_can_still_be_tapped(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    old = sim.push(phone, button_message("古い")).json["sentMessages"][0]["id"]
    sim.push(phone, button_message("新しい"))
    sim.sim("POST", f"/phones/{phone}/tap", {"message_id": old, "index": 0})
    assert sink.events()[0]["postback"]["data"] == "do=古い"


def test_a_missing_button_lists_what_there_is(sim: Sim) -> None:
    phone = sim.phone()
    sim.push(phone, button_message("はい"))
    answer = sim.sim("POST", f"/phones/{phone}/tap", {"label": "いいえ"}, expect=404)
    assert answer["labels"] == ["はい"]


def test_only_the_last_bubble_offers_quick_replies_and_only_once(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    sim.push(phone, with_quick("一", "あ"), with_quick("二", "い", "う"))
    shown = [each["action"]["label"] for each in sim.chat(phone)["quick_replies"]]
    assert shown == ["い", "う"]
    sim.sim("POST", f"/phones/{phone}/tap", {"where": "quick_reply", "index": 1})
    assert sink.events()[0]["message"]["text"] == "う"
    assert sim.chat(phone)["quick_replies"] == []


def test_quick_replies_vanish_after_a_silent_postback(sim: Sim) -> None:
    phone = sim.phone()
    sim.push(phone, with_quick("一", "あ"))
    sim.sim("POST", f"/phones/{phone}/postback", {"data": "x"})
    assert sim.chat(phone)["quick_replies"] == []


def test_a_pc_shows_no_quick_replies(sim: Sim) -> None:
    phone = sim.phone()
    sim.push(phone, with_quick("一", "あ"))
    sim.send("PATCH", f"/sim/phones/{phone}", b'{"pc_view": true}', content_type="application/json")
    assert sim.chat(phone)["quick_replies"] == []
    assert sim.sim("GET", f"/phones/{phone}/choices")["choices"] == []


def test_a_flex_text_can_be_the_button(sim: Sim) -> None:
    phone = sim.phone()
    action = {"type": "uri", "uri": "tel:119"}
    words = {"type": "text", "text": "119番", "action": action}
    body = {"type": "box", "layout": "vertical", "contents": [words]}
    contents = {"type": "bubble", "body": body}
    assert sim.push(phone, {"type": "flex", "altText": "x", "contents": contents}).status == 200
    done = sim.sim("POST", f"/phones/{phone}/tap", {"label": "119番"})
    assert (done["event"], done["effect"]["opened"]) == (None, "tel:119")


def test_a_date_picker_answers_with_params(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    action = {"type": "datetimepicker", "label": "日", "data": "when", "mode": "date"}
    sim.push(phone, text("x", quickReply={"items": [{"type": "action", "action": action}]}))
    sim.sim("POST", f"/phones/{phone}/tap", {"label": "日"}, expect=400)
    sim.sim("POST", f"/phones/{phone}/tap", {"label": "日", "params": {"date": "2026-12-01"}})
    assert sink.events()[0]["postback"] == {"data": "when", "params": {"date": "2026-12-01"}}
