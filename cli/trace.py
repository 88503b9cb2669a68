"""`genkan trace`: where did a message go? Prints ids and times, never words, names or LINE ids."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from cli.opening import open_or_explain


def _time(_context: click.Context, _option: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter("write a time like 2026-11-23T09:00:00+09:00") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


@click.command("trace")
@click.option("--jsonl", is_flag=True, help="One JSON object a line (the default is a table).")
@click.option("--since", callback=_time, help="Only events accepted since this time (UTC if bare).")
@click.option("--event", "event_id", help="Only this webhookEventId.")
def trace(jsonl: bool, since: datetime | None, event_id: str | None) -> None:
    """Per accepted event, in the order taken: when it was taken, its outcome, its sends."""
    from desk.trace import trace as read

    found = 0
    for line in read(open_or_explain().database, since, event_id):
        found += 1
        click.echo(json.dumps(line) if jsonl else _row(line))
    if event_id is not None and not found:
        raise click.ClickException(f"no accepted event has the id {event_id}")


def _row(line: dict[str, object]) -> str:
    sends = line["sends"]
    ways = ", ".join(f"{s['via'] or '-'}:{s['state']}×{s['attempts']}" for s in sends)  # type: ignore[attr-defined]
    late = " late" if line["late"] else ""
    return f"{line['accepted']}  {line['event_id']}  {line['outcome']}{late}  [{ways}]"
