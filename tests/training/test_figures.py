"""Figures count what they say."""

from __future__ import annotations

from routing.judgement import Level, UrgentKind
from training.figures import Verdict, by_slice, confusions, figures
from training.rows import Row


def a_row(level: Level, *codes: str, **more: str) -> Row:
    kind = UrgentKind.VIOLENCE if level.rank >= 2 else None
    return Row(more.pop("text", "あ" * 20), "ja", codes, level, kind, "h", **more)


def said(level: Level, *codes: str, kind: UrgentKind | None = None) -> Verdict:
    return Verdict(codes, level, kind)


def test_worries() -> None:
    rows = [
        a_row(Level.NONE, "food"),
        a_row(Level.NONE, "work", "poverty"),
        a_row(Level.NONE, "none"),
    ]
    verdicts = [
        said(Level.NONE, "work", "x", "food"),
        said(Level.NONE, "none", "poverty"),
        said(Level.NONE, "none"),
    ]
    found = figures(rows, verdicts)
    assert found["hit@3"] == 1.0
    assert found["primary@3"] == 2 / 3
    assert found["chat found"] == 1.0
    assert found["worry taken for chat"] == 0.5


def test_dangers() -> None:
    rows = [a_row(level) for level in Level]
    verdicts = [
        said(Level.URGENT),
        said(Level.URGENT),
        said(Level.URGENT, kind=UrgentKind.VIOLENCE),
        said(Level.CONCERN),
    ]
    found = figures(rows, verdicts)
    assert found["danger found"] == 0.5
    assert found["false alarms"] == found["over-alerts"] == 1.0
    assert found["emergency found"] == 0.0
    assert found["emergency at least concern"] == 1.0
    assert found["kind right"] == 1.0
    assert "hit@3" not in found


def test_slices_without_rows_are_left_out() -> None:
    rows = [a_row(Level.NONE, "food", voice="old")]
    table = by_slice(rows, [said(Level.NONE, "food")])
    assert "old" in table and "dialect" not in table


def test_confusions_most_often_first() -> None:
    rows = [a_row(Level.NONE, "food")] * 2 + [a_row(Level.NONE, "work")]
    verdicts = [said(Level.NONE, "poverty")] * 2 + [said(Level.NONE, "food")]
    assert confusions(rows, verdicts) == [("food", "poverty", 2), ("work", "food", 1)]
