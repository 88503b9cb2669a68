"""Builders of what a test lives in: settings, an office, a PostgreSQL schema of its own."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import create_engine, text

from desk.office import Office
from directory_data.load import load_pack
from directory_data.model import Directory
from routing.judge import Judge
from settings import Settings
from store.engine import Database
from store.vault import Vault

SEALING_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


class RememberingBell:
    """A bell that remembers whom it was rung for."""

    def __init__(self) -> None:
        self.rung: list[str] = []

    def __call__(self, people: Collection[str]) -> None:
        self.rung.extend(people)


def make_settings(database_url: str, **changes: str) -> Settings:
    """Settings as an operator would give them."""
    environ = {
        "DATABASE_URL": database_url,
        "LINE_CHANNEL_SECRET": "test-channel-secret",
        "LINE_CHANNEL_ACCESS_TOKEN": "test-access-token",
        "LINE_API_HOST": "http://127.0.0.1:1",
        "SECRET_KEY": "test-secret-key-of-this-house",
        "SEALING_KEYS": SEALING_KEY,
    }
    return Settings.from_env(environ | changes)


@cache
def kumamoto() -> tuple[Directory, Judge]:
    """The shipped pack and its judge, built once for all tests."""
    directory = load_pack("kumamoto")
    return directory, Judge(directory)


def make_office(settings: Settings, database: Database) -> Office:
    """An office on a migrated database."""
    directory, judge = kumamoto()
    return Office(
        settings, database, Vault(settings.sealing_keys), directory, judge, RememberingBell()
    )


@contextmanager
def fresh_schema(url: str) -> Iterator[str]:
    """A PostgreSQL schema that lives as long as the block; yields the address that uses it."""
    name = f"genkan_{uuid.uuid4().hex[:12]}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    joiner = "&" if "?" in url else "?"
    try:
        yield f"{url}{joiner}options=-csearch_path%3D{name}"
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()
