"""`genkan directory`: look after a data pack."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from directory_data.faults import PackFaults
from directory_data.load import load_pack
from directory_data.summary import counts, gaps


@click.group("directory")
def directory() -> None:
    """Look after the data pack: members, categories, hotlines."""


@directory.command("check")
@click.argument("path", required=False)
def check(path: str | None) -> None:
    """Name every fault of a pack as file:line, or count what is in it.

    PATH is a pack's folder or name; without it, the pack of the environment variable DATA_PACK.
    """
    pack = path or os.environ.get("DATA_PACK", "").strip() or "kumamoto"
    today = datetime.now(ZoneInfo("Asia/Tokyo")).date()
    try:
        found = load_pack(pack, today)
    except PackFaults as faults:
        click.echo(faults)
        click.echo(f"{len(faults.faults)} fault(s) in {pack}", err=True)
        sys.exit(1)
    for name, count in counts(found).items():
        click.echo(f"{count:5d}  {name}")
    for gap in gaps(found):
        click.echo(f"note: {gap}")
    click.echo(f"{pack}: no faults")
