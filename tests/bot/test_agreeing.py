"""The preview and its yes: nothing is passed on that was not shown."""

from bot.conversation import Stage
from routing.judgement import MemberState
from tests.bot.talking import at
from tests.build import a_scene


def test_a_yes_to_an_older_preview_passes_nothing_on() -> None:
    walk = at(Stage.CONSENT)
    old = next(i.action for i in walk.state.menu if i.action.startswith("agree"))
    walk.write("それと、ひとりです")
    turn = walk.tap(old)
    assert turn.asks == ()
    assert turn.says[0].key == "consent.changed"
    assert "ひとりです" in turn.says[1].text


def test_no_word_of_the_resident_travels_in_a_button() -> None:
    walk = at(Stage.CONSENT)
    assert all("ねむれない" not in item.action for item in walk.state.menu)


def test_words_that_are_no_yes_pass_nothing_on() -> None:
    walk = at(Stage.CONSENT)
    turn = walk.write("どうしようかな")
    assert (turn.asks, walk.state.stage) == ((), Stage.CONSENT)
    assert turn.says[0].key == "consent.unsure"


def test_back_and_another_member() -> None:
    walk = at(Stage.CONSENT)
    assert walk.write("もどる").next.stage is Stage.SUGGESTED
    assert walk.write("2").next.chosen == walk.state.offered[1]


def test_a_member_that_filled_up_meanwhile_is_not_asked() -> None:
    walk = at(Stage.CONSENT)
    walk.scene = a_scene(members={walk.state.chosen: MemberState("m", paused=True)})
    turn = walk.write("はい")
    assert turn.asks == ()
    assert turn.says[0].key == "suggest.busy"


def test_a_member_never_shown_cannot_be_picked() -> None:
    walk = at(Stage.SUGGESTED)
    assert walk.tap("pick:m6").says[0].key == "other.unfit"
    assert walk.state.chosen == ""
