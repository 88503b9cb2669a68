"""Serving a lane: all waiting turns, then the sends; errors of one never stop the person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from desk import lane as module
from desk.turn import MOST_TRIES
from store import lanes
from store.people import Person
from tests.letterbox import House, Resident


@pytest.fixture
def resident(house: House) -> Resident:
    return house.resident()


def lane_until(house: House, resident: Resident) -> object:
    with house.office.database.reads() as session:
        return session.get_one(Person, resident.person.id).lane_until


def test_all_turns_are_taken_before_anything_is_sent(house: House, resident: Resident) -> None:
    events = [resident.text("さみしいです", at=n / 10) for n in range(3)]
    house.post.before = lambda _call: waiting.append(house.waiting_events())
    waiting: list[int] = []
    house.work(*house.keep(*events))
    assert waiting and set(waiting) == {0}
    assert lane_until(house, resident) is None


def test_a_lane_held_by_another_is_left_alone(house: House, resident: Resident) -> None:
    house.keep(resident.text("さみしいです"))
    with house.office.database.sessions.begin() as session:
        lanes.take(session, resident.person.id, house.clock())
    house.work(resident.person.id)
    assert house.waiting_events() == 1 and house.post.calls == []


def test_an_event_that_kills_its_worker_is_set_aside_after_its_tries(
    house: House, resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = resident.text("さみしいです")
    house.keep(event)

    def killed(*_args: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(module.turn, "take_turn", killed)
    for _ in range(MOST_TRIES):
        with pytest.raises(KeyboardInterrupt):
            house.work(resident.person.id)
        house.clock.forward(lanes.LEASE.total_seconds() + 1)
    monkeypatch.undo()
    assert house.event(event["webhookEventId"]).tries == MOST_TRIES - 1
    house.keep(resident.text("つぎの言葉", at=1))
    house.work(resident.person.id)
    assert house.event(event["webhookEventId"]).state == "set_aside"
    assert house.waiting_events() == 0


def test_when_told_to_stop_the_turn_in_hand_is_the_last(house: House, resident: Resident) -> None:
    house.keep(*[resident.text("さみしいです", at=n / 10) for n in range(4)])
    asked: list[bool] = []

    def stopping() -> bool:
        asked.append(True)
        return len(asked) > 2

    replace(house.lane, stopping=stopping).work(resident.person.id)
    assert house.waiting_events() == 3
    assert lane_until(house, resident) is None


def test_a_database_that_stumbles_gives_the_lane_back(
    house: House, resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = resident.text("さみしいです")
    house.keep(event)

    def deadlock(*_args: object) -> bool:
        raise OperationalError("select", {}, Exception("deadlock detected"))

    monkeypatch.setattr(module.turn, "take_turn", deadlock)
    with pytest.raises(OperationalError):
        house.work(resident.person.id)
    assert lane_until(house, resident) is None
    monkeypatch.undo()
    house.work(resident.person.id)
    kept = house.event(event["webhookEventId"])
    assert (kept.state, kept.tries) == ("done", 0)


def test_failures_are_named_without_words(
    house: House,
    resident: Resident,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def failing(*_args: object) -> bool:
        raise ValueError("田中さんのことば")

    house.keep(resident.text("さみしいです"))
    monkeypatch.setattr(module.turn, "take_turn", failing)
    house.work(resident.person.id)
    assert "ValueError" in caplog.text and "田中" not in caplog.text
