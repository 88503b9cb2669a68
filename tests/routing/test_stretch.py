"""The resident's own words, cut readable and never changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from routing.fold import visible
from routing.stretch import stretches, telling_words


def test_the_clause_that_tells_is_shown() -> None:
    pieces = stretches("いつもありがとう。学校に行けない子がいます")
    assert pieces == ["いつもありがとう", "学校に行けない子がいます"]
    assert telling_words(pieces, [0.0, 1.0]) == ("学校に行けない子がいます",)


def test_two_pieces_that_tell_alike_are_both_shown() -> None:
    assert telling_words(["お金がない", "借金がある", "雨"], [1.0, 1.0, 0.1]) == (
        "お金がない",
        "借金がある",
    )


def test_nothing_telling_is_nothing_shown() -> None:
    assert telling_words(["こんにちは"], [0.0]) == ()
    assert telling_words([], []) == ()


@given(st.text(max_size=300))
def test_words_are_always_the_residents_own(text: str) -> None:
    for words in stretches(text):
        assert len(words) >= 2
        assert all(part in visible(text) for part in words.split())
