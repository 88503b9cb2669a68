"""The writer of one web process: requests that arrive together share one commit.

SQLite's lock wait is unfair between writers and a PostgreSQL commit costs several round trips, so
one writer with many rows a commit is both faster and calmer than a writer per request. No event
is understood here; that is `desk.turn`.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime

from desk.arrivals import Arrival, Arrivals
from desk.office import Office

_MOST_PER_COMMIT = 200


@dataclass(frozen=True)
class _Parcel:
    """The events of one request and the promise its thread waits for."""

    arrivals: Sequence[Arrival]
    kept: Future[None] = field(default_factory=Future)


class Intake:
    """Takes arrivals from many threads; its own thread commits all that wait, in one go."""

    def __init__(self, office: Office, clock: Callable[[], datetime]) -> None:
        self._arrivals = Arrivals(office)
        self._ring = office.ring
        self._clock = clock
        self._waiting: queue.SimpleQueue[_Parcel | None] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def keep(self, arrivals: Sequence[Arrival], timeout: float) -> None:
        """Return once the arrivals are committed; raise what went wrong, or `TimeoutError`.

        After a timeout the events may still be kept: LINE sends them again and the repeat falls
        away by its event id.
        """
        self._start()
        parcel = _Parcel(arrivals)
        self._waiting.put(parcel)
        parcel.kept.result(timeout)

    def close(self) -> None:
        """Commit what waits and end the thread."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(5)

    def _start(self) -> None:
        """Start on the first parcel, because a server may fork after the app was made."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="intake", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        closing = False
        while not closing:
            parcels, closing = self._collect()
            if parcels:
                self._commit(parcels)

    def _collect(self) -> tuple[list[_Parcel], bool]:
        """Block for the first parcel, then take all that wait behind it."""
        parcels: list[_Parcel] = []
        while len(parcels) < _MOST_PER_COMMIT:
            try:
                parcel = self._waiting.get(block=not parcels)
            except queue.Empty:
                break
            if parcel is None:
                return parcels, True
            parcels.append(parcel)
        return parcels, False

    def _commit(self, parcels: list[_Parcel]) -> None:
        arrivals = [arrival for parcel in parcels for arrival in parcel.arrivals]
        try:
            people = self._arrivals.write(arrivals, self._clock())
        except Exception as error:  # every waiting request must hear of it, whatever it was
            for parcel in parcels:
                parcel.kept.set_exception(error)
            return
        for parcel in parcels:
            parcel.kept.set_result(None)
        self._ring(people)
