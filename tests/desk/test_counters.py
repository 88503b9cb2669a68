"""Counts add up over threads and processes and survive a database that is away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desk.counters import Counters, read_counters
from store.engine import Database


def counted(database: Database) -> dict[str, int]:
    with database.reads() as session:
        return read_counters(session)


def test_two_processes_count_together(database: Database) -> None:
    one, other = Counters(database), Counters(database)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: (one, other)[n % 2].add("knocks"), range(40)))
    one.flush()
    other.flush()
    one.flush()
    assert counted(database) == {"knocks": 40}


def test_what_could_not_be_written_is_written_later(
    tmp_path: Path, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    away = Database(f"sqlite:///{tmp_path / 'nowhere' / 'genkan.db'}")
    counters = Counters(away)
    counters.add("knocks", 3)
    counters.flush()
    assert "counts not written" in caplog.text
    counters._database = database
    counters.add("knocks", 2)
    counters.flush()
    assert counted(database) == {"knocks": 5}
    away.close()
