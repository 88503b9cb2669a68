"""Every limit is found when it is broken and lets pass what just fits."""

from typing import Any

import pytest

from bot.line import limits


def text(words: str = "あ", **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": words, **more}


def quick(*actions: dict[str, Any]) -> dict[str, Any]:
    return text(quickReply={"items": [{"type": "action", "action": a} for a in actions]})


def postback(**fields: Any) -> dict[str, Any]:
    return {"type": "postback", "label": "は", "data": "a=x", **fields}


def uri(address: str) -> dict[str, Any]:
    return {"type": "uri", "label": "は", "uri": address}


def flex(contents: dict[str, Any], alt: str = "あ") -> dict[str, Any]:
    return {"type": "flex", "altText": alt, "contents": contents}


def bubble(*contents: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"type": "box", "layout": "vertical", "contents": list(contents)}
    return {"type": "bubble", "body": body, **more}


def words(value: str) -> dict[str, Any]:
    return {"type": "text", "text": value}


def template(**fields: Any) -> dict[str, Any]:
    return {"type": "template", "altText": "あ", "template": fields}


ACT = postback()
GOOD = [
    text("あ" * 5_000),
    text("😊" * 2_500),
    quick(postback(label="👨‍👩‍👧" * 20)),
    quick(postback(label="か\u3099" * 20, data="x" * 300, displayText="あ" * 300)),
    quick(uri("tel:110"), uri("https://example.jp/"), uri("line://nv/location")),
    quick({"type": "camera", "label": "は"}),
    quick(*[ACT] * 13),
    flex(bubble(words("あ")), "あ" * 1_500),
    flex(bubble({"type": "button", "action": postback(label="あ" * 40)}, size="kilo")),
    flex({"type": "carousel", "contents": [bubble(words("あ"))] * 12}),
    template(type="confirm", text="あ" * 240, actions=[ACT, ACT]),
    template(type="buttons", text="あ" * 160, actions=[ACT] * 4),
    template(type="carousel", columns=[{"text": "あ" * 120, "actions": [ACT]}] * 10),
    text(sender={"name": "みどりの会"}),
    {"type": "sticker", "packageId": "1", "stickerId": "1"},
    {"type": "location", "title": "あ", "address": "い", "latitude": 0, "longitude": 0},
    {"type": "textV2", "text": "{{あ}} {x}", "substitution": {"x": {}}},
]
BAD = [
    ({"type": "file"}, "not a message"),
    (text(""), "text: empty"),
    (text("あ" * 5_001), "at most 5000"),
    (text("😊" * 2_501), "at most 5000"),
    (quick(), "0 items"),
    (quick(*[ACT] * 14), "14 items"),
    (quick(postback(label="あ" * 21)), "label: 21"),
    (quick(postback(label="")), "label: empty"),
    (quick(postback(data="x" * 301)), "data: 301"),
    (quick(postback(displayText="あ" * 301)), "displayText: 301"),
    (quick(postback(fillInText="あ" * 301)), "fillInText: 301"),
    (quick({"type": "message", "label": "は", "text": "あ" * 301}), "text: 301"),
    (quick({"type": "clipboard", "label": "は", "clipboardText": "あ" * 1_001}), "1001"),
    (quick({"type": "richmenuswitch", "label": "は", "data": "x"}), "never in a quick reply"),
    (quick(uri("mailto:a@example.jp")), "scheme"),
    (quick(uri("https://example.jp/" + "x" * 1_000)), "uri: 1019"),
    (flex(bubble(words("あ")), "あ" * 1_501), "altText: 1501"),
    (flex(bubble(words(""))), "flex text: empty"),
    (flex(bubble(words("あ" * 11_000))), "larger than 30 KB"),
    (flex(bubble(size="huge")), "size huge"),
    (flex({"type": "box"}), "a bubble or a carousel"),
    (flex(bubble({"type": "button", "action": postback(label="あ" * 41)})), "label: 41"),
    (flex(bubble({"type": "button", "action": {"type": "camera", "label": "は"}})), "only in"),
    (flex(bubble({"type": "image", "url": "http://example.jp/x.png"})), "https"),
    (flex({"type": "carousel", "contents": [bubble(words("あ"))] * 13}), "13 bubbles"),
    (flex({"type": "carousel", "contents": [bubble(words("あ" * 9_000))] * 2}), "50 KB"),
    (flex({"type": "carousel", "contents": [bubble(size="kilo"), bubble()]}), "one width"),
    (template(type="confirm", text="あ", actions=[ACT] * 3), "3 actions"),
    (template(type="buttons", text="あ" * 161, actions=[ACT]), "text: 161"),
    (template(type="buttons", text="あ" * 61, title="あ", actions=[ACT]), "text: 61"),
    (template(type="buttons", text="あ", actions=[ACT] * 5), "5 actions"),
    (template(type="carousel", columns=[]), "0 columns"),
    (template(type="unheard"), "does not exist"),
    (text(sender={"name": "あ" * 21}), "sender name: 21"),
    (text(sender={"name": "LINE相談"}), "refuses"),
    ({"type": "image", "originalContentUrl": "http://x", "previewImageUrl": "https://x"}, "https"),
    ({"type": "location", "title": "あ" * 101, "address": "い"}, "title: 101"),
    ({"type": "textV2", "text": "{あ}"}, "brace"),
]  # fmt: skip


@pytest.mark.parametrize("message", GOOD)
def test_what_just_fits_passes(message: dict[str, Any]) -> None:
    assert limits.faults(message) == []


@pytest.mark.parametrize(("message", "fault"), BAD)
def test_what_is_too_much_is_named(message: dict[str, Any], fault: str) -> None:
    found = limits.faults(message)
    assert any(fault in line for line in found), found


@pytest.mark.parametrize("count", [0, 6])
def test_one_call_holds_one_to_five(count: int) -> None:
    assert limits.faults_in_call([text()] * count) != []


def test_a_call_names_the_message() -> None:
    assert limits.faults_in_call([text(), text("")]) == ["message 1: text: empty"]


@pytest.mark.parametrize(
    ("signs", "clusters", "units"),
    [
        ("あ", 1, 1),
        ("😊", 1, 2),
        ("👨‍👩‍👧", 1, 8),
        ("🇯🇵🇰🇷", 2, 8),
        ("か\u3099", 1, 2),
        ("👍🏽", 1, 4),
        ("", 0, 0),
    ],
)
def test_counting(signs: str, clusters: int, units: int) -> None:
    assert limits.graphemes(signs) == clusters
    assert limits.units(signs) == units
