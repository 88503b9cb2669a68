"""One lane per person: one holder at a time, zombies fenced off, those who wait longest first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from store import lanes
from store.letterbox import InboundEvent, OutboxMessage
from store.people import Person
from tests.letterbox import House


@pytest.fixture
def person(house: House) -> str:
    resident = house.resident()
    return house.keep(resident.text("こんにちは")).pop()


def take(house: House, person: str) -> tuple[int, bool] | None:
    with house.office.database.sessions.begin() as session:
        return lanes.take(session, person, house.clock())


def hold(house: House, person: str, token: int) -> None:
    with house.office.database.sessions.begin() as session:
        lanes.hold(session, person, token, house.clock())


def release(house: House, person: str, token: int) -> None:
    with house.office.database.sessions.begin() as session:
        lanes.release(session, person, token)


def due(house: House) -> list[str]:
    with house.office.database.reads() as session:
        return lanes.due_people(session, house.clock())


def test_of_many_workers_one_gets_the_lane(house: House, person: str) -> None:
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _n: take(house, person), range(8)))
    assert [t for t in taken if t] == [(1, False)]


def test_a_released_lane_can_be_taken_with_a_new_token(house: House, person: str) -> None:
    first, _ = take(house, person) or (0, False)
    release(house, person, first)
    assert take(house, person) == (first + 1, False)


def test_a_lease_that_ran_out_shows_that_its_holder_died(house: House, person: str) -> None:
    token, _ = take(house, person) or (0, False)
    house.clock.forward(lanes.LEASE.total_seconds() - 1)
    assert take(house, person) is None
    house.clock.forward(2)
    assert take(house, person) == (token + 1, True)


def test_holding_prolongs_the_lease(house: House, person: str) -> None:
    token, _ = take(house, person) or (0, False)
    for _ in range(3):
        house.clock.forward(lanes.LEASE.total_seconds() - 1)
        hold(house, person, token)
        assert take(house, person) is None


def test_a_zombie_can_neither_hold_nor_release(house: House, person: str) -> None:
    zombie, _ = take(house, person) or (0, False)
    house.clock.forward(lanes.LEASE.total_seconds() + 1)
    present, _ = take(house, person) or (0, False)
    with pytest.raises(lanes.LaneLost):
        hold(house, person, zombie)
    with pytest.raises(lanes.LaneLost):
        release(house, person, zombie)
    hold(house, person, present)


def test_nobody_holds_the_lane_of_nobody(house: House) -> None:
    assert take(house, "nobody") is None
    with pytest.raises(lanes.LaneLost):
        hold(house, "nobody", 0)


def test_who_waits_longest_comes_first_and_abandoned_lanes_last(house: House) -> None:
    people = []
    for name in ("a", "b", "c"):
        resident = house.resident(name)
        resident.says("さびしいです")
        people.append(resident.person.id)
    assert due(house) == []
    for name in ("c", "b", "a"):
        house.keep(house.resident(name).text("まだいますか"))
    assert due(house) == people
    take(house, people[0])
    assert due(house) == people[1:]
    house.clock.forward(lanes.LEASE.total_seconds() + 1)
    assert due(house) == [*people[1:], people[0]]


def test_what_waits_for_later_makes_nobody_due(house: House, person: str) -> None:
    later = house.clock() + timedelta(minutes=1)
    with house.office.database.sessions.begin() as session:
        session.execute(update(InboundEvent).values(next_try_at=later))
    assert due(house) == []
    house.clock.forward(61)
    assert due(house) == [person]


@pytest.mark.parametrize(
    ("state", "is_due"),
    [("waiting", True), ("trying", True), ("sent", False), ("failed", False), ("unknown", False)],
)
def test_only_open_sends_make_somebody_due(house: House, state: str, is_due: bool) -> None:
    resident = house.resident()
    resident.says("さびしいです")
    with house.office.database.sessions.begin() as session:
        session.execute(update(OutboxMessage).values(state=state))
    assert (due(house) == [resident.person.id]) is is_due


def test_events_set_aside_make_nobody_due(house: House, person: str) -> None:
    with house.office.database.sessions.begin() as session:
        session.execute(update(InboundEvent).values(state="set_aside"))
        session.execute(update(Person).values(lane_until=None))
    assert due(house) == []
