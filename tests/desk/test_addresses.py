"""A LINE id is sealed with the key of the present talk and moves with it."""

from __future__ import annotations

from sqlalchemy import delete

from desk.addresses import address_of, change_key
from store.people import DataKey, Person
from tests.letterbox import House


def test_the_address_moves_to_the_new_key(house: House) -> None:
    resident = house.resident()
    person_id = house.keep(resident.text("こんにちは")).pop()
    with house.office.database.sessions.begin() as session:
        person = session.get_one(Person, person_id)
        before = person.data_key_id
        assert address_of(session, house.office.vault, person) == resident.line_id
        key = change_key(session, house.office.vault, person, house.clock())
        assert person.data_key_id == key.id != before
        session.execute(delete(DataKey).where(DataKey.id == before))
        assert address_of(session, house.office.vault, person) == resident.line_id


def test_without_key_or_address_there_is_none(house: House) -> None:
    person_id = house.keep(house.resident().text("こんにちは")).pop()
    with house.office.database.sessions.begin() as session:
        person = session.get_one(Person, person_id)
        person.address_sealed = None
        assert address_of(session, house.office.vault, person) is None
        change_key(session, house.office.vault, person, house.clock())
        assert person.address_sealed is None
