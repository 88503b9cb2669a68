"""The journal numbers, filters and forgets."""

from __future__ import annotations

from line_sim.journal import Call, Journal


def test_numbers_and_filters() -> None:
    journal = Journal()
    for endpoint in ("reply", "push", "push"):
        journal.add(Call(endpoint, "POST", "/x", 0, "r"))
    assert [each.number for each in journal.since()] == [1, 2, 3]
    assert [each.number for each in journal.since(1, "push")] == [2, 3]
    journal.clear()
    assert journal.since() == []
