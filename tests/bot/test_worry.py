"""From words to members: one question at most, nobody pressed into a heading, unsend honoured."""

import pytest

from bot.conversation import Inbound, InboundKind, Stage, Unsend
from bot.dialogue.worry import WORRY_LENGTH
from routing.judgement import Level
from tests.bot.talking import at
from tests.build import a_danger, a_text, a_worry

UNCLEAR = a_worry("mental_health", "work", "poverty", clear=False)


def test_a_clear_worry_needs_one_message() -> None:
    walk = at(Stage.LISTENING)
    turn = walk.write("ねむれない", a_worry("mental_health", words=("ねむれない",)))
    assert len(turn.says[0].cards) == 3
    assert "「ねむれない」という言葉から" in turn.says[0].cards[0].note
    assert "確認中" in turn.says[0].text
    assert "110" in turn.says[-1].text


def test_an_unclear_worry_is_asked_about_once() -> None:
    walk = at(Stage.LISTENING)
    first = walk.write("しんどい", UNCLEAR)
    assert first.says[-1].key == "clarify.ask"
    assert "3 どれでもない" in first.says[-1].text
    second = walk.write("いろいろ", UNCLEAR)
    assert second.next.stage is Stage.SUGGESTED
    assert walk.write("なんだか", UNCLEAR).next.stage is Stage.SUGGESTED


def test_none_of_these_gets_people_who_listen_without_a_heading() -> None:
    walk = at(Stage.CLARIFYING)
    turn = walk.write("どれでもない")
    assert turn.says[0].key == "suggest.listeners"
    assert set(walk.state.offered) >= {"m3", "m5"}
    assert walk.state.categories == ()


def test_no_worry_gets_gatherings_and_a_calm_ending() -> None:
    walk = at(Stage.LISTENING)
    turn = walk.write("特に悩みはないけど", a_worry("ibasho"))
    assert turn.says[0].key == "suggest.calm"
    assert "m5" in walk.state.offered
    assert walk.state.categories == ()


def test_a_greeting_is_greeted() -> None:
    turn = at(Stage.LISTENING).write("こんにちは")
    assert [s.key for s in turn.says] == ["other.small_talk", "listen.menu"]
    assert turn.next.worry == ""


@pytest.mark.parametrize("words", ["いいえ", "ありがとう", "test"])
def test_small_talk_is_no_worry_whatever_it_resembles(words: str) -> None:
    turn = at(Stage.LISTENING).write(words, a_worry("hikikomori", words=(words,)))
    assert [s.key for s in turn.says] == ["other.small_talk", "listen.menu"]
    assert turn.next.categories == ()


def test_concern_is_never_asked_a_question_first() -> None:
    walk = at(Stage.LISTENING)
    danger = a_danger(Level.CONCERN, None, "mental_health", "work")
    turn = walk.send(a_text("つらい"), danger)
    assert turn.next.stage is Stage.SUGGESTED


def test_a_helper_is_spoken_to_as_a_helper() -> None:
    walk = at(Stage.LISTENING)
    turn = walk.write("友だちが", a_danger(Level.NONE, None, "work", about_other=True))
    assert turn.says[0].key == "suggest.fits_other"
    assert walk.state.about_other


def test_an_unsent_message_leaves_the_worry() -> None:
    walk = at(Stage.LISTENING)
    walk.write("ひとつめ", a_worry("work", words=("ひとつめ",)), "id-1")
    walk.write("ふたつめ", a_worry("poverty", words=("ふたつめ",)), "id-2")
    turn = walk.send(Inbound(InboundKind.UNSEND, message_id="id-1"))
    assert turn.asks == (Unsend("id-1"),)
    assert walk.state.worry == "ふたつめ"
    assert walk.state.reason_words == ("ふたつめ",)
    walk.send(Inbound(InboundKind.UNSEND, message_id="id-2"))
    assert (walk.state.worry, walk.state.categories) == ("", ())


def test_the_worry_keeps_the_newest_messages_that_fit() -> None:
    walk = at(Stage.LISTENING)
    for sign in "あいうえ":
        walk.write(sign * 500, a_worry("work"))
    assert len(walk.state.worry) <= WORRY_LENGTH
    assert walk.state.worry.endswith("え" * 500)
