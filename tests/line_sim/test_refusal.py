"""A refusal carries LINE's body."""

from __future__ import annotations

from line_sim.refusal import Refusal


def test_a_sentence_becomes_a_message() -> None:
    assert Refusal(400, "Not this").body == {"message": "Not this"}
    body = {"message": "m", "details": []}
    refusal = Refusal(409, body, {"x": "y"})
    assert (refusal.status, refusal.body, refusal.headers) == (409, body, {"x": "y"})
