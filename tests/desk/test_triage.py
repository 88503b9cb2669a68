"""Words of danger are found among all that waits, once, whatever else waits there."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from bot.line.inbound import read_event
from desk.arrivals import Arrival
from desk.triage import Triage
from store.people import DataKey
from tests.letterbox import House

DANGER = "いまから飛び降ります"
CALM = "職場の人間関係がつらいです"


@pytest.fixture
def triage(house: House) -> Triage:
    return Triage(house.office, read_event)


@pytest.mark.parametrize("words", [DANGER, "死にたいです", "助けて", "夫に殴られている"])
def test_danger_is_found_among_calm_words(house: House, triage: Triage, words: str) -> None:
    others = [house.resident(f"r{n}").text(CALM) for n in range(5)]
    found = house.keep(house.resident("x").text(words))
    house.keep(*others)
    assert triage.look() == list(found)


def test_what_was_looked_at_is_not_looked_at_again(house: House, triage: Triage) -> None:
    first = house.keep(house.resident("x").text(DANGER))
    assert triage.look() == list(first)
    assert triage.look() == []
    second = house.keep(house.resident("y").text(DANGER))
    assert triage.look() == list(second)


def test_somebody_with_two_alarms_is_named_once(house: House, triage: Triage) -> None:
    resident = house.resident("x")
    people = house.keep(resident.text(DANGER), resident.text("助けて"))
    assert triage.look() == list(people)


def test_a_turn_that_was_taken_is_no_alarm_any_more(house: House, triage: Triage) -> None:
    house.work(*house.keep(house.resident("x").text(DANGER)))
    assert triage.look() == []


@pytest.mark.parametrize(("action", "alarms"), [("help", 1), ("safe:no", 1), ("safe:yes", 0)])
def test_the_button_for_help_is_an_alarm(
    house: House, triage: Triage, action: str, alarms: int
) -> None:
    house.keep(house.resident("x").postback(f"a={action}&t=any"))
    assert len(triage.look()) == alarms


def test_what_may_not_be_answered_is_passed_over(house: House, triage: Triage) -> None:
    resident = house.resident("x")
    house.keep(resident.text(DANGER, mode="standby"), resident.event("unfollow"))
    danger = house.keep(house.resident("y").text(DANGER))
    assert triage.look() == list(danger)


@pytest.mark.parametrize("raw", ["null", '"strange"', "not JSON", "[" * 100_000, "{}"])
def test_a_strange_event_harms_nobody(house: House, triage: Triage, raw: str) -> None:
    strange = Arrival("strange", "user", "U1", 1, "message.text", raw)
    house.arrivals.write([strange], house.clock())
    danger = house.keep(house.resident("y").text(DANGER))
    assert triage.look() == list(danger)


def test_an_erased_key_hides_its_events_and_a_broken_one_harms_nobody(
    house: House, triage: Triage
) -> None:
    house.keep(house.resident("erased").text(DANGER), house.resident("broken").text(DANGER))
    erased, broken = house.resident("erased").person, house.resident("broken").person
    with house.office.database.sessions.begin() as session:
        session.execute(delete(DataKey).where(DataKey.id == erased.data_key_id))
        session.get_one(DataKey, broken.data_key_id).wrapped = b"damaged"
    danger = house.keep(house.resident("y").text(DANGER))
    assert triage.look() == list(danger)
