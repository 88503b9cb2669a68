"""The resident's own words, cut readable and never changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from routing.fold import visible
from routing.stretch import telling_words


def test_the_clause_that_tells_is_shown() -> None:
    text = "いつもありがとう。学校に行けない子がいます"
    assert telling_words(text, lambda words: float("学校" in words)) == (
        "学校に行けない子がいます",
    )


def test_nothing_telling_is_nothing_shown() -> None:
    assert telling_words("こんにちは", lambda words: 0.0) == ()


@given(st.text(max_size=300))
def test_words_are_always_the_residents_own(text: str) -> None:
    for words in telling_words(text, len):
        assert len(words) >= 2
        assert all(part in visible(text) for part in words.split())
