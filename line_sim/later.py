"""Runs small jobs after a delay on one thread; it knows nothing of what they do."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable

Job = Callable[[], None]


class Later:
    """A timer for many jobs. The thread starts with the first job, so a fork before is harmless."""

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._jobs: list[tuple[float, int, Job]] = []
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None

    def after(self, seconds: float, job: Job) -> None:
        """Run `job` once, `seconds` of wall time from now; jobs must be short."""
        with self._ready:
            due = time.monotonic() + seconds
            heapq.heappush(self._jobs, (due, next(self._numbers), job))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="later", daemon=True)
                self._thread.start()
            self._ready.notify()

    def clear(self) -> None:
        with self._ready:
            self._jobs.clear()

    def _run(self) -> None:
        while True:
            self._next_due()()

    def _next_due(self) -> Job:
        with self._ready:
            while True:
                wait = self._jobs[0][0] - time.monotonic() if self._jobs else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._jobs)[2]
                self._ready.wait(wait)
