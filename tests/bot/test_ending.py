"""Stopping, leaving, deleting, the survey: one clear outcome each."""

import pytest

from bot.conversation import (
    Conversation,
    Erase,
    Holder,
    RecordSurvey,
    Relay,
    ResumeContact,
    Stage,
    StopContact,
    Withdraw,
)
from routing.judgement import Level
from tests.bot.talking import at
from tests.build import TALK, a_danger, a_worry


@pytest.mark.parametrize("stage", [Stage.QUEUED, Stage.TALKING])
def test_leaving_ends_access_and_offers_other_ways(stage: Stage) -> None:
    walk = at(stage)
    left = walk.state.chosen
    turn = walk.write("やめる")
    assert turn.asks == (Withdraw(),)
    assert (walk.state.chosen, walk.state.holder) == ("", Holder.BOT)
    assert left in walk.state.excluded
    assert "もうあなたの書いたことを読めません" in turn.says[0].text
    assert left not in walk.write("ほかの団体を見る").next.offered


@pytest.mark.parametrize("stage", [Stage.LISTENING, Stage.SUGGESTED, Stage.CONSENT, Stage.SAFETY])
def test_stopping_a_talk_nobody_holds_just_ends_it(stage: Stage) -> None:
    walk = at(stage)
    turn = walk.write("やめる")
    assert turn.asks == ()
    assert walk.state.stage is Stage.CLOSED
    assert "110" in turn.says[-1].text


def test_stopping_ends_the_request_in_the_tray() -> None:
    walk = at(Stage.SUGGESTED)
    walk.write("どれもちがう")
    turn = walk.write("終わりにする")
    assert turn.asks == (Withdraw(),)
    assert turn.says[0].key == "withdraw.tray"


@pytest.mark.parametrize("stage", Stage)
def test_deleting_needs_one_confirmation_and_leaves_nothing(stage: Stage) -> None:
    walk = at(stage)
    held = walk.state.holder is Holder.STAFF
    asked = walk.write("消して")
    assert Erase() not in asked.asks
    assert "件数" in asked.says[-1].text
    turn = walk.write("消す")
    assert turn.asks == ((Withdraw(), Erase()) if held else (Erase(),))
    assert walk.state == Conversation(TALK)


def test_an_open_escalation_is_named_before_deleting() -> None:
    walk = at(Stage.SAFETY)
    assert "確認が終わるまで消せません" in walk.write("消して").says[-1].text
    calm = at(Stage.SUGGESTED)
    assert "確認が終わるまで" not in calm.write("消して").says[-1].text


def test_not_deleting_goes_on_where_it_stood() -> None:
    walk = at(Stage.ERASING)
    turn = walk.write("消さない")
    assert turn.says[0].key == "erase.kept"
    assert walk.state.stage is Stage.SUGGESTED


def test_other_words_instead_of_a_confirmation_are_taken_as_words() -> None:
    walk = at(Stage.TALKING)
    walk.write("消して")
    turn = walk.write("やっぱり話したい")
    assert walk.state.stage is Stage.TALKING
    assert Relay() in turn.asks
    assert turn.says[0].key == "erase.kept"


def test_contact_stops_and_starts_again() -> None:
    walk = at(Stage.QUEUED)
    assert walk.write("連絡しないで").asks == (StopContact(),)
    assert walk.write("連絡して").asks == (ResumeContact(),)
    assert walk.state.stage is Stage.QUEUED


@pytest.mark.parametrize(("word", "answer"), [("1", "useful"), ("役に立たなかった", "not_useful")])
def test_the_survey_is_recorded(word: str, answer: str) -> None:
    walk = at(Stage.SURVEY)
    assert walk.write(word).asks == (RecordSurvey(answer),)
    assert walk.state.stage is Stage.CLOSED


def test_the_survey_may_be_skipped_or_passed_over() -> None:
    assert at(Stage.SURVEY).write("答えない").asks == ()
    walk = at(Stage.SURVEY)
    walk.write("お金がない", a_worry("poverty"))
    assert walk.state.stage is Stage.SUGGESTED
    assert at(Stage.SURVEY).write("ありがとう").next.stage is Stage.CLOSED


def test_danger_while_deleting_goes_first_and_deletes_nothing() -> None:
    walk = at(Stage.ERASING)
    turn = walk.write("いま", a_danger(Level.URGENT))
    assert turn.says[0].cards[0].crisis
    assert Erase() not in turn.asks
    assert walk.state.stage is Stage.SUGGESTED
