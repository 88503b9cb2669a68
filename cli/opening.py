"""Opening the office for a command, with errors that name the setting, the file or the database."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from settings import Settings, SettingsError

if TYPE_CHECKING:
    from desk.office import Office


def open_or_explain(*, migrated: bool = True) -> Office:
    """The office of this environment; a `ClickException` says in one line what is wrong.

    `migrated`: the database must already have its newest shape.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from desk.health import database_fault
    from desk.office import open_office
    from directory_data.load import PackFaults

    try:
        office = open_office(Settings.from_env(os.environ))
        with office.database.reads() as session:
            session.connection()
    except (SettingsError, PackFaults) as error:
        raise click.ClickException(str(error)) from error
    except SQLAlchemyError as error:
        cause = type(getattr(error, "orig", None) or error).__name__
        raise click.ClickException(
            f"DATABASE_URL: the database cannot be opened ({cause})"
        ) from error
    fault = database_fault(office.database) if migrated else None
    if fault:
        raise click.ClickException(fault)
    return office
