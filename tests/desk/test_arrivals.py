"""Arrived events become rows of the right people, sealed, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from desk.arrivals import Arrivals
from store.people import DataKey, Person
from store.vault import INDEX_KEY_ID
from tests.letterbox import House


def count(house: House, table: type) -> int:
    with house.office.database.reads() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_each_sender_is_one_person_with_one_key(house: House) -> None:
    one, other = house.resident("a"), house.resident("b")
    people = house.keep(one.text("一"), other.text("二"), one.text("三"))
    assert people == {one.person.id, other.person.id}
    assert house.keep(one.text("四")) == {one.person.id}
    assert (count(house, Person), count(house, DataKey)) == (2, 3)
    assert one.person.last_event_ms == 0


def test_the_words_open_with_the_persons_key_alone(house: House) -> None:
    event = house.resident().text("ひみつ")
    house.keep(event)
    kept = house.event(event["webhookEventId"])
    with house.office.database.reads() as session:
        key = house.office.vault.key(session, kept.data_key_id)
    assert key is not None and kept.raw_sealed is not None
    raw = key.open(f"inbound_event.raw|{kept.event_id}", kept.raw_sealed)
    assert "\\u3072\\u307f\\u3064" in raw


def test_a_repeat_keeps_what_was_first(house: House) -> None:
    event = house.resident().text("一")
    house.keep(event)
    first = house.event(event["webhookEventId"])
    house.clock.forward(30)
    house.keep(event | {"deliveryContext": {"isRedelivery": True}})
    again = house.event(event["webhookEventId"])
    assert (again.accepted_at, again.raw_sealed) == (first.accepted_at, first.raw_sealed)


def test_a_user_a_group_and_a_room_of_one_name_are_three(house: House) -> None:
    sources = [
        {"type": "user", "userId": "X1"},
        {"type": "group", "groupId": "X1"},
        {"type": "room", "roomId": "X1"},
        {},
    ]
    house.keep(*[house.resident().text("一") | {"source": source} for source in sources])
    with house.office.database.reads() as session:
        kinds = session.scalars(select(Person.kind).order_by(Person.kind)).all()
    assert kinds == ["group", "none", "room", "user"]


def test_two_processes_that_meet_somebody_at_once_agree(house: House) -> None:
    houses = [House(house.office, clock=house.clock) for _ in range(4)]
    events = [each.resident().text(str(n)) for n, each in enumerate(houses)]
    with ThreadPoolExecutor(4) as threads:
        people = list(threads.map(lambda n: houses[n].keep(events[n]), range(4)))
    assert len(set(map(frozenset, people))) == 1
    assert (count(house, Person), house.waiting_events()) == (1, 4)
    house.work(*people[0])
    assert house.waiting_events() == 0
    for each in houses:
        each.close()


def test_the_memory_of_people_has_an_end(house: House, monkeypatch: object) -> None:
    import desk.arrivals

    arrivals = Arrivals(house.office)
    monkeypatch.setattr(desk.arrivals, "_PEOPLE_REMEMBERED", 3)  # type: ignore[attr-defined]
    house.arrivals._hang_up()
    house.arrivals = arrivals
    for number in range(12):
        house.keep(house.resident(f"r{number}").text("一"))
    assert len(arrivals._people) <= 5
    assert (count(house, Person), INDEX_KEY_ID in house.key_ids()) == (12, True)
