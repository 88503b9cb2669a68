"""The one question helps whoever is asked, and nobody else is touched by it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.judges import a_judge, kumamoto
from training.rows import held_out_rows
from training.simulate import clarifying

NOON = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def test_the_question_leads_more_residents_to_a_member_of_their_worry() -> None:
    found = clarifying(held_out_rows(), a_judge(), kumamoto(), NOON)
    assert 0 < found["asked"] < 0.5
    assert found["asked_with"] > found["asked_without"]
    assert found["with"] > found["without"] > 0.5
