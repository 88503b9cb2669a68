"""One bubble, one LINE message: plain text stays text, cards become Flex, buttons come back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linebot.v3.messaging import FlexMessage, TextMessage

from bot.conversation import Button, Card, Say, Stage
from bot.line import limits
from bot.line.messages import cut, data, parse_data, render, sender_name
from tests.bot.talking import at
from tests.build import a_danger


def test_plain_words_are_a_text_message() -> None:
    assert render(Say("k", "はい"), "t") == {"type": "text", "text": "はい"}


def test_choices_are_quick_replies_that_come_back() -> None:
    message = render(Say("k", "どれ", choices=(Button("ほかを見る", "more"),)), "talk-1")
    (item,) = message["quickReply"]["items"]
    assert item["action"]["displayText"] == item["action"]["label"] == "ほかを見る"
    assert parse_data(item["action"]["data"]) == ("more", "talk-1")


def test_a_long_name_is_cut_on_the_button_only() -> None:
    name = "とても長い名前の団体がここにあるのでボタンに入りません"
    action = render(Say("k", "x", choices=(Button(name, "pick:m1"),)), "t")["quickReply"]["items"]
    assert action[0]["action"]["label"].endswith("…")
    assert action[0]["action"]["displayText"] == name


def test_several_cards_are_a_carousel_of_one_width() -> None:
    message = render(at(Stage.SUGGESTED).turns[-1].says[0], "t")
    assert message["contents"]["type"] == "carousel"
    assert {b["size"] for b in message["contents"]["contents"]} == {"mega"}
    assert message["altText"].startswith("話してくれて")


def test_the_crisis_card_has_every_number_as_text_and_as_a_call() -> None:
    say = at(Stage.LISTENING).write("いま", a_danger()).says[0]
    message = render(say, "t")
    raw = json.dumps(message, ensure_ascii=False)
    for button in say.cards[0].buttons:
        assert f'"uri": "{button.uri}"' in raw
    for line in say.cards[0].lines:
        assert line in raw


@pytest.mark.parametrize("stage", Stage)
def test_the_sdk_keeps_every_property(stage: Stage) -> None:
    for turn in at(stage).turns:
        for say in turn.says:
            message = render(say, "t")
            model = FlexMessage if message["type"] == "flex" else TextMessage
            assert json.loads(model.from_dict(message).to_json()) == message


def test_the_speaker_is_shown_shortly_and_never_as_line() -> None:
    long = "KVOAD（くまもと災害ボランティア団体ネットワーク）"
    assert limits.units(sender_name(long, "ja")) <= 20
    assert "line" not in sender_name("ONLINE相談室", "ja").casefold()
    message = render(Say("staff", "はい", speaker=long), "t")
    assert limits.faults(message) == []
    assert message["sender"]["name"].startswith("KVOAD")


@given(st.text(max_size=30).filter(lambda s: s.isprintable()), st.text("abc-_", max_size=8))
def test_data_round_trips(action: str, talk: str) -> None:
    assert parse_data(data(action, talk)) == (action, talk)


@pytest.mark.parametrize("raw", ["", "x", "a=", "&&&", "a=1&a=2", "%%%", "a=b&" * 50])
def test_foreign_data_never_raises(raw: str) -> None:
    assert len(parse_data(raw)) == 2


@given(st.text(max_size=60), st.integers(2, 30))
def test_cut_is_never_too_long(text: str, longest: int) -> None:
    short = cut(text, longest)
    assert limits.graphemes(short) <= longest
    assert limits.units(short) <= longest
    assert short == text or short.endswith("…")


def test_a_card_without_buttons_has_no_footer() -> None:
    message = render(Say("k", "x", cards=(Card("題", ("行",)),)), "t")
    assert "footer" not in message["contents"]
    assert limits.faults(message) == []
