"""Children really start, are told apart when they die, and leave nothing behind."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.processes import Child, ChildDied, answers, is_free, stop_all, wait_until

SLEEPS = "import time; print('up', flush=True); time.sleep(60)"
IS_DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPS}"
HAS_CHILD = (
    "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'import time; "
    "time.sleep(60)']); print(p.pid, flush=True); p.wait()"
)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Child]]:
    children: list[Child] = []
    yield children
    for child in children:
        child.kill()


def start(started: list[Child], tmp_path: Path, program: str, name: str = "child") -> Child:
    child = Child(name, [sys.executable, "-c", program], os.environ, tmp_path / f"{name}.log")
    started.append(child.start())
    return child


def says_something(child: Child) -> bool:
    return child.last_lines() != ""


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_child_writes_to_its_log_and_stops_when_asked(
    started: list[Child], tmp_path: Path
) -> None:
    child = start(started, tmp_path, SLEEPS)
    wait_until(lambda: says_something(child), [child], 20)
    assert child.last_lines() == "up"
    assert child.stop() is True
    assert not child.running


def test_a_deaf_child_is_killed(started: list[Child], tmp_path: Path) -> None:
    child = start(started, tmp_path, IS_DEAF)
    wait_until(lambda: says_something(child), [child], 20)
    assert child.stop(0.2) is False
    assert not child.running


def test_a_kill_takes_the_grandchildren_along(started: list[Child], tmp_path: Path) -> None:
    child = start(started, tmp_path, HAS_CHILD)
    wait_until(lambda: says_something(child), [child], 20)
    grandchild = int(child.last_lines())
    child.kill()
    wait_until(lambda: not is_alive(grandchild), [], 10)


def test_stopping_all_stops_the_deaf_too(started: list[Child], tmp_path: Path) -> None:
    for name, program in (("good", SLEEPS), ("deaf", IS_DEAF)):
        child = start(started, tmp_path, program, name)
        wait_until(lambda child=child: says_something(child), [child], 20)  # type: ignore[misc]
    stop_all(started, grace=0.5)
    assert [child.running for child in started] == [False, False]


def test_waiting_tells_which_child_died_and_its_last_words(
    started: list[Child], tmp_path: Path
) -> None:
    child = start(started, tmp_path, "raise SystemExit('no database here')", "web")
    with pytest.raises(ChildDied, match=r"web ended \(exit 1\):\nno database here"):
        wait_until(lambda: False, [child], 20)


def test_waiting_ends_with_the_logs_when_nothing_becomes_ready(
    started: list[Child], tmp_path: Path
) -> None:
    child = start(started, tmp_path, SLEEPS, "web")
    wait_until(lambda: says_something(child), [child], 20)
    with pytest.raises(ChildDied, match=r"(?s)not ready after 0 s.*--- web\nup"):
        wait_until(lambda: False, [child], 0)


def test_a_port_is_free_until_somebody_listens() -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        assert is_free(port) is False
    assert is_free(port) is True
    assert answers(f"http://127.0.0.1:{port}/") is False
