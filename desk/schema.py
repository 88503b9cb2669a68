"""Bringing the database to the newest shape, and telling whether it is there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select
from sqlalchemy.orm import Session

import migrations
from directory_data.model import Directory
from store.accounts import MemberRow
from store.engine import Database
from store.people import DataKey
from store.vault import INDEX_KEY_ID, Vault


def upgrade(database: Database, vault: Vault, directory: Directory, now: datetime) -> None:
    """Run the missing steps, make the index key once, and bring the members up to the pack."""
    with database.engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    with database.sessions.begin() as session:
        if session.get(DataKey, INDEX_KEY_ID) is None:
            session.add(vault.new_index_key(now))
        load_members(session, directory)


def is_current(database: Database) -> bool:
    """True when every step has run."""
    with database.reads() as session:
        found = MigrationContext.configure(session.connection()).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def load_members(session: Session, directory: Directory) -> None:
    """Members of the pack become rows; one that left the pack stays, marked inactive."""
    rows = {row.id: row for row in session.scalars(select(MemberRow))}
    for member in directory.members.values():
        row = rows.get(member.id)
        if row is None:
            session.add(MemberRow(id=member.id, name=member.name, active=True))
        else:
            row.name, row.active = member.name, True
    for gone in rows.keys() - directory.members.keys():
        rows[gone].active = False


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config
