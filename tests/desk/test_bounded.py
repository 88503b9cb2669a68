"""A call that may hang costs the time agreed, never more, and works again afterwards."""

from __future__ import annotations

import threading
import time

import pytest

from desk.bounded import Bounded, StillHanging


def test_what_the_call_returns_or_raises_comes_through() -> None:
    divide = Bounded(lambda a, b: a // b, 1.0)
    assert divide(7, b=2) == 3
    with pytest.raises(ZeroDivisionError):
        divide(1, 0)
    assert divide(9, 3) == 3


def test_a_hanging_call_is_left_alone_until_it_comes_back() -> None:
    gate = threading.Event()
    wait = Bounded(lambda: gate.wait(10), 0.1)
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        wait()
    with pytest.raises(StillHanging):
        wait()
    assert time.monotonic() - started < 1
    gate.set()
    deadline = time.monotonic() + 5
    while True:
        try:
            assert wait() is True
            break
        except StillHanging:
            assert time.monotonic() < deadline
