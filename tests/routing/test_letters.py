"""Pieces of one to four signs."""

from __future__ import annotations

from routing.letters import pieces


def test_every_run_up_to_four_signs_with_a_space_at_both_ends() -> None:
    assert pieces("ab") == [" ", "a", "b", " ", " a", "ab", "b ", " ab", "ab ", " ab "]


def test_gaps_are_one_space_whatever_they_were() -> None:
    assert pieces("a \n  b") == pieces("a b")


def test_nothing_is_only_the_two_ends() -> None:
    assert pieces("") == [" ", " ", "  "]
