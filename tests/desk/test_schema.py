"""Bringing a database up: once, again, on both kinds, and the members of the pack with it."""

from __future__ import annotations

from dataclasses import replace

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from desk import schema
from desk.office import Office
from store.accounts import MemberRow
from store.engine import Database
from store.people import DataKey
from store.tables import Base
from store.vault import INDEX_KEY_ID
from tests.letterbox import START


def test_the_migrations_make_exactly_the_tables(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert schema.is_current(database)


def test_again_keeps_the_index_key_and_what_members_said(office: Office) -> None:
    database = office.database
    with database.sessions.begin() as session:
        wrapped = session.get_one(DataKey, INDEX_KEY_ID).wrapped
        session.get_one(MemberRow, "org03").paused = True
    schema.upgrade(database, office.vault, office.directory, START)
    with database.reads() as session:
        assert session.get_one(DataKey, INDEX_KEY_ID).wrapped == wrapped
        assert session.get_one(MemberRow, "org03").paused


def test_a_member_that_left_the_pack_stays_inactive_and_may_return(office: Office) -> None:
    fewer = {k: v for k, v in office.directory.members.items() if k != "org03"}
    schema.upgrade(office.database, office.vault, replace(office.directory, members=fewer), START)
    with office.database.reads() as session:
        assert not session.get_one(MemberRow, "org03").active
    schema.upgrade(office.database, office.vault, office.directory, START)
    with office.database.reads() as session:
        assert session.get_one(MemberRow, "org03").active


def test_every_table_is_there(database: Database) -> None:
    assert set(Base.metadata.tables) <= set(inspect(database.engine).get_table_names())
