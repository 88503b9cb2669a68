"""An unsent message leaves every place its words reached, whichever of the two came first."""

from __future__ import annotations

import json

import pytest

from desk.casework import read_summary
from desk.post import Result, Verdict
from desk.talks import read_words
from store.people import Tombstone
from store.talks import Talk
from tests.letterbox import House, Resident

SECRET = "田中さんに夜おそく会社でどなられてつらいです"
AWAY = Verdict(Result.TRY_LATER, 429)


@pytest.fixture
def resident(house: House) -> Resident:
    return house.resident()


def everything(house: House, resident: Resident) -> str:
    """All that can be opened in the person's talks: state, words, summaries, waiting bubbles."""
    found = []
    with house.office.database.reads() as session:
        for message in resident.messages():
            talk = session.get_one(Talk, message.conversation_id)
            key = house.office.vault.key(session, talk.data_key_id)
            found.append(read_words(key, message) or "")
            if key is not None and talk.state_sealed is not None:
                found.append(key.open(f"conversation.state|{talk.id}", talk.state_sealed))
        for purpose in ("handoff", "escalation", "tray"):
            for case in resident.cases(purpose):
                talk = session.get_one(Talk, case.conversation_id)
                key = house.office.vault.key(session, talk.data_key_id)
                found.append(json.dumps(read_summary(key, case), ensure_ascii=False))
        for row in house.rows():
            key = house.office.vault.key(session, row.data_key_id)
            if row.payload_sealed is not None and key is not None:
                found.append(key.open(f"outbox.payload|{row.id}", row.payload_sealed))
    return "\n".join(found)


def test_the_words_leave_message_state_and_waiting_bubbles(
    house: House, resident: Resident
) -> None:
    resident.says("さみしくてだれかと話したいです", "KEPT")
    house.post.verdicts = [AWAY]
    resident.says(SECRET, "GONE")
    assert "田中" in everything(house, resident)
    house.post.verdicts = [AWAY]
    resident.unsends("GONE")
    left = everything(house, resident)
    assert "田中" not in left and "どなられ" not in left
    assert "さみしくて" in left
    assert {m.line_message_id: m.unsent_at is None for m in resident.messages()} == {
        "KEPT": True,
        "GONE": False,
    }


def test_the_copy_in_a_members_case_goes_too_with_spaces_around_it(
    house: House, resident: Resident
) -> None:
    resident.agrees(f"  {SECRET}\n", message_id="GONE")
    assert SECRET in everything(house, resident)
    resident.unsends("GONE")
    assert "田中" not in everything(house, resident)
    assert "（送信取消）" in everything(house, resident)


def test_words_of_a_raised_danger_go_and_the_danger_stays(house: House, resident: Resident) -> None:
    resident.says("いま薬をたくさん飲みました", "GONE")
    resident.unsends("GONE")
    (case,) = resident.cases("escalation")
    assert (case.status, case.level) == ("waiting", "emergency")
    assert "薬" not in everything(house, resident)


def test_an_unsend_before_its_message_leaves_a_tombstone(house: House, resident: Resident) -> None:
    resident.unsends("GONE")
    event = resident.says(SECRET, "GONE")
    assert house.event(event["webhookEventId"]).outcome == "unsent"
    assert house.post.calls == [] and resident.messages() == []
    with house.office.database.reads() as session:
        assert session.get_one(Tombstone, "GONE").person_id == resident.person.id


def test_a_message_of_an_earlier_talk_goes_as_well(house: House, resident: Resident) -> None:
    resident.says(SECRET, "GONE")
    resident.taps("finish")
    resident.says("さみしくてだれかと話したいです")
    resident.unsends("GONE")
    assert "田中" not in everything(house, resident)


def test_somebody_else_cannot_unsend_it(house: House, resident: Resident) -> None:
    resident.says(SECRET, "MINE")
    house.resident("b").unsends("MINE")
    assert SECRET in everything(house, resident)


def test_unsending_twice_or_after_erasing_does_no_harm(house: House, resident: Resident) -> None:
    resident.says(SECRET, "GONE")
    resident.unsends("GONE")
    resident.unsends("GONE")
    resident.says(SECRET, "ERASED")
    resident.says("消して")
    resident.says("はい")
    event = resident.unsends("ERASED")
    assert house.event(event["webhookEventId"]).state == "done"


def test_nobody_is_answered(house: House, resident: Resident) -> None:
    resident.says(SECRET, "GONE")
    calls = len(house.post.calls)
    resident.unsends("GONE")
    assert len(house.post.calls) == calls
