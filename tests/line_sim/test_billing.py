"""The bill turns over with the month in Japan."""

from __future__ import annotations

from datetime import UTC, datetime

from line_sim.billing import Billing
from line_sim.clock import Clock


def clock_at(moment: datetime) -> Clock:
    clock = Clock()
    clock.advance(moment.timestamp() - clock.now_ms() / 1000)
    return clock


def test_a_month_ends_at_midnight_in_japan() -> None:
    clock = clock_at(datetime(2026, 11, 30, 14, 59, tzinfo=UTC))
    billing = Billing(clock, plan_limit=2)
    billing.count_push(bubbles=3, reached=2, undelivered=0)
    assert (billing.used, billing.has_room(1)) == (2, False)
    clock.advance(120)
    assert (billing.used, billing.has_room(2)) == (0, True)
    assert billing.as_json()["billed"] == 2


def test_nobody_reached_always_fits() -> None:
    assert Billing(Clock(), plan_limit=0).has_room(0)
