"""Opening the database so that SQLite and PostgreSQL keep the same promises. No queries in here."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import Session, sessionmaker

from store.turnstile import Turnstile

READONLY = "genkan_readonly"
AUTOCOMMIT = "genkan_autocommit"


class Database:
    """One engine and its two kinds of session.

    `sessions` write: on SQLite they begin with BEGIN IMMEDIATE, because a read that upgrades to a
    write fails at once instead of waiting its turn. `reads` never take a lock. Only `desk` calls
    `sessions.begin()`.
    """

    def __init__(self, database_url: str) -> None:
        self._turnstile = _turnstile(database_url)
        self.engine = open_engine(database_url, self._turnstile)
        self.sessions: sessionmaker[Session] = sessionmaker(self.engine, expire_on_commit=False)
        self.reads: sessionmaker[Session] = sessionmaker(
            self.engine.execution_options(**{READONLY: True}), expire_on_commit=False
        )

    def connect_autocommit(self) -> Connection:
        """A connection on which every statement is a transaction of its own."""
        options = {"isolation_level": "AUTOCOMMIT", AUTOCOMMIT: True}
        return self.engine.connect().execution_options(**options)

    def first_in_line(self) -> AbstractContextManager[None]:
        """For writing what cannot wait: on SQLite nobody else begins to write meanwhile."""
        return self._turnstile.first() if self._turnstile else nullcontext()

    def close(self) -> None:
        self.engine.dispose()


def _turnstile(database_url: str) -> Turnstile | None:
    url = make_url(database_url)
    in_a_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Turnstile(f"{url.database}-turn") if in_a_file else None


def open_engine(database_url: str, turnstile: Turnstile | None = None) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`."""
    if database_url.startswith("sqlite"):
        engine = create_engine(database_url, hide_parameters=True, connect_args={"timeout": 15})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", lambda connection: _begin_sqlite(connection, turnstile))
        return engine
    engine = create_engine(
        database_url,
        pool_size=10,
        max_overflow=10,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 2, "tcp_user_timeout": 5000},
    )
    event.listen(engine, "connect", _set_up_postgresql)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    """WAL for readers beside the writer; FULL because a 200 must survive a power cut; what is
    deleted is overwritten, because a destroyed key must not linger in free pages."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _set_up_postgresql(connection: Any, _record: Any) -> None:
    """No statement may hold a worker for ever; outside a transaction, so that it stays set."""
    connection.autocommit = True
    connection.execute("SET statement_timeout = 10000")
    connection.autocommit = False


def _begin_sqlite(connection: Connection, turnstile: Turnstile | None) -> None:
    options = connection.get_execution_options()
    if options.get(AUTOCOMMIT):
        return
    readonly = options.get(READONLY, False)
    if turnstile and not readonly:
        turnstile.wait()
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")
