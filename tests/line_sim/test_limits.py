"""Every limit on messages, at its edge and just beyond, with the place LINE would name."""

from __future__ import annotations

from typing import Any

import pytest

from line_sim.limits import messages_error, options_error
from tests.line_sim.rig import Sim, text

Json = dict[str, Any]
HTTPS = "https://example.org/a.png"


def postback(label: str = "はい", **more: Any) -> Json:
    return {"type": "postback", "label": label, "data": "d", **more}


def uri(address: str) -> Json:
    return {"type": "uri", "label": "開く", "uri": address}


def picker(**more: Any) -> Json:
    return {"type": "datetimepicker", "label": "日時", "data": "d", "mode": "date", **more}


def quick(*actions: Json) -> Json:
    return text("x", quickReply={"items": [{"type": "action", "action": a} for a in actions]})


def buttons(actions: int = 1, **more: Any) -> Json:
    template = {"type": "buttons", "text": "x", "actions": [postback()] * actions, **more}
    return {"type": "template", "altText": "x", "template": template}


def confirm(actions: int = 2, words: str = "x") -> Json:
    template = {"type": "confirm", "text": words, "actions": [postback()] * actions}
    return {"type": "template", "altText": "x", "template": template}


def carousel(columns: int = 1, **column: Any) -> Json:
    one = {"text": "x", "actions": [postback()], **column}
    template = {"type": "carousel", "columns": [one] * columns}
    return {"type": "template", "altText": "x", "template": template}


def flex(contents: Json, alt: str = "x") -> Json:
    return {"type": "flex", "altText": alt, "contents": contents}


def box(*contents: Json, **more: Any) -> Json:
    return {"type": "box", "layout": "vertical", "contents": list(contents), **more}


def words(**more: Any) -> Json:
    return {"type": "text", "text": "あ", **more}


def bubble(*contents: Json, **more: Any) -> Json:
    return {"type": "bubble", "body": box(*(contents or (words(),))), **more}


def bubbles(count: int, **more: Any) -> Json:
    return {"type": "carousel", "contents": [bubble(**more)] * count}


def button(**action: Any) -> Json:
    return {"type": "button", "action": postback(**action)}


def location(**more: Any) -> Json:
    place = {"title": "t", "address": "a", "latitude": 32.8, "longitude": 130.7}
    return {"type": "location", **place, **more}


GOOD: dict[str, Json] = {
    "text of 5000": text("あ" * 5000),
    "text of 2500 emoji": text("😀" * 2500),
    "13 quick replies": quick(*[postback()] * 13),
    "label of 20 signs that are 220 units": quick(postback("👨‍👩‍👧‍👦" * 20)),
    "data of 300": quick(postback(data="d" * 300)),
    "displayText of 300": quick(postback(displayText="あ" * 300)),
    "fill in with keyboard": quick(postback(inputOption="openKeyboard", fillInText="x")),
    "tel": quick(uri("tel:0120-279-338")),
    "tel with sharp": quick(uri("tel:#8008")),
    "line scheme": quick(uri("line://nv/camera")),
    "location action": quick({"type": "location", "label": "場所"}),
    "date picker": quick(picker(min="2026-01-01", max="2026-12-31")),
    "sender of 20": text("x", sender={"name": "あ" * 20, "iconUrl": HTTPS}),
    "textV2 with braces": {"type": "textV2", "text": "{{x}}"},
    "sticker": {"type": "sticker", "packageId": "446", "stickerId": "1988"},
    "image": {"type": "image", "originalContentUrl": HTTPS, "previewImageUrl": HTTPS},
    "audio": {"type": "audio", "originalContentUrl": HTTPS, "duration": 1000},
    "location": location(title="あ" * 100),
    "buttons of 4 and 160": buttons(4, text="あ" * 160),
    "buttons with title and 60": buttons(text="あ" * 60, title="あ" * 40),
    "confirm of 240": confirm(words="あ" * 240),
    "carousel of 10": carousel(10, text="あ" * 120),
    "altText of 1500": flex(bubble(), "あ" * 1500),
    "12 bubbles": flex(bubbles(12)),
    "flex button label of 40": flex(bubble(button(label="あ" * 40))),
    "flex text with spans": flex(
        bubble({"type": "text", "contents": [{"type": "span", "text": "a"}]})
    ),
    "flex measures": flex(bubble(words(margin="12px", size="xxs", flex=0, color="#11223344"))),
}

BAD: dict[str, tuple[Json, str]] = {
    "no type": ({"text": "x"}, "messages[0].type"),
    "unknown type": ({"type": "file"}, "messages[0].type"),
    "empty text": (text(""), "messages[0].text"),
    "blank text": (text(" \n"), "messages[0].text"),
    "text of 5001": (text("あ" * 5001), "messages[0].text"),
    "text of 2501 emoji": (text("😀" * 2501), "messages[0].text"),
    "text is a number": ({"type": "text", "text": 5}, "messages[0].text"),
    "14 quick replies": (quick(*[postback()] * 14), "messages[0].quickReply.items"),
    "no quick replies": (quick(), "messages[0].quickReply.items"),
    "no label": (
        quick({"type": "postback", "data": "d"}),
        "messages[0].quickReply.items[0].action.label",
    ),
    "label of 21": (quick(postback("あ" * 21)), "messages[0].quickReply.items[0].action.label"),
    "data of 301": (
        quick(postback(data="d" * 301)),
        "messages[0].quickReply.items[0].action.data",
    ),
    "no data": (
        quick({"type": "postback", "label": "x"}),
        "messages[0].quickReply.items[0].action.data",
    ),
    "displayText of 301": (
        quick(postback(displayText="あ" * 301)),
        "messages[0].quickReply.items[0].action.displayText",
    ),
    "displayText and text": (
        quick(postback(displayText="a", text="a")),
        "messages[0].quickReply.items[0].action.displayText",
    ),
    "fill in without keyboard": (
        quick(postback(fillInText="x")),
        "messages[0].quickReply.items[0].action.fillInText",
    ),
    "message text of 301": (
        quick({"type": "message", "label": "x", "text": "あ" * 301}),
        "messages[0].quickReply.items[0].action.text",
    ),
    "mailto": (quick(uri("mailto:a@example.org")), "messages[0].quickReply.items[0].action.uri"),
    "uri of 1001": (
        quick(uri("https://example.org/" + "a" * 981)),
        "messages[0].quickReply.items[0].action.uri",
    ),
    "uri with a space": (
        quick(uri("https://example.org/a b")),
        "messages[0].quickReply.items[0].action.uri",
    ),
    "rich menu switch in a quick reply": (
        quick({"type": "richmenuswitch", "label": "x", "data": "d", "richMenuAliasId": "a"}),
        "messages[0].quickReply.items[0].action.type",
    ),
    "picker min after max": (
        quick(picker(min="2026-12-31", max="2026-01-01")),
        "messages[0].quickReply.items[0].action.min",
    ),
    "picker in 1899": (
        quick(picker(initial="1899-12-31")),
        "messages[0].quickReply.items[0].action.initial",
    ),
    "sender of 21": (text("x", sender={"name": "あ" * 21}), "messages[0].sender.name"),
    "sender named LINE": (text("x", sender={"name": "LINE相談"}), "messages[0].sender.name"),
    "icon over http": (
        text("x", sender={"iconUrl": "http://example.org/a.png"}),
        "messages[0].sender.iconUrl",
    ),
    "textV2 with a lone brace": ({"type": "textV2", "text": "{x"}, "messages[0].text"),
    "sticker without package": ({"type": "sticker", "stickerId": "1"}, "messages[0].packageId"),
    "image over http": (
        {"type": "image", "originalContentUrl": "http://a.example", "previewImageUrl": HTTPS},
        "messages[0].originalContentUrl",
    ),
    "audio without duration": (
        {"type": "audio", "originalContentUrl": HTTPS},
        "messages[0].duration",
    ),
    "title of 101": (location(title="あ" * 101), "messages[0].title"),
    "latitude of 91": (location(latitude=91), "messages[0].latitude"),
    "5 buttons": (buttons(5), "messages[0].template.actions"),
    "buttons text of 161": (buttons(text="あ" * 161), "messages[0].template.text"),
    "buttons text of 61 with title": (
        buttons(text="あ" * 61, title="t"),
        "messages[0].template.text",
    ),
    "title of 41": (buttons(title="あ" * 41), "messages[0].template.title"),
    "confirm with 3": (confirm(3), "messages[0].template.actions"),
    "confirm with 1": (confirm(1), "messages[0].template.actions"),
    "confirm of 241": (confirm(words="あ" * 241), "messages[0].template.text"),
    "11 columns": (carousel(11), "messages[0].template.columns"),
    "column with 4 actions": (
        carousel(actions=[postback()] * 4),
        "messages[0].template.columns[0].actions",
    ),
    "column text of 121": (carousel(text="あ" * 121), "messages[0].template.columns[0].text"),
    "altText of 1501": (flex(bubble(), "あ" * 1501), "messages[0].altText"),
    "no altText": ({"type": "flex", "contents": bubble()}, "messages[0].altText"),
    "no contents": ({"type": "flex", "altText": "x"}, "messages[0].contents"),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_messages_pass(name: str) -> None:
    assert messages_error({"messages": [GOOD[name]]}) is None


@pytest.mark.parametrize("name", BAD)
def test_bad_messages_are_named(name: str) -> None:
    message, place = BAD[name]
    error = messages_error({"messages": [message]})
    assert error is not None
    assert error["message"] == f"The request body has {len(error['details'])} error(s)"
    assert [each["property"] for each in error["details"]] == [place]


@pytest.mark.parametrize("messages", [[], [text("x")] * 6, None, "x", [1]])
def test_one_to_five_messages(messages: Any) -> None:
    assert messages_error({"messages": messages}) is not None


def test_several_faults_are_counted() -> None:
    error = messages_error({"messages": [text(""), {"type": "x"}]})
    assert error is not None
    assert error["message"] == "The request body has 2 error(s)"
    assert error["details"][0] == {"message": "May not be empty", "property": "messages[0].text"}


@pytest.mark.parametrize(
    ("body", "good"),
    [
        ({}, True),
        ({"notificationDisabled": True}, True),
        ({"notificationDisabled": "yes"}, False),
        ({"customAggregationUnits": ["spring_2026"]}, True),
        ({"customAggregationUnits": ["春"]}, False),
        ({"customAggregationUnits": ["a", "b"]}, False),
    ],
)
def test_switches_beside_the_messages(body: Json, good: bool) -> None:
    assert (options_error(body) is None) is good


@pytest.mark.parametrize("kind", ["reply", "push", "multicast", "narrowcast", "broadcast"])
def test_the_validators_judge_alike_and_send_nothing(sim: Sim, kind: str) -> None:
    path = f"/message/validate/{kind}"
    assert sim.api("POST", path, {"messages": [text("x")]}).json == {}
    refused = sim.api("POST", path, {"messages": [text("")]})
    assert (refused.status, refused.json) == (400, messages_error({"messages": [text("")]}))
    assert sim.sim("GET", "/counters")["billed"] == 0
