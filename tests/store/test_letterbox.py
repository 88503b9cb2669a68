"""The letterbox tables: unique where repeats must fall away, readable without any word."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from desk.office import Office
from store.letterbox import WAITING, Counter, InboundEvent, OutboxMessage
from store.people import Person
from tests.cases import NOW, a_talk
from tests.letterbox import House


def test_one_row_for_one_event_id(office: Office) -> None:
    def an_event() -> InboundEvent:
        return InboundEvent(
            event_id="01A",
            person_id="p",
            data_key_id="k",
            raw_sealed=b"x",
            event_ms=1,
            kind="follow",
            accepted_at=NOW,
        )

    with office.database.sessions.begin() as session:
        session.add(an_event())
    with pytest.raises(IntegrityError), office.database.sessions.begin() as session:
        session.add(an_event())


def test_new_rows_wait_and_have_been_tried_by_nobody(office: Office) -> None:
    talk_id = a_talk(office)
    with office.database.sessions.begin() as session:
        person = session.query(Person).one()
        row = OutboxMessage(person_id=person.id, conversation_id=talk_id, created_at=NOW)
        session.add(row)
        session.flush()
        assert (row.state, row.attempts, row.ambiguous, row.action) == (WAITING, 0, False, "say")
        assert not row.urgent and row.batch_id is None and len(row.id) == 36


def test_counts_may_grow_beyond_a_small_number(office: Office) -> None:
    with office.database.sessions.begin() as session:
        session.add(Counter(name="many", value=2**40))
    with office.database.reads() as session:
        assert session.get_one(Counter, "many").value == 2**40


def test_when_all_is_done_no_payload_is_left(house: House) -> None:
    resident = house.resident()
    event = resident.says("さみしくて だれかと話したいです")
    assert house.event(event["webhookEventId"]).raw_sealed is None
    assert {row.payload_sealed for row in house.rows()} == {None}
