"""The pieces a text is counted by."""

from __future__ import annotations

from routing.grams import grams, pieces_of


def test_japanese_is_cut_into_signs() -> None:
    assert grams("借金が") == ["借", "金", "借金", "金が", "借金が"]


def test_single_kana_say_nothing() -> None:
    assert grams("は") == []


def test_spaced_scripts_keep_word_beginning_and_inner_threes() -> None:
    pieces = grams("i am lonely")
    assert "_lonely_" in pieces
    assert "_lone" in pieces
    assert "nel" in pieces
    assert "_i_" not in pieces


def test_signs_and_emoji_are_no_pieces() -> None:
    assert grams("😀!!…") == []


def test_a_packs_sentence_is_folded_first() -> None:
    assert pieces_of("ビザ") == tuple(grams("びざ"))
