"""Reply tokens and retry keys at their edges, without a clock."""

from __future__ import annotations

import pytest

from line_sim.tokens import Accepted, ReplyTokens, RetryKeys

MINUTE = 60_000


@pytest.mark.parametrize(
    ("delivered", "redelivered", "now", "good"),
    [
        (None, False, MINUTE, True),
        (None, False, MINUTE + 1, False),
        (5_000, False, MINUTE + 5_000, True),
        (10 * MINUTE, True, 11 * MINUTE, True),
        (10 * MINUTE, True, 11 * MINUTE + 1, False),
        (20 * MINUTE, True, 20 * MINUTE, True),
        (20 * MINUTE, True, 20 * MINUTE + 1, False),
    ],
)
def test_how_long_a_token_is_good(
    delivered: int | None, redelivered: bool, now: int, good: bool
) -> None:
    tokens = ReplyTokens()
    token = tokens.issue("U1", 0)
    if delivered is not None:
        tokens.mark_delivered(token, delivered, redelivered)
    assert (tokens.find(token, now) is not None) is good


def test_a_used_token_stays_used_after_a_redelivery() -> None:
    tokens = ReplyTokens()
    token = tokens.issue("U1", 0)
    found = tokens.find(token, 0)
    assert found is not None
    found.used = True
    tokens.mark_delivered(token, 1_000, redelivery=True)
    assert tokens.find(token, 1_000) is None


def test_keys_are_kept_a_day_whatever_their_case() -> None:
    keys, accepted = RetryKeys(), Accepted("r", 0, {})
    keys.remember("ABC", accepted)
    keys.remember(None, accepted)
    assert keys.find("abc", 24 * 60 * MINUTE) is accepted
    assert keys.find("abc", 24 * 60 * MINUTE + 1) is None
    assert keys.find(None, 0) is None
