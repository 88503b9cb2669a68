"""How a bubble is put together."""

from bot.conversation import Conversation, Holder, Stage
from bot.dialogue import bubbles
from tests.build import DIRECTORY, TALK, a_hotline, a_scene


def test_numbers_start_at_one() -> None:
    choices = bubbles.numbered((bubbles.Choice("a", "あ"), bubbles.Choice("b", "い")))
    assert [choice.line for choice in choices] == ["1 あ", "2 い"]


def test_the_quiet_line_has_the_first_numbers_of_the_pack() -> None:
    line = bubbles.quiet_line(Conversation(TALK), a_scene())
    for hotline in DIRECTORY.card_numbers(None)[:3]:
        assert hotline.number in line


def test_a_number_in_the_name_is_not_said_twice() -> None:
    assert bubbles.hotline_name(a_hotline("p", "110番（警察）", "110"), "ja") == "110番（警察）"
    assert bubbles.hotline_name(a_hotline("s", "支援センター", "#8891"), "ja").endswith(" #8891")


def test_a_notice_is_remembered_once() -> None:
    state = bubbles.mark(bubbles.mark(Conversation(TALK), "x"), "x", "y")
    assert state.told == ("x", "y")


def test_a_person_holds_the_talk_while_it_waits_or_is_interrupted() -> None:
    assert not bubbles.is_held(Conversation(TALK, stage=Stage.SAFETY, resume=Stage.SUGGESTED))
    assert bubbles.is_held(Conversation(TALK, stage=Stage.SAFETY, resume=Stage.TALKING))
    assert bubbles.is_held(Conversation(TALK, stage=Stage.QUEUED))
    assert bubbles.is_held(Conversation(TALK, holder=Holder.STAFF))


def test_a_language_without_a_name_shows_its_code() -> None:
    assert bubbles.language_name("en", "ja") == "英語"
    assert bubbles.language_name("xx", "ja") == "xx"


def test_a_member_that_left_the_pack_is_somebody() -> None:
    assert bubbles.member_name(DIRECTORY, "gone", "ja") == "担当"
