"""The platform's clock moves where it is told."""

from __future__ import annotations

import time

from line_sim.clock import Clock


def test_the_offset_moves_and_returns() -> None:
    clock = Clock()
    clock.advance(90)
    clock.advance(-30)
    assert clock.offset_ms == 60_000
    assert 59_000 < clock.now_ms() - time.time() * 1000 < 61_000
    clock.set_offset(0)
    assert abs(clock.now_ms() - time.time() * 1000) < 1_000
