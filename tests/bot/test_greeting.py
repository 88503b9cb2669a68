"""The first words say what must be said, to everybody, and never too early."""

from bot.conversation import Conversation, Inbound, InboundKind, ResumeContact, Stage
from tests.bot.talking import Walk, at
from tests.build import DIRECTORY, NEXT_TALK, TALK, a_danger, a_scene, a_worry

MUST = ("架空市 福祉課", "既読", "90日", "医療では", "同意がなくても", "やめる", "消して", "110")


def test_a_new_friend_is_told_everything_that_must_be_said() -> None:
    turn = Walk().send(Inbound(InboundKind.FOLLOW))
    said = "\n".join(say.text for say in turn.says)
    assert len(turn.says) == 3
    for words in (*MUST, "0120-279-338"):
        assert words in said
    for category in DIRECTORY.categories.values():
        assert (category.label["ja"] in said) == category.on_menu


def test_nobody_is_promised_when_nobody_watches() -> None:
    alone = Walk().send(Inbound(InboundKind.FOLLOW)).says[1].text
    watched = Walk(scene=a_scene(watched=True)).send(Inbound(InboundKind.FOLLOW)).says[1].text
    assert "見ている人はいません" in alone
    assert "見ている人はいません" not in watched
    assert "約束できません" in watched


def test_words_before_any_greeting_still_hear_it_once() -> None:
    walk = Walk()
    first = walk.write("ねむれない", a_worry("mental_health"))
    for words in MUST:
        assert words in first.says[0].text
    again = walk.write("ねむれない", a_worry("mental_health"))
    assert again.says[0].key == "suggest.fits"


def test_in_danger_the_greeting_waits_for_the_answer_about_safety() -> None:
    walk = Walk()
    assert all("greeting" not in say.key for say in walk.write("いま", a_danger()).says)
    keys = [say.key for say in walk.write("はい").says]
    assert keys[:2] == ["danger.safe", "greeting.brief"]


def test_coming_back_is_short_and_goes_on() -> None:
    walk = at(Stage.QUEUED)
    turn = walk.send(Inbound(InboundKind.FOLLOW))
    assert [say.key for say in turn.says] == ["greeting.back", "waiting.still"]
    assert turn.asks == (ResumeContact(),)
    assert walk.state.stage is Stage.QUEUED


def test_words_after_the_end_begin_a_new_talk() -> None:
    walk = at(Stage.CLOSED)
    turn = walk.write("お金がない", a_worry("poverty"))
    assert walk.state.talk == NEXT_TALK
    assert walk.state.stage is Stage.SUGGESTED
    assert turn.says[0].key == "greeting.again"
    assert walk.state.worry == "お金がない"


def test_thanks_after_the_end_begin_nothing() -> None:
    walk = at(Stage.CLOSED)
    walk.write("ありがとう")
    assert walk.state.talk == TALK


def test_a_part_of_a_heading_is_enough() -> None:
    walk = Walk()
    walk.send(Inbound(InboundKind.FOLLOW))
    assert walk.write("お金").next.categories == ("poverty",)


def test_a_new_talk_keeps_the_level() -> None:
    walk = Walk(Conversation(TALK))
    walk.write("つらい", a_danger())
    level = walk.state.level
    walk.write("やめる")
    assert walk.write("こんどは仕事", a_worry("work")).next.level is level
