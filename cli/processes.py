"""Child processes: start, wait until they answer, say why one died, stop. No rooms in here."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path


class ChildDied(Exception):
    """A child ended or never became ready; the message holds its name and last log lines."""


class Child:
    """One process with a process group and a log file of its own."""

    def __init__(self, name: str, argv: Sequence[str], env: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.log = log
        self._argv = list(argv)
        self._env = dict(env)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Child:
        """Start it in a session of its own, so that Ctrl-C reaches only the parent."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as sink:
            self._process = subprocess.Popen(  # noqa: S603 - the command line is ours
                self._argv,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    @property
    def pid(self) -> int:
        if self._process is None:
            raise ChildDied(f"{self.name} was never started")
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def ask_to_stop(self) -> None:
        """SIGTERM for the main process, which ends its own helpers in good order."""
        if self.running:
            os.kill(self.pid, signal.SIGTERM)

    def stop(self, grace: float = 10.0) -> bool:
        """Ask, wait `grace` seconds, then kill; True when asking was enough."""
        self.ask_to_stop()
        return self._gone_within(grace)

    def kill(self) -> None:
        """kill -9 for the whole group, as a crash would."""
        self._signal_group(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()

    def last_lines(self, count: int = 20) -> str:
        """The end of its log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-count:])

    def refuse_dead(self) -> None:
        """`ChildDied` when it no longer runs."""
        if not self.running:
            code = self._process.returncode if self._process else None
            raise ChildDied(f"{self.name} ended (exit {code}):\n{self.last_lines()}")

    def _gone_within(self, grace: float) -> bool:
        if self._process is None:
            return True
        try:
            self._process.wait(grace)
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        self._signal_group(signal.SIGKILL)
        return True

    def _signal_group(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return


def stop_all(children: Iterable[Child], grace: float = 10.0) -> None:
    """Ask all at once, then wait for each; what does not end is killed."""
    asked = list(children)
    for child in asked:
        child.ask_to_stop()
    deadline = time.monotonic() + grace
    for child in asked:
        child.stop(max(0.1, deadline - time.monotonic()))


def wait_until(ready: Callable[[], bool], children: Iterable[Child], seconds: float) -> None:
    """Poll until ready; `ChildDied` when a child ends first or the time is over."""
    watched = list(children)
    deadline = time.monotonic() + seconds
    while not ready():
        for child in watched:
            child.refuse_dead()
        if time.monotonic() > deadline:
            logs = "\n".join(f"--- {c.name}\n{c.last_lines()}" for c in watched)
            raise ChildDied(f"not ready after {seconds:.0f} s:\n{logs}")
        time.sleep(0.05)


def answers(url: str) -> bool:
    """True when the address answers with 2xx."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - loopback only
            return 200 <= int(response.status) < 300
    except (urllib.error.URLError, OSError):
        return False


def is_free(port: int) -> bool:
    """True when nothing listens on that port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
