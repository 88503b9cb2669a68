"""Databases and an office for every test that wants them; a missing service is said, not hidden."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from desk import schema
from desk.office import Office
from directory_data.load import load_pack
from settings import Settings
from store.engine import Database
from store.vault import Vault
from tests.houses import fresh_schema, make_office, make_settings
from tests.letterbox import House

POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgresql+psycopg://root@127.0.0.1/test")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
REQUIRE_ALL = os.environ.get("GENKAN_REQUIRE_ALL", "") not in ("", "0")
NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def missing(what: str) -> None:
    """A service is not there: a failure where everything is required, else a reported skip."""
    if REQUIRE_ALL:
        pytest.fail(f"{what} (GENKAN_REQUIRE_ALL is set)", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def postgresql_url() -> str:
    """The address of a PostgreSQL in which schemas may be made."""
    try:
        engine = create_engine(POSTGRESQL, connect_args={"connect_timeout": 2})
        engine.connect().close()
        engine.dispose()
    except OperationalError:
        missing("no PostgreSQL: set TEST_DATABASE_URL")
    return POSTGRESQL


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The address of a Redis database that tests may empty."""
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=2).ping()
    except redis.RedisError:
        missing("no Redis: set TEST_REDIS_URL")
    return REDIS


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind; PostgreSQL gets a schema of its own, dropped afterwards."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'genkan.db'}"
        return
    with fresh_schema(request.getfixturevalue("postgresql_url")) as url:
        yield url


@pytest.fixture
def settings(database_url: str) -> Settings:
    return make_settings(database_url)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """A migrated database without people, on SQLite and on PostgreSQL."""
    database = Database(settings.database_url)
    schema.upgrade(database, Vault(settings.sealing_keys), load_pack(settings.data_pack), NOON)
    yield database
    database.close()


@pytest.fixture
def office(settings: Settings, database: Database) -> Office:
    """An office on that database whose bell remembers who was rung (`office.ring.rung`)."""
    return make_office(settings, database)


@pytest.fixture
def house(office: Office) -> Iterator[House]:
    """That office with its lane, a clock of its own and LINE played at the outer edge."""
    house = House(office)
    yield house
    house.close()
