"""The gate for writers: closed by whoever is in a hurry, in this process or another one."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from store.engine import Database
from store.turnstile import Turnstile

_HOLD = """
import sys
from store.turnstile import Turnstile
with Turnstile(sys.argv[1]).first():
    print("closed", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return tmp_path / "genkan.db-turn"


def comes_through(act: Callable[[], None], seconds: float) -> bool:
    """Whether `act`, on a thread of its own, ends within that time."""
    through = threading.Event()

    def go() -> None:
        act()
        through.set()

    threading.Thread(target=go, daemon=True).start()
    return through.wait(seconds)


def test_an_open_gate_holds_up_nobody(gate: Path) -> None:
    turnstile = Turnstile(str(gate))
    for _ in range(3):
        assert comes_through(turnstile.wait, 5)
        with turnstile.first():
            pass
    assert comes_through(turnstile.wait, 5)


def test_threads_wait_while_another_thread_writes_first(gate: Path) -> None:
    turnstile = Turnstile(str(gate))
    with turnstile.first():
        assert not comes_through(turnstile.wait, 0.2)
    assert comes_through(turnstile.wait, 5)


def test_a_failed_write_opens_the_gate_again(gate: Path) -> None:
    turnstile = Turnstile(str(gate))
    with pytest.raises(RuntimeError), turnstile.first():
        raise RuntimeError
    assert comes_through(turnstile.wait, 5)


def test_other_processes_wait_and_a_killed_one_leaves_the_gate_open(gate: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(gate)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "closed\n"
        assert not comes_through(Turnstile(str(gate)).wait, 0.2)
        holder.send_signal(signal.SIGKILL)
    assert comes_through(Turnstile(str(gate)).wait, 5)


def test_on_sqlite_nobody_begins_to_write_while_arrivals_are_written(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'genkan.db'}")

    def write() -> None:
        with database.sessions.begin() as session:
            session.execute(text("CREATE TABLE IF NOT EXISTS probe (id INTEGER)"))

    def read() -> None:
        with database.reads() as session:
            session.execute(text("SELECT 1"))

    write()
    with database.first_in_line(), database.connect_autocommit() as connection:
        assert not comes_through(write, 0.2)
        assert comes_through(read, 5)
        connection.execute(text("INSERT INTO probe VALUES (1)"))
    assert comes_through(write, 5)
    database.close()


def test_other_databases_need_no_gate() -> None:
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with database.first_in_line(), database.first_in_line():
        pass
    database.close()
