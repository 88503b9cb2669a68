"""Every button can be typed; old and unfit ones change nothing."""

from __future__ import annotations

import pytest

from bot.conversation import Holder, Stage
from bot.dialogue import step
from routing.judgement import Judgement
from tests.bot.talking import at
from tests.build import a_scene, a_tap, a_text


@pytest.mark.parametrize("stage", Stage)
def test_typed_words_and_numbers_do_what_the_tap_does(stage: Stage) -> None:
    walk = at(stage)
    for item in walk.state.menu:
        tapped = step(walk.state, a_tap(item.action), Judgement(), walk.scene)
        for word in item.words:
            typed = step(walk.state, a_text(word), Judgement(), walk.scene)
            assert typed.next == tapped.next, word
            assert typed.says == tapped.says, word


@pytest.mark.parametrize("stage", Stage)
def test_every_choice_shown_can_be_typed_and_is_named_in_the_text(stage: Stage) -> None:
    walk = at(stage)
    for turn in walk.turns[-1:]:
        for button in turn.says[-1].choices if turn.says else ():
            named = [i for i in walk.state.menu if i.action == button.action]
            if walk.state.holder is Holder.BOT and walk.state.stage is not Stage.CLOSED:
                assert named, button
            assert button.label in turn.says[-1].text or button.action == "help"


@pytest.mark.parametrize("stage", Stage)
def test_a_button_of_an_earlier_talk_changes_nothing(stage: Stage) -> None:
    walk = at(stage)
    turn = step(walk.state, a_tap("pick:m1", "long-ago"), Judgement(), walk.scene)
    assert turn.asks == ()
    assert turn.says[0].key in ("other.stale", "greeting.brief")
    assert turn.next.chosen == walk.state.chosen


@pytest.mark.parametrize("stage", Stage)
def test_help_works_from_any_button_however_old(stage: Stage) -> None:
    turn = step(at(stage).state, a_tap("help", "long-ago"), Judgement(), a_scene())
    assert turn.says[0].cards[0].crisis
    assert turn.next.stage is Stage.SAFETY
    assert turn.urgent


def test_unknown_actions_are_answered_kindly() -> None:
    turn = at(Stage.SUGGESTED).tap("nonsense:1:2")
    assert turn.says[0].key == "other.unfit"
    assert turn.next.stage is Stage.SUGGESTED
