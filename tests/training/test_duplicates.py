"""No sentence is learned twice, and the held-out sets hold nothing that was learned."""

from __future__ import annotations

from training.duplicates import near_duplicates
from training.rows import Row, held_out_rows, training_rows


def a_row(text: str, pair: str = "") -> Row:
    return Row(text, "ja", (), None, None, "h", pair=pair)


def test_nearly_the_same_letters_are_found() -> None:
    first, second = (
        a_row("夜になると眠れません、つらいです"),
        a_row("夜になると眠れませんつらいです！"),
    )
    assert near_duplicates([first, a_row("全然ちがう話をします"), second]) == [(first, second)]


def test_twins_of_one_pair_may_be_alike() -> None:
    first, second = a_row("橋の上にいます。寒い", "p1"), a_row("橋の上にいます。寒いね", "p1")
    assert near_duplicates([first, second]) == []


def test_short_texts_must_be_equal() -> None:
    assert near_duplicates([a_row("死にたい"), a_row("消えたい")]) == []
    assert len(near_duplicates([a_row("死にたい"), a_row("死にたい。")])) == 1


def test_the_corpus_holds_no_near_duplicates() -> None:
    assert [(a.text, b.text) for a, b in near_duplicates(training_rows())] == []


def test_nothing_held_out_was_learned() -> None:
    assert [(a.text, b.text) for a, b in near_duplicates(training_rows(), held_out_rows())] == []
