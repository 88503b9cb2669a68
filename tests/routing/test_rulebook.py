"""The shipped rule files can be read."""

from __future__ import annotations

from routing.rulebook import read_rules, small_words


def test_the_rules_carry_a_version_for_review() -> None:
    assert read_rules("urgency")["version"]


def test_small_words_are_folded_and_belong_to_known_languages() -> None:
    words = small_words()
    assert set(words) == {"en", "vi", "tl", "id", "pt"}
    assert all(w == w.casefold() and isinstance(w, str) for ws in words.values() for w in ws)
