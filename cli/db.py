"""`genkan db upgrade`: bring the database to the newest shape and the members up to the pack."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from cli.opening import open_or_explain


@click.group("db")
def db() -> None:
    """The database."""


@db.command("upgrade")
def upgrade() -> None:
    """Run the missing migrations; on an empty database this also loads the data pack."""
    from sqlalchemy.exc import SQLAlchemyError

    from desk import schema

    office = open_or_explain(migrated=False)
    try:
        schema.upgrade(office.database, office.vault, office.directory, datetime.now(UTC))
    except SQLAlchemyError as error:
        cause = type(getattr(error, "orig", None) or error).__name__
        raise click.ClickException(f"the database could not be upgraded ({cause})") from error
    click.echo(f"database is current; {len(office.directory.members)} members in the pack")
