"""消して: keys are destroyed, nothing opens any more, the farewell still arrives."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.conversation import Stage
from desk.post import Result, Verdict
from store.letterbox import OutboxMessage
from store.people import DataKey
from store.talks import Message, Talk
from store.vault import INDEX_KEY_ID
from tests.letterbox import House, Resident

SECRET = "田中さんに夜おそく会社でどなられてつらいです"
AWAY = Verdict(Result.TRY_LATER, 429)


@pytest.fixture
def resident(house: House) -> Resident:
    return house.resident()


def erased(resident: Resident) -> None:
    resident.says("消して")
    resident.says("はい")


def test_the_keys_go_and_with_them_everything(house: House, resident: Resident) -> None:
    resident.agrees(SECRET)
    erased(resident)
    assert house.key_ids() == {INDEX_KEY_ID}
    assert house.post.keys[-1] == "erase.done"
    with house.office.database.reads() as session:
        assert session.scalars(select(Message.words_sealed).distinct()).all() == [None]
        assert session.scalars(select(Talk.state_sealed).distinct()).all() == [None]
        assert session.scalars(select(OutboxMessage.payload_sealed).distinct()).all() == [None]
    (case,) = resident.cases()
    assert (case.status, case.summary_sealed) == ("withdrawn", None)
    assert (resident.person.address_sealed, resident.person.data_key_id) == (None, None)


def test_earlier_talks_are_erased_too(house: House, resident: Resident) -> None:
    resident.says(SECRET)
    resident.taps("finish")
    resident.says("さみしくてだれかと話したいです")
    assert len(house.key_ids()) == 3
    erased(resident)
    assert house.key_ids() == {INDEX_KEY_ID}


def test_an_open_escalation_stays_without_words(house: House, resident: Resident) -> None:
    resident.says("いま薬をたくさん飲みました")
    resident.says("話をつづける")
    erased(resident)
    (case,) = resident.cases("escalation")
    assert (case.status, case.level, case.summary_sealed) == ("waiting", "emergency", None)


def test_while_line_is_away_the_address_waits_for_the_farewell(
    house: House, resident: Resident
) -> None:
    resident.says(SECRET)
    resident.says("消して")
    house.post.verdicts = [AWAY, AWAY]
    resident.says("はい")
    assert resident.person.address_sealed is not None
    house.clock.forward(120)
    house.work(resident.person.id)
    house.clock.forward(120)
    house.work(resident.person.id)
    assert (house.post.calls[-1].how, house.post.calls[-1].to) == ("push", resident.line_id)
    assert resident.person.address_sealed is None


def test_what_waited_unsent_is_never_sent(house: House, resident: Resident) -> None:
    resident.says(SECRET)
    resident.says("消して")
    house.post.verdicts = [AWAY]
    resident.hears_from_staff("田中さんのことで")
    house.work(resident.person.id)
    resident.says("はい")
    house.clock.forward(400)
    house.work(resident.person.id)
    later = [c.text for c in house.post.calls if "田中さんのことで" in c.text]
    assert len(later) == 1, "only the try before the erasure"
    (row,) = house.rows(OutboxMessage.event_id.is_(None))
    assert (row.state, row.payload_sealed) == ("cancelled", None)


def test_whoever_writes_again_is_somebody_new(house: House, resident: Resident) -> None:
    resident.says(SECRET)
    erased(resident)
    resident.says("さみしくてだれかと話したいです")
    assert resident.state.stage is Stage.SUGGESTED
    assert "田中" not in resident.state.worry
    assert resident.person.address_sealed is not None
    assert house.post.calls[-1].how == "reply"


def test_words_sent_right_behind_the_yes_are_answered(house: House, resident: Resident) -> None:
    resident.says(SECRET)
    resident.says("消して")
    yes, danger = resident.text("はい", at=1), resident.text("いま薬をたくさん飲みました", at=2)
    house.clock.forward(3)
    house.work(*house.keep(yes, danger))
    assert len(resident.cases("escalation")) == 1
    assert "danger.card.me.suicide" in house.post.keys


def test_a_new_worry_before_the_farewell_went_out_is_not_destroyed_with_it(
    house: House, resident: Resident
) -> None:
    resident.says(SECRET)
    resident.says("消して")
    house.post.verdicts = [AWAY]
    resident.says("はい")
    resident.says("さみしくてだれかと話したいです")
    house.clock.forward(300)
    house.work(resident.person.id)
    assert resident.state.worry == "さみしくてだれかと話したいです"
    assert resident.person.address_sealed is not None
    assert set(house.states()) <= {"sent", "cancelled"}


def test_events_kept_with_a_destroyed_key_are_sealed_anew(house: House, resident: Resident) -> None:
    resident.says(SECRET)
    remembered = dict(house.arrivals._people)
    erased(resident)
    house.arrivals._people = remembered
    event = resident.says("さみしくてだれかと話したいです")
    assert house.event(event["webhookEventId"]).outcome == "answered"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_destroyed_key_does_not_linger_in_the_file(house: House, resident: Resident) -> None:
    resident.says(SECRET)
    with house.office.database.reads() as session:
        wrapped = session.scalars(select(DataKey.wrapped).where(DataKey.id != INDEX_KEY_ID)).one()
    erased(resident)
    house.close()
    with house.office.database.engine.connect() as connection:
        connection.execute(text("COMMIT"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    path = Path(house.office.settings.database_url.removeprefix("sqlite:///"))
    assert wrapped not in path.read_bytes()
