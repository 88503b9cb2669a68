"""What a resident hears when staff act."""

from hypothesis import given
from hypothesis import strategies as st

from bot import notices
from bot.conversation import Holder, PutInTray, Stage
from routing.judgement import MemberState
from tests.bot.talking import at
from tests.build import DIRECTORY, a_danger, a_scene


def test_accepted_names_the_member_and_falls_silent() -> None:
    walk = at(Stage.QUEUED)
    turn = notices.accepted(walk.state, walk.scene)
    assert DIRECTORY.members[walk.state.chosen].name in turn.says[0].text
    assert (turn.next.stage, turn.next.holder) == (Stage.TALKING, Holder.STAFF)


def test_accepted_does_not_wipe_the_question_about_safety() -> None:
    walk = at(Stage.QUEUED)
    walk.write("いま", a_danger())
    walk.take(notices.accepted(walk.state, walk.scene))
    assert walk.state.stage is Stage.SAFETY
    walk.write("はい")
    assert walk.state.stage is Stage.TALKING


def test_declined_offers_the_next_without_that_member() -> None:
    walk = at(Stage.QUEUED)
    left = walk.state.chosen
    turn = walk.take(notices.declined(walk.state, walk.scene))
    assert turn.says[0].key == "waiting.declined"
    assert walk.state.offered and left not in walk.state.offered
    assert (walk.state.holder, walk.state.chosen) == (Holder.BOT, "")


def test_declined_by_all_goes_to_the_tray() -> None:
    walk = at(Stage.QUEUED)
    full = {m: MemberState(m, capacity=0) for m in DIRECTORY.members}
    turn = walk.take(notices.declined(walk.state, a_scene(members=full)))
    assert turn.asks == (PutInTray("declined_by_all"),)
    assert turn.says[-1].key == "waiting.declined_none"


def test_declined_during_danger_asks_nothing_more() -> None:
    walk = at(Stage.QUEUED)
    walk.write("いま", a_danger())
    turn = walk.take(notices.declined(walk.state, walk.scene))
    assert len(turn.says) == 1
    assert walk.state.stage is Stage.SAFETY
    assert walk.write("はい").next.stage is Stage.SUGGESTED


def test_closed_says_goodbye_and_asks_one_question() -> None:
    walk = at(Stage.TALKING)
    turn = walk.take(notices.closed(walk.state, walk.scene))
    assert [s.key for s in turn.says] == ["closing.bye", "closing.survey"]
    assert len([b for b in turn.says[1].choices if b.action.startswith("survey:")]) == 4


def test_a_persons_words_carry_their_name() -> None:
    (say,) = notices.staff_says("みどりの会", "こんにちは")
    assert (say.speaker, say.text) == ("みどりの会", "こんにちは")
    assert notices.coordinator_says("架空市 福祉課", "はい")[0].speaker == "架空市 福祉課"


def test_long_words_are_cut_at_line_ends() -> None:
    parts = notices.split("あ" * 3_000 + "\n" + "い" * 3_000)
    assert parts == ("あ" * 3_000, "い" * 3_000)


@given(st.text(alphabet="あ😊\n b", min_size=1, max_size=60), st.integers(2, 20))
def test_no_part_is_too_long_and_no_sign_is_lost(words: str, longest: int) -> None:
    parts = notices.split(words, longest)
    assert all(0 < notices.units(part) <= longest for part in parts)
    kept = "".join("".join(parts).split())
    assert kept == "".join(words.split())
