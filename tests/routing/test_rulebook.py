"""The shipped rule file can be read."""

from __future__ import annotations

from routing.rulebook import read_rules


def test_the_rules_carry_a_version_for_review() -> None:
    assert read_rules("urgency")["version"]
