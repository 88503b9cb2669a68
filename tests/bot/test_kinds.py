"""Stickers, media, places and the waiting queue: kind, short, honest about what is kept."""

import pytest

from bot.conversation import Blocked, Inbound, InboundKind, Relay, Stage
from tests.bot.talking import at
from tests.build import a_worry


@pytest.mark.parametrize(
    "stage", [Stage.LISTENING, Stage.SUGGESTED, Stage.CONSENT, Stage.SAFETY, Stage.CLARIFYING]
)
def test_media_is_not_kept_and_the_talk_goes_on(stage: Stage) -> None:
    walk = at(stage)
    turn = walk.send(Inbound(InboundKind.MEDIA))
    assert "しまっていません" in turn.says[0].text
    assert turn.asks == ()
    assert walk.state.stage is stage


def test_to_a_person_media_is_a_note_and_said_once() -> None:
    walk = at(Stage.TALKING)
    first, second = walk.send(Inbound(InboundKind.MEDIA)), walk.send(Inbound(InboundKind.MEDIA))
    assert [s.key for s in first.says] == ["other.media_staff"]
    assert (second.says, second.asks) == ((), (Relay(),))


def test_a_sticker_that_says_something_is_heard() -> None:
    walk = at(Stage.LISTENING)
    walk.send(Inbound(InboundKind.STICKER, text="さびしい"), a_worry("loneliness_listening"))
    assert walk.state.stage is Stage.SUGGESTED
    turn = at(Stage.LISTENING).send(Inbound(InboundKind.STICKER))
    assert turn.says[0].key == "other.sticker"


def test_a_place_is_nobodys_business_but_the_callers() -> None:
    turn = at(Stage.LISTENING).send(Inbound(InboundKind.LOCATION))
    assert "電話で場所を" in turn.says[0].text


def test_blocking_is_only_noted() -> None:
    turn = at(Stage.QUEUED).send(Inbound(InboundKind.UNFOLLOW))
    assert (turn.says, turn.asks) == ((), (Blocked(),))


def test_waiting_words_are_acknowledged_once() -> None:
    walk = at(Stage.QUEUED)
    first, second = walk.write("まだですか"), walk.write("まだですか")
    assert [s.key for s in first.says] == ["waiting.kept"]
    assert second.says == ()
    assert first.asks == second.asks == (Relay(),)


def test_while_a_person_talks_the_bot_is_silent() -> None:
    walk = at(Stage.TALKING)
    for words in ("はい", "1", "0", "ほかを見る", "種類をえらぶ", "交流の場"):
        turn = walk.write(words, a_worry("mental_health"))
        assert (turn.says, turn.asks) == ((), (Relay(),))


def test_another_member_while_one_waits_is_told_how_it_stands() -> None:
    walk = at(Stage.QUEUED)
    turn = walk.tap("pick:m3")
    assert [s.key for s in turn.says] == ["waiting.still"]
    assert (turn.asks, walk.state.stage) == ((), Stage.QUEUED)
