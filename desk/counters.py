"""Counts that add up over processes and restarts; written rarely, so that floods cost nothing."""

from __future__ import annotations

import logging
import threading
from collections import Counter as Tally

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from store.engine import Database
from store.letterbox import Counter

_EVERY = 2.0

log = logging.getLogger("genkan.counters")


class Counters:
    """Adds in memory; a thread writes what came together every two seconds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tally: Tally[str] = Tally()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, name: str, count: int = 1) -> None:
        """Count something; at most a few seconds of counts are lost in a crash."""
        with self._lock:
            self._tally[name] += count
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="counters", daemon=True)
                self._thread.start()

    def flush(self) -> None:
        """Write what has come together; on failure it stays for the next time."""
        with self._lock:
            tally, self._tally = self._tally, Tally()
        if not tally:
            return
        try:
            with self._database.sessions.begin() as session:
                for name, count in tally.items():
                    _add(session, name, count)
        except SQLAlchemyError as error:
            log.warning("counts not written: %s", type(error).__name__)
            with self._lock:
                self._tally += tally

    def _run(self) -> None:
        while not self._stop.wait(_EVERY):
            self.flush()


def read_counters(session: Session) -> dict[str, int]:
    """All counters by name."""
    return {row.name: row.value for row in session.scalars(select(Counter))}


def _add(session: Session, name: str, count: int) -> None:
    row = session.get(Counter, name, with_for_update=True)
    if row is None:
        session.add(Counter(name=name, value=count))
    else:
        row.value += count
