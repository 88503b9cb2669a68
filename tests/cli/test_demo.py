"""`genkan demo` as somebody runs it: ready, box, phones, Ctrl-C, again with --keep."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import unicodedata
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli.demo import _box
from cli.processes import answers, is_free


def free_pair() -> int:
    """A port whose neighbour is free too."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port < 65000 and is_free(port) and is_free(port + 1):
            return port


def started(port: int, place: Path, *more: str) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", "from app import cli; cli()", "demo"]
    return subprocess.Popen(
        [*argv, "--port", str(port), "--place", str(place), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
    )


def read_until(demo: subprocess.Popen[str], mark: str) -> str:
    """What the demo printed until a line with that mark; fails when it ends before."""
    assert demo.stdout is not None
    seen = ""
    for line in demo.stdout:
        seen += line
        if mark in line:
            return seen
    raise AssertionError(f"the demo ended early:\n{seen}")


@contextmanager
def open_demo(port: int, place: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    demo = started(port, place, *more)
    try:
        yield demo, read_until(demo, "└")
    finally:
        demo.send_signal(signal.SIGINT)
        demo.communicate(timeout=30)


@pytest.mark.journey
def test_the_demo_opens_stops_with_ctrl_c_and_opens_again(tmp_path: Path) -> None:
    port = free_pair()
    begun = time.monotonic()
    with open_demo(port, tmp_path) as (demo, box):
        assert time.monotonic() - begun < 60
        password = re.search(r"password .*?([a-z]+-\d{4}-[a-z]+)", box)
        assert password and "hanako@demo.example" in box
        assert answers(f"http://127.0.0.1:{port}/readyz")
        with urllib.request.urlopen(f"http://127.0.0.1:{port + 1}/sim/phones") as response:
            phones = json.load(response)["phones"]
        assert [phone["name"] for phone in phones][:2] == ["あなた", "見本の相談者1"]
    assert demo.returncode == 0
    assert is_free(port) and is_free(port + 1)
    assert (tmp_path / "demo.json").stat().st_mode & 0o077 == 0
    with open_demo(port, tmp_path, "--keep") as (_demo, box):
        assert password[1] in box


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = started(port - 1, tmp_path)
        said, _ = demo.communicate(timeout=30)
    assert demo.returncode == 1
    assert f"port {port} is taken" in said and "PORT=" in said
    assert list(tmp_path.iterdir()) == []


def test_the_box_has_straight_walls_with_japanese_in_it() -> None:
    def columns(line: str) -> int:
        return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)

    assert len({columns(line) for line in _box(["玄関", "Genkan", ""]).splitlines()}) == 1
