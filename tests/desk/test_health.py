"""The numbers operators look at, and what the database lacks."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from desk.health import database_fault, health
from desk.post import Result, Verdict
from store.engine import Database
from store.letterbox import InboundEvent
from tests.letterbox import House


def test_an_empty_house_is_calm(house: House) -> None:
    seen = health(house.office.database, house.clock())
    assert (seen.events, seen.outbox, seen.oldest_event_seconds) == ({}, {}, 0)
    assert seen.escalations_unacknowledged == 0


def test_states_and_ages_are_counted(house: House) -> None:
    resident = house.resident()
    resident.says("いま薬をたくさん飲みました")
    house.post.verdicts = [Verdict(Result.REFUSED, 400)]
    resident.says("話をつづける")
    house.keep(resident.text("一"), resident.text("二", at=1))
    house.clock.forward(90)
    seen = health(house.office.database, house.clock())
    assert seen.events == {"done": 2, "waiting": 2}
    assert seen.outbox["failed"] >= 1 and seen.outbox["sent"] >= 2
    assert (seen.oldest_event_seconds, seen.escalations_unacknowledged) == (90, 1)
    with house.office.database.sessions.begin() as session:
        session.execute(update(InboundEvent).values(state="set_aside"))
    assert health(house.office.database, house.clock()).oldest_event_seconds == 0


def test_what_is_missing_is_said_in_words(database: Database, tmp_path: Path) -> None:
    assert database_fault(database) is None
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    assert "genkan db upgrade" in (database_fault(empty) or "")
    empty.close()
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert database_fault(away) == "the database does not answer"
    away.close()
