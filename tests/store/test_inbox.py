"""The letterbox at rest and at the door: repeats fall away, nothing lies there in clear."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from desk.post import Result, Verdict
from store import inbox
from store.base import new_id
from tests.letterbox import START, House

WORRY = "田中さんに夜おそく会社でどなられて ねむれません"
STAFF = "木村が読みました。あした話しましょう"


def arrived(house: House) -> House:
    """Somebody with words everywhere: kept, waiting, agreed, raised, answered, not yet sent."""
    resident = house.resident()
    resident.agrees(WORRY, message_id="M1")
    resident.says("いま薬をたくさん飲みました", "M2")
    house.post.verdicts = [Verdict(Result.TRY_LATER, 429)] * 3
    resident.hears_from_staff(STAFF)
    house.work(resident.person.id)
    house.keep(resident.text("まだ読まれていない言葉"))
    return house


def secrets(house: House) -> list[bytes]:
    words = ["田中", "どなられ", "薬をたくさん", "木村", "読まれていない", "ねむれません"]
    return [house.resident().line_id.encode(), *(word.encode() for word in words)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_file_holds_no_word_no_name_no_line_id(house: House) -> None:
    arrived(house)
    path = Path(house.office.settings.database_url.removeprefix("sqlite:///"))
    files = [path, path.with_name(path.name + "-wal")]
    stored = b"".join(file.read_bytes() for file in files if file.exists())
    assert len(stored) > 50_000
    for secret in secrets(house):
        assert secret not in stored
        assert secret.decode().encode("unicode_escape") not in stored
        assert secret.hex().encode() not in stored


def test_no_column_of_any_table_holds_them(house: House) -> None:
    arrived(house)
    engine = house.office.database.engine
    found = []
    with house.office.database.reads() as session:
        for table in inspect(engine).get_table_names():
            for row in session.execute(text(f'SELECT * FROM "{table}"')):
                for value in row:
                    raw = value if isinstance(value, bytes) else str(value).encode()
                    found += [(table, s) for s in secrets(house) if s in bytes(raw)]
    assert found == []


def test_events_of_one_batch_keep_the_order_of_the_body(house: House) -> None:
    resident = house.resident()
    events = [resident.text(str(n)) for n in range(40)]
    for event in events:
        event["timestamp"] = events[0]["timestamp"]
    house.keep(*events)
    with house.office.database.reads() as session:
        rows = session.execute(text("SELECT event_id FROM inbound_event ORDER BY event_ms, seq"))
        assert [row[0] for row in rows] == [event["webhookEventId"] for event in events]


def test_the_oldest_waiting_event_is_known(house: House) -> None:
    with house.office.database.reads() as session:
        assert inbox.oldest_waiting(session) is None
    accepted = house.clock()
    house.keep(house.resident().text("こんにちは"))
    house.clock.forward(60)
    house.keep(house.resident("b").text("こんにちは", at=-600))
    with house.office.database.reads() as session:
        assert inbox.oldest_waiting(session) == accepted
        assert inbox.next_event(session, "nobody") is None


def test_an_event_whose_key_was_destroyed_is_left_out_and_told(house: House) -> None:
    event = house.resident().text("こんにちは")
    person = house.keep(event).pop()
    row = {
        "event_id": "01GONE",
        "person_id": person,
        "data_key_id": new_id(),
        "raw_sealed": b"x",
        "event_ms": 1,
        "kind": "follow",
    }
    with house.office.database.connect_autocommit() as connection:
        assert inbox.add_events(connection, [row], START) is False
    assert house.waiting_events() == 1
