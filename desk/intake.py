"""Requests that arrive together share one commit; each is answered only after it.

The first request thread that comes commits for all that wait with it and then passes the lead on.
A writer thread would have to be woken for every commit and would wake every request after it; on a
small machine those wake-ups cost more than the commit. No event is understood here;
that is `desk.turn`.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from desk.arrivals import Arrival

Write = Callable[[Sequence[Arrival], datetime], Collection[str]]
Ring = Callable[[Collection[str]], None]


_MOST_PER_COMMIT = 200
_LINGER = 0.002
"""Seconds the lead waits for as much company as last time. A commit costs nearly the same for one
request as for eight, so a short wait under load is won back many times; alone nobody waits."""


class NotKept(Exception):
    """The events were not kept in time, or not at all; LINE is asked to send them again."""


class _Parcel:
    """The events of one request, and the lock its thread waits on."""

    __slots__ = ("arrivals", "error", "leads", "ready")

    def __init__(self, arrivals: Sequence[Arrival]) -> None:
        self.arrivals = arrivals
        self.error: Exception | None = None
        self.leads = False
        self.ready = threading.Lock()
        self.ready.acquire()


class Intake:
    """Group commit for many request threads. `write` keeps arrivals and returns their people."""

    def __init__(self, write: Write, ring: Ring, clock: Callable[[], datetime]) -> None:
        self._write = write
        self._ring = ring
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: deque[_Parcel] = deque()
        self._led = False
        self._company = threading.Condition(self._lock)
        self._expected = 1
        """How many shared the last commit: so many are likely on their way again."""

    def keep(self, arrivals: Sequence[Arrival], timeout: float) -> None:
        """Return once the arrivals are committed; `NotKept` after `timeout` seconds or a failure.

        After a timeout the events may still be kept: LINE sends them again and the repeat falls
        away by its event id.
        """
        parcel = self._join(arrivals)
        if not parcel.ready.acquire(timeout=timeout) and self._leave(parcel):
            raise NotKept("timeout")
        if parcel.leads:
            self._commit()
        if parcel.error is not None:
            raise NotKept(type(parcel.error).__name__) from parcel.error

    def _join(self, arrivals: Sequence[Arrival]) -> _Parcel:
        """Queue up; whoever finds nobody leading leads."""
        parcel = _Parcel(arrivals)
        with self._lock:
            self._waiting.append(parcel)
            if len(self._waiting) == self._expected:
                self._company.notify()
            if not self._led:
                self._led = True
                self._give_lead(parcel)
        return parcel

    def _leave(self, parcel: _Parcel) -> bool:
        """Stop waiting; False when the lead arrived at the last moment and must be taken."""
        with self._lock:
            if parcel.leads:
                return False
            if parcel in self._waiting:
                self._waiting.remove(parcel)
            return True

    def _commit(self) -> None:
        """Write all that wait, tell them, and pass the lead on."""
        with self._lock:
            self._company.wait_for(lambda: len(self._waiting) >= self._expected, _LINGER)
            count = min(len(self._waiting), _MOST_PER_COMMIT)
            batch = [self._waiting.popleft() for _ in range(count)]
            self._expected = count
        people: Collection[str] = ()
        error: Exception | None = None
        try:
            arrivals = [arrival for parcel in batch for arrival in parcel.arrivals]
            people = self._write(arrivals, self._clock())
        except Exception as failure:  # every waiting request must hear of it, whatever it was
            error = failure
        with self._lock:
            self._led = bool(self._waiting)
            if self._led:
                self._give_lead(self._waiting[0])
        for parcel in batch:
            parcel.error = error
            if not parcel.leads:
                parcel.ready.release()
        self._ring(people)

    @staticmethod
    def _give_lead(parcel: _Parcel) -> None:
        parcel.leads = True
        parcel.ready.release()
