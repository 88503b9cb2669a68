"""`genkan worker`: the same as `python worker.py`. Nothing else."""

from __future__ import annotations

import sys

import click


@click.command("worker")
def worker() -> None:
    """Run one worker until SIGTERM or Ctrl-C; several may run on PostgreSQL."""
    from worker import main

    sys.exit(main())
