"""`genkan user`: accounts of the people who work in the console."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
from sqlalchemy.exc import SQLAlchemyError

from cli.opening import open_or_explain
from desk.accounts import AccountRefused, NewAccount, Role, add_account


@click.group("user")
def user() -> None:
    """Staff accounts."""


@user.command("add")
@click.argument("email")
@click.option("--role", required=True, help=f"One of: {', '.join(Role)}.")
@click.option("--member", default=None, help="Id of the member; needed for staff and lead.")
@click.option("--name", default="", help="How colleagues call this person (default: from EMAIL).")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(email: str, role: str, member: str | None, name: str, password_stdin: bool) -> None:
    """Add an account. There is no self sign-up."""
    if not password_stdin:
        raise click.UsageError("give the password on standard input, with --password-stdin")
    password = sys.stdin.readline().rstrip("\r\n")
    office = open_or_explain()
    new = NewAccount(email, role, password, member, name)
    try:
        add_account(office.database, new, datetime.now(UTC))
    except AccountRefused as error:
        raise click.ClickException(f"{error.field}: {error}") from error
    except SQLAlchemyError as error:
        raise click.ClickException("the database is not ready: run genkan db upgrade") from error
    finally:
        office.database.close()
    click.echo(f"Added {email.strip().lower()} as {role}.")
