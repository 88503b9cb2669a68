"""Danger: the right digits, at once, honestly, whoever holds the talk."""

import pytest

from bot.conversation import Escalate, Holder, KeepSecret, Relay, Stage
from bot.line.messages import render
from directory_data.load import load_pack
from routing.judgement import Level, UrgentKind
from tests.bot.talking import Walk, at
from tests.build import a_danger, a_scene, a_worry

KUMAMOTO = load_pack("kumamoto")


def test_an_emergency_stops_every_other_question() -> None:
    walk = at(Stage.CONSENT)
    turn = walk.write("いま", a_danger())
    assert [say.key for say in turn.says] == ["danger.card.me.suicide", "danger.question.me"]
    assert "安全な場所にいますか" in turn.says[1].text
    again = walk.write("ねむれない", a_worry("mental_health"))
    assert walk.state.stage is Stage.SAFETY
    assert "0120-279-338" in again.says[0].text


@pytest.mark.parametrize("watched", [True, False])
def test_who_watches_is_said_honestly(watched: bool) -> None:
    walk = Walk(scene=a_scene(watched=watched))
    text = walk.write("いま", a_danger()).says[1].text
    assert ("見ている人はいません" in text) is not watched


def test_safe_goes_on_to_people() -> None:
    walk = at(Stage.SAFETY)
    turn = walk.write("はい")
    assert walk.state.stage is Stage.SUGGESTED
    assert walk.state.offered
    assert "0120-279-338" in turn.says[0].text


def test_not_safe_keeps_the_numbers_and_raises() -> None:
    walk = Walk()
    walk.tap("help")
    turn = walk.write("いいえ")
    assert walk.state.stage is Stage.SAFETY
    assert walk.state.level is Level.EMERGENCY
    assert turn.asks == (Escalate(Level.EMERGENCY, None, ("safety.not_safe",), False),)
    assert "119" in turn.says[0].text


def test_emergency_words_get_the_card_every_time() -> None:
    walk = Walk()
    for _ in range(3):
        assert walk.write("いま", a_danger()).says[0].cards[0].crisis


def test_urgent_shows_the_card_once_then_the_numbers() -> None:
    walk = at(Stage.SUGGESTED)
    danger = a_danger(Level.URGENT)
    first, second = walk.write("つらい", danger), walk.write("つらい", danger)
    assert first.says[0].cards[0].crisis and "suggest" in first.says[-1].key
    assert second.says[0].key == "danger.again"
    assert "0120-279-338" in second.says[0].text
    assert [a for a in second.asks if isinstance(a, Escalate)] == []


def test_another_danger_gets_its_own_card() -> None:
    walk = at(Stage.SUGGESTED)
    walk.write("つらい", a_danger(Level.EMERGENCY))
    walk.write("はい")
    turn = walk.write("こわい", a_danger(Level.URGENT, UrgentKind.VIOLENCE))
    assert turn.says[0].key == "danger.card.me.violence"
    assert walk.state.level is Level.EMERGENCY
    assert walk.state.kind is UrgentKind.VIOLENCE


def test_a_refusal_is_kept_and_the_card_still_shown() -> None:
    walk = at(Stage.SUGGESTED)
    turn = walk.write("だれにも言わないで", a_danger(Level.URGENT))
    assert turn.asks == (KeepSecret(),)
    assert turn.says[0].cards[0].crisis
    assert walk.state.keep_secret


def test_a_refusal_afterwards_is_kept_and_answered_honestly() -> None:
    walk = at(Stage.SUGGESTED)
    walk.write("つらい", a_danger(Level.URGENT))
    turn = walk.write("だれにも言わないで", a_worry("work", "poverty", clear=False))
    assert turn.says[0].key == "secret.kept_raised"
    assert turn.asks == (KeepSecret(),)


def test_concern_shows_the_numbers_gently_once() -> None:
    walk = at(Stage.LISTENING)
    danger = a_danger(Level.CONCERN, UrgentKind.SUICIDE, "mental_health")
    keys = [say.key for say in walk.write("つらい", danger).says]
    assert keys == ["suggest.fits", "danger.card.gentle", "suggest.choices"]
    assert "danger.card.gentle" not in [say.key for say in walk.write("つらい", danger).says]


def test_a_person_in_the_talk_reads_the_words_too() -> None:
    walk = at(Stage.TALKING)
    turn = walk.write("いま", a_danger())
    assert turn.asks[0] == Relay()
    assert walk.state.holder is Holder.STAFF
    after = walk.write("だいじょうぶになってきました")
    assert (after.says, after.asks, walk.state.stage) == ((), (Relay(),), Stage.TALKING)


@pytest.mark.parametrize("number", ["110", "１１９", "189"])
def test_a_number_sent_as_text_calls_nobody_and_says_so(number: str) -> None:
    walk = at(Stage.SUGGESTED)
    turn = walk.write(number)
    assert "電話はつながりません" in turn.says[0].text
    assert walk.state.stage is Stage.SUGGESTED
    assert render(turn.says[0], "t")["contents"]["body"]
