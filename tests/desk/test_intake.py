"""Requests that arrive together share a commit, and each hears how it ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from desk.arrivals import Arrival
from desk.intake import Intake, NotKept
from tests.letterbox import START


def an_arrival(name: str) -> Arrival:
    return Arrival(name, "user", name, 1, "follow", "{}")


class Slow:
    """A way to keep that takes its time, or fails, and remembers what came together."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.batches: list[list[str]] = []
        self.errors: list[Exception] = []
        self.inside = 0

    def __call__(self, arrivals: Sequence[Arrival], now: datetime) -> set[str]:
        self.inside += 1
        assert self.inside == 1, "two commits at once"
        time.sleep(self.seconds)
        self.inside -= 1
        if self.errors:
            raise self.errors.pop(0)
        self.batches.append([arrival.event_id for arrival in arrivals])
        return {arrival.source_id for arrival in arrivals}

    @property
    def kept(self) -> list[str]:
        return [name for batch in self.batches for name in batch]


def an_intake(write: Slow, rung: list[str] | None = None) -> Intake:
    return Intake(write, (rung if rung is not None else []).extend, lambda: START)


def test_what_came_during_a_commit_shares_the_next() -> None:
    write, rung = Slow(0.1), []
    intake = an_intake(write, rung)
    with ThreadPoolExecutor(20) as threads:
        list(threads.map(lambda n: intake.keep([an_arrival(str(n))], 5), range(20)))
    assert sorted(write.kept) == sorted(map(str, range(20)))
    assert len(write.batches) <= 4
    assert sorted(rung) == sorted(map(str, range(20)))


def test_nobody_returns_before_the_commit() -> None:
    write = Slow(0.1)
    intake = an_intake(write)

    def keep(number: int) -> bool:
        intake.keep([an_arrival(str(number))], 5)
        return any(str(number) in batch for batch in write.batches)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(keep, range(24)))


def test_a_failure_is_heard_by_all_who_shared_it_and_by_nobody_after() -> None:
    write = Slow(0.1)
    write.errors = [RuntimeError("first"), RuntimeError("second")]
    intake = an_intake(write)

    def keep(number: int) -> str:
        try:
            intake.keep([an_arrival(str(number))], 5)
        except NotKept as error:
            return str(error)
        return "kept"

    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(keep, range(6))) == {"RuntimeError"}
    assert keep(9) == "kept" and write.batches == [["9"]]


def test_who_waits_too_long_is_told_and_the_next_goes_on() -> None:
    write = Slow(0.5)
    intake = an_intake(write)
    leader = threading.Thread(target=lambda: intake.keep([an_arrival("slow")], 5))
    leader.start()
    time.sleep(0.1)
    with pytest.raises(NotKept, match="timeout"):
        intake.keep([an_arrival("impatient")], 0.1)
    leader.join()
    write.seconds = 0
    intake.keep([an_arrival("next")], 1)
    assert write.batches == [["slow"], ["next"]]


def test_under_many_impatient_threads_nothing_stands_still() -> None:
    write = Slow(0.005)
    intake = an_intake(write)

    def keep(number: int) -> str:
        try:
            intake.keep([an_arrival(str(number))], 0.002 * (number % 5))
        except NotKept:
            return "told"
        return "kept"

    with ThreadPoolExecutor(16) as threads:
        ends = list(threads.map(keep, range(400)))
    assert {"kept"} <= set(ends) <= {"kept", "told"}
    write.seconds = 0
    intake.keep([an_arrival("last")], 1)
    kept = write.kept
    assert kept[-1] == "last" and len(kept) == len(set(kept))
    assert {str(n) for n, end in enumerate(ends) if end == "kept"} <= set(kept)
