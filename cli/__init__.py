"""The operator's door: one command per file, loaded when called, so that `match` stays quick."""

from __future__ import annotations

from importlib import import_module

import click

_WHERE = {
    "db": "cli.db",
    "demo": "cli.demo",
    "directory": "cli.directory",
    "keys": "cli.keys",
    "match": "cli.match",
    "purge": "cli.purge",
    "trace": "cli.trace",
    "user": "cli.user",
    "worker": "cli.worker",
}
"""Command name → module that holds a click command of the same name."""


def command_names() -> list[str]:
    """All commands of `genkan`, in alphabetical order."""
    return sorted(_WHERE)


def find_command(name: str) -> click.Command | None:
    """The command, imported now; None when there is no such command."""
    if name not in _WHERE:
        return None
    command: click.Command = getattr(import_module(_WHERE[name]), name)
    return command
