"""Who a text is about."""

from __future__ import annotations

import pytest

from routing.fold import fold
from routing.people import folded_speaks_for_other

OTHERS = [
    "友達が悩んでいるみたいで心配です",
    "隣のおばあさんの様子がおかしい",
    "息子が部屋から出てきません",
    "母が最近もの忘れがひどくて",
    "My friend is very depressed",
    "我的朋友很难过",
    "친구가 힘들어해요",
    "Meu filho não quer ir à escola",
]
SELF = [
    "夫に殴られます",
    "夫が怒鳴ってきます",
    "友達がいない",
    "私は母のことで悩んでいて、私が限界です",
    "お金がない",
    "さみしい",
    "",
]


@pytest.mark.parametrize("text", OTHERS)
def test_somebody_else_is_spoken_for(text: str) -> None:
    assert folded_speaks_for_other(fold(text))


@pytest.mark.parametrize("text", SELF)
def test_the_writer_speaks_of_themselves(text: str) -> None:
    assert not folded_speaks_for_other(fold(text))
