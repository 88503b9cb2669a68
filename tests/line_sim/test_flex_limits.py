"""Limits inside Flex contents, each named by its place."""

from __future__ import annotations

import pytest

from line_sim.limits import messages_error
from tests.line_sim.rig import text
from tests.line_sim.test_limits import Json, box, bubble, bubbles, button, flex, uri, words

BAD_FLEX: dict[str, tuple[Json, str]] = {
    "13 bubbles": (bubbles(13), "/contents"),
    "two widths": (
        {"type": "carousel", "contents": [bubble(size="kilo"), bubble(size="mega")]},
        "/contents",
    ),
    "unknown size": (bubble(size="tera"), "/size"),
    "no block": ({"type": "bubble"}, "/"),
    "over 30 KB": (bubble(words(text="あ" * 10_300)), "/"),
    "unknown property": (bubble(words(colour="#112233")), "/body/contents/0/colour"),
    "empty text": (bubble(words(text="")), "/body/contents/0/text"),
    "colour by name": (bubble(words(color="red")), "/body/contents/0/color"),
    "text size": (bubble(words(size="huge")), "/body/contents/0/size"),
    "margin": (bubble(words(margin="5em")), "/body/contents/0/margin"),
    "label of 41": (bubble(button(label="あ" * 41)), "/body/contents/0/action/label"),
    "button without action": (bubble({"type": "button"}), "/body/contents/0/action"),
    "uri scheme deep inside": (
        bubble(box({"type": "button", "action": uri("mailto:x@example.org")})),
        "/body/contents/0/contents/0/action/uri",
    ),
    "button in a baseline box": (
        bubble({"type": "box", "layout": "baseline", "contents": [button()]}),
        "/body/contents/0/contents/0/type",
    ),
    "box without layout": (
        {"type": "bubble", "body": {"type": "box", "contents": []}},
        "/body/layout",
    ),
    "picture over http": (
        bubble({"type": "image", "url": "http://example.org/a.png"}),
        "/body/contents/0/url",
    ),
    "span alone": (bubble({"type": "span", "text": "a"}), "/body/contents/0/type"),
}


@pytest.mark.parametrize("name", BAD_FLEX)
def test_bad_flex_contents_are_named(name: str) -> None:
    contents, place = BAD_FLEX[name]
    error = messages_error({"messages": [text("x"), flex(contents)]})
    assert error is not None
    assert error["message"] == "A message (messages[1]) in the request body is invalid"
    assert [each["property"] for each in error["details"]] == [place]


def test_a_carousel_over_50_kb_is_refused() -> None:
    heavy = [bubble(words(text="あ" * 6000)) for _ in range(3)]
    error = messages_error({"messages": [flex({"type": "carousel", "contents": heavy})]})
    assert error is not None
    assert "50 KB" in error["details"][0]["message"]
