"""`genkan keys rotate`: wrap every data key again with the newest key of SEALING_KEYS."""

from __future__ import annotations

import click

from cli.opening import open_or_explain


@click.group("keys")
def keys() -> None:
    """The sealing keys."""


@keys.command("rotate")
def rotate() -> None:
    """Put the new key first in SEALING_KEYS, restart, run this, then drop the old key."""
    from desk.rotate import rotate as rewrap
    from store.vault import SealBroken

    try:
        count = rewrap(open_or_explain())
    except SealBroken as error:
        raise click.ClickException(
            "SEALING_KEYS: no key opens what is stored; put the former key behind the new one"
        ) from error
    click.echo(f"{count} data keys wrapped with the newest sealing key")


@keys.command("new")
def new() -> None:
    """Print a fresh key for SEALING_KEYS."""
    from cryptography.fernet import Fernet

    click.echo(Fernet.generate_key().decode())
