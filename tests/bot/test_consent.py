"""What is passed on is what was previewed: each item off by itself, nothing before the yes."""

import pytest

from bot import consent
from bot.conversation import RequestHandoff, Stage
from bot.phrases import version
from tests.bot.talking import Walk, at
from tests.build import DIRECTORY, a_worry


def test_the_preview_shows_exactly_what_would_be_passed_on() -> None:
    walk = at(Stage.CONSENT)
    items = consent.items(walk.state, DIRECTORY)
    assert [i.code for i in items] == ["worry", "category", "language"]
    shown = walk.turns[-1].says[0].text
    assert all(i.label in shown and i.value in shown for i in items)


@pytest.mark.parametrize("code", ["worry", "category", "language"])
def test_an_item_switched_off_is_not_shown_and_not_asked_for(code: str) -> None:
    walk = at(Stage.CONSENT)
    value = next(i.value for i in consent.items(walk.state, DIRECTORY) if i.code == code)
    shown = walk.tap(f"item:{code}:off").says[0].text
    assert value not in shown
    (ask,) = walk.write("はい").asks
    assert isinstance(ask, RequestHandoff)
    assert code not in ask.items and len(ask.items) == 2
    assert ask.wording_version == version("ja")


def test_everything_off_leaves_only_the_wish_to_talk() -> None:
    walk = at(Stage.CONSENT)
    for code in walk.state.items:
        turn = walk.tap(f"item:{code}:off")
    assert "話したい人がいる" in turn.says[0].text
    assert consent.switched_on(walk.state, DIRECTORY) == ()
    walk.tap("item:worry:on")
    assert [i.code for i in consent.switched_on(walk.state, DIRECTORY)] == ["worry"]


def test_about_somebody_else_is_an_item_of_its_own() -> None:
    walk = Walk()
    walk.write("友だちのこと", a_worry("work"))
    state = walk.state.__class__(**{**walk.state.__dict__, "about_other": True, "chosen": "m7"})
    assert [i.code for i in consent.items(state, DIRECTORY)][-1] == "about_other"


def test_the_category_is_one_the_member_deals_with() -> None:
    walk = Walk()
    walk.write("仕事とお金", a_worry("poverty", "work"))
    walk.tap("pick:m7")
    assert consent.category_for(walk.state, DIRECTORY) == "work"
