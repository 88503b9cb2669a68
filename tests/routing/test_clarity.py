"""One message is enough, or one question is worth a resident's strength."""

from __future__ import annotations

from routing.clarity import is_clear
from routing.judgement import NO_WORRY, CategoryMatch
from tests.judges import a_judge


def ranking(**scores: float) -> tuple[CategoryMatch, ...]:
    return tuple(CategoryMatch(code, score) for code, score in scores.items())


def test_a_best_that_stands_out_is_clear() -> None:
    assert is_clear(ranking(food=0.8, poverty=0.7))
    assert is_clear(ranking(food=0.35, poverty=0.1))
    assert is_clear(ranking(food=0.3))


def test_a_small_margin_or_a_faint_best_is_not() -> None:
    assert not is_clear(ranking(food=0.35, poverty=0.3))
    assert not is_clear(ranking(food=0.2, poverty=0.05))


def test_where_there_is_no_worry_nothing_is_clear() -> None:
    assert not is_clear(())
    assert not is_clear(ranking(**{NO_WORRY: 0.9}, food=0.5))


def test_the_margin_is_between_worries_not_towards_chat() -> None:
    assert is_clear(ranking(food=0.35, none=0.3, poverty=0.1))


def test_a_plain_word_is_clear_and_a_vague_one_is_not() -> None:
    assert a_judge().read("子どもが不登校です").clear
    assert not a_judge().read("いろいろあって困っています").clear
