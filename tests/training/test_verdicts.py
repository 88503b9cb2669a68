"""Verdicts of simpler ways and of judges that never read a writer."""

from __future__ import annotations

from routing.judgement import NO_WORRY, Level, UrgentKind
from tests.judges import a_judge, kumamoto
from tests.training.few import hands
from training import verdicts
from training.folds import unseen
from training.rows import Row


def a_row(text: str) -> Row:
    return Row(text, "ja", (), None, None, "h")


def test_the_shipped_judge_speaks_as_in_the_service() -> None:
    (found,) = verdicts.shipped(a_judge(), [a_row("夫に殴られています")])
    assert found.level.rank >= Level.URGENT.rank
    assert found.kind is UrgentKind.VIOLENCE
    assert found.categories[0] == "dv_women"


def test_rules_alone_know_levels_and_no_categories() -> None:
    danger, calm = verdicts.by_rules([a_row("もう死にたい"), a_row("こんにちは")])
    assert (danger.level, danger.kind) == (Level.URGENT, UrgentKind.SUICIDE)
    assert (calm.level, calm.categories) == (Level.NONE, (NO_WORRY,))


def test_keywords_alone_know_categories_and_no_levels() -> None:
    (found,) = verdicts.by_keywords([a_row("フードバンクを使いたい")], kumamoto().categories)
    assert found.categories[0] == "food"
    assert found.level is Level.NONE


def test_out_of_fold_scores_become_verdicts() -> None:
    found = unseen(hands())
    said = verdicts.out_of_fold(found)
    right = [v.categories[0] in row.categories for row, v in zip(found.rows, said, strict=True)]
    assert sum(right) > 0.8 * len(right)
