"""Calls per second: a full bucket, then refused."""

from __future__ import annotations

from line_sim.rate_limits import RateLimits


def test_each_endpoint_has_its_own_bucket() -> None:
    rates = RateLimits()
    allowed = sum(rates.allows("webhook.test") for _ in range(70))
    assert allowed == 60
    assert rates.allows("push")


def test_two_thousand_pushes_a_second() -> None:
    rates = RateLimits()
    allowed = sum(rates.allows("push") for _ in range(2500))
    assert 2000 <= allowed < 2500
