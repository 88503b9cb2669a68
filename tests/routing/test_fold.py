"""One spelling for many, and nothing that cannot be folded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.fold import LONGEST, clip, fold, fold_pattern, visible


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("シニタイ", "しにたい"),
        ("ｼﾆﾀｲ", "しにたい"),
        ("しにたぃ", "しにたい"),
        ("やだああああ", "やだあ"),
        ("つらーーーい", "つらい"),
        ("し に た い", "しにたい"),
        ("ＡＢＣ", "abc"),
        ("Não Tôi", "nao toi"),
        ("죽고 싶어", "죽고 싶어"),
        ("मर्न मन", "मर्न मन"),
        ("死\u200bに\ufe0fたい", "死にたい"),
        ("a\ud800b", "ab"),
        ("がぎぐ", "がぎぐ"),
    ],
)
def test_spellings_meet(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_a_pattern_meets_the_text_it_is_for() -> None:
    assert fold_pattern("オーバードーズ") == fold("オーバードーズ")
    assert fold_pattern(r"(?:タヒ){0,2}\b") == r"(?:たひ){0,2}\b"


def test_beginning_and_end_of_a_long_text_are_kept() -> None:
    kept = clip("始" + "あ" * 50_000 + "終")
    assert kept[0] == "始"
    assert kept[-1] == "終"
    assert len(kept) <= LONGEST + 1


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_folds_to_something_that_folds_to_itself_once_more(text: str) -> None:
    once = fold(text)
    once.encode()
    assert visible(once) == once
