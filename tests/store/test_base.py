"""Times are aware UTC on every database; ids are what LINE takes as a retry key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from store.base import new_id
from store.engine import Database
from store.people import DataKey

TOKYO = timezone(timedelta(hours=9))


def test_a_time_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    noon = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=TOKYO)
    with database.sessions.begin() as session:
        session.add(DataKey(id="k", wrapped=b"x", created_at=noon))
    with database.reads() as session:
        stored = session.scalar(select(DataKey.created_at).where(DataKey.id == "k"))
        found = session.scalar(select(DataKey.id).where(DataKey.created_at == noon))
    assert stored == noon and stored is not None and stored.tzinfo is UTC
    assert found == "k"


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 11, 23)  # noqa: DTZ001 - that is what must be refused
    with pytest.raises(StatementError, match="without a zone"), database.sessions() as session:
        session.add(DataKey(id="k", wrapped=b"x", created_at=naive))
        session.flush()


def test_ids_are_uuids_and_differ() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100 and all(str(UUID(each)) == each for each in ids)
