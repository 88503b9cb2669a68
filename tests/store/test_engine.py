"""Both databases keep the same promises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import StatementError

from desk.schema import is_current
from store.engine import Database
from store.people import DataKey
from store.tables import Base

JST = timezone(timedelta(hours=9))


def _keep(database: Database, at: datetime) -> datetime:
    with database.sessions.begin() as session:
        session.add(DataKey(id="k", wrapped=b"w", created_at=at))
    with database.reads() as session:
        return session.scalars(select(DataKey).where(DataKey.id == "k")).one().created_at


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    kept = _keep(database, datetime(2026, 11, 23, 9, 30, tzinfo=JST))
    assert kept == datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    assert kept.tzinfo is UTC


def test_a_time_without_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="zone"):
        _keep(database, datetime(2026, 11, 23))  # noqa: DTZ001 - the point of the test


def test_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    assert is_current(database)
    found = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        columns = {column["name"] for column in found.get_columns(table.name)}
        assert columns == {column.name for column in table.columns}, table.name
