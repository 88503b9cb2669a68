"""`genkan purge`: destroy what was kept longer than the pack promises (the worker does too)."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from cli.opening import open_or_explain


@click.command("purge")
def purge() -> None:
    """Destroy the words of talks that ended longer ago than the data pack's retention_days."""
    from desk.purge import purge as destroy_old

    office = open_or_explain()
    count = destroy_old(office, datetime.now(UTC))
    click.echo(f"{count} talks older than {office.directory.city.retention_days} days destroyed")
