"""LINE's JSON of one event in Genkan's words, whatever LINE adds without notice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import InboundKind
from bot.line.inbound import read_event


def an_event(kind: str = "message", **fields: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "replyToken": "token",
        "mode": "active",
        "source": {"type": "user", "userId": "U1"},
    } | fields


def a_message(kind: str, **fields: Any) -> dict[str, Any]:
    return an_event(message={"id": "M1", "type": kind} | fields)


def test_words_come_with_their_message_id_and_token() -> None:
    inbound, token = read_event(a_message("text", text="さびしい"))
    assert (inbound.kind, inbound.text, inbound.message_id) == (InboundKind.TEXT, "さびしい", "M1")
    assert token == "token" and inbound.can_answer


@pytest.mark.parametrize(
    "source",
    [
        {"type": "user", "userId": "U" + "z" * 5_000},
        {"type": "user", "userId": "U 1"},
        {"type": "user"},
        {"type": "user", "groupId": "C1"},
        {"type": "group", "userId": "U1"},
        {"type": "room", "roomId": 5},
        {"type": "planet", "planetId": "P1"},
        {"type": ["user"]},
        "user",
        None,
    ],
)
def test_without_somebody_to_write_to_nothing_is_answered(source: object) -> None:
    inbound, token = read_event(a_message("text", text="さびしい") | {"source": source})
    assert (inbound.kind, inbound.text, inbound.can_answer) == (InboundKind.OTHER, "", False)
    assert token is None


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (a_message("sticker"), InboundKind.STICKER),
        (a_message("image"), InboundKind.MEDIA),
        (a_message("video"), InboundKind.MEDIA),
        (a_message("audio"), InboundKind.MEDIA),
        (a_message("file"), InboundKind.MEDIA),
        (a_message("location"), InboundKind.LOCATION),
        (a_message("hologram"), InboundKind.OTHER),
        (an_event("follow"), InboundKind.FOLLOW),
        (an_event("unfollow"), InboundKind.UNFOLLOW),
        (an_event("unsend", unsend={"messageId": "M9"}), InboundKind.UNSEND),
        (an_event("unsend"), InboundKind.OTHER),
        (an_event("messageEdited"), InboundKind.EDITED),
        (an_event("postback", postback={"data": "a=help&t=x"}), InboundKind.POSTBACK),
        (an_event("accountLink"), InboundKind.OTHER),
        (an_event("beacon"), InboundKind.OTHER),
        (an_event("follow", source=None), InboundKind.OTHER),
        (an_event("follow", source={"type": "moon"}), InboundKind.OTHER),
        (an_event(source={"type": "group", "groupId": "C1"}), InboundKind.JOINED_GROUP),
        (an_event("join", source={"type": "room", "roomId": "R1"}), InboundKind.JOINED_GROUP),
        (an_event("leave", source={"type": "group", "groupId": "C1"}), InboundKind.OTHER),
        (an_event("memberLeft", source={"type": "group"}), InboundKind.OTHER),
        (an_event(["list"]), InboundKind.OTHER),
        (an_event("message", message=None), InboundKind.OTHER),
    ],
    ids=range(23),
)
def test_every_kind_has_a_name(event: dict[str, Any], kind: InboundKind) -> None:
    assert read_event(event)[0].kind is kind


def test_a_button_brings_its_action_and_its_talk() -> None:
    inbound, _ = read_event(an_event("postback", postback={"data": "a=pick:org03&t=talk-1"}))
    assert (inbound.action, inbound.talk) == ("pick:org03", "talk-1")
    for data in (None, 5, "", "%%%", "x" * 300, "&" * 300):
        assert read_event(an_event("postback", postback={"data": data}))[0].action == ""


def test_a_sticker_speaks_with_its_text_or_keywords() -> None:
    keywords = ["sad", "cry", "alone", "night"]
    assert read_event(a_message("sticker", keywords=keywords))[0].text == "sad cry alone"
    assert read_event(a_message("sticker", text="つらい", keywords=keywords))[0].text == "つらい"


def test_standby_has_no_token_and_no_answer() -> None:
    inbound, token = read_event(a_message("text", text="x") | {"mode": "standby"})
    assert (inbound.can_answer, token) == (False, None)


@pytest.mark.parametrize("token", ["", None, 5, "x" * 201, "日本"])
def test_a_token_that_cannot_be_kept_is_none(token: object) -> None:
    assert read_event(a_message("text", text="x") | {"replyToken": token})[1] is None


def test_text_is_what_every_database_takes() -> None:
    inbound, _ = read_event(a_message("text", text="a\x00b\ud800c" + "x" * 9_000))
    assert inbound.text.startswith("ab?c") and len(inbound.text) == 5_000
    assert read_event(a_message("text", text=["no", "text"]))[0].text == ""
    ids = read_event(a_message("text", id="9\x00" + "9" * 300))[0].message_id
    assert "\x00" not in ids and len(ids) == 64


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(), below, max_size=3),
)
FIELDS = st.dictionaries(
    st.sampled_from(["type", "source", "message", "postback", "unsend", "mode", "replyToken"]), JSON
)


@given(FIELDS)
def test_nothing_in_an_event_can_raise(fields: dict[str, Any]) -> None:
    read_event(fields)
    read_event(a_message("text", text="x") | {k: v for k, v in fields.items() if k != "source"})
