"""Who may begin to write to SQLite next, between threads and processes. Knows no tables.

A writer that finds SQLite locked sleeps and looks again, longer each time. Writers that come one
after another, such as a worker with much to do, then keep one that sleeps waiting beyond the two
seconds LINE waits for its answer. So whoever is in a hurry closes a gate: a write under way is
finished, and nobody else begins one.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turnstile:
    """A gate in the file `path`. A process that dies leaves it open."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._mine = threading.Lock()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Close the gate while the block writes."""
        with self._mine, self._locked(fcntl.LOCK_EX):
            yield

    def wait(self) -> None:
        """Return once nobody in a hurry stands at the gate."""
        with self._locked(fcntl.LOCK_SH):
            pass

    @contextmanager
    def _locked(self, kind: int) -> Iterator[None]:
        """A descriptor of its own each time, because a lock belongs to the descriptor: threads
        that shared one would let each other in. Closing it opens the gate again."""
        gate = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(gate, kind)
            yield
        finally:
            os.close(gate)
