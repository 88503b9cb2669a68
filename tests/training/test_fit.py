"""What is learned from rows is what the service reads out of the shipped file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from routing.fold import fold
from routing.judgement import Level
from routing.learned import load, save
from tests.training.few import rows
from training.fit import Features, fit, meaning_of, outputs_of, rules_of, solve, targets
from training.rows import Row


def test_outputs_name_categories_levels_kinds_and_languages() -> None:
    names = outputs_of(rows())
    assert {"none", "dv_women", "level.urgent", "kind.suicide", "danger.violence"} <= set(names)
    assert {"language.ja", "about.other"} <= set(names)


def test_what_nobody_said_is_no_target() -> None:
    (silent,) = targets(
        [Row("あ", "ja", (), None, None, "h")], ("food", "level.urgent", "kind.suicide")
    )
    assert np.isnan(silent).all()


def test_the_first_category_counts_more_than_the_second() -> None:
    row = Row("あ", "ja", ("food", "work"), Level.NONE, None, "h", who="friend")
    (line,) = targets([row], ("food", "work", "housing", "about.other"))
    assert line[0] > line[1] > line[2] == 0
    assert line[3] == 1


def test_the_model_scores_as_the_regression_did(tmp_path: Path) -> None:
    learned_from = rows()
    save(replace(fit(learned_from), limits={"urgent": 0.5}, about={"rows": 30}), tmp_path / "m.npz")
    model = load(tmp_path / "m.npz")
    features, outputs = Features(learned_from), outputs_of(learned_from)
    table = features.of(learned_from)
    weights, biases = solve(table, targets(learned_from, outputs))
    expected = table.times(weights) + biases
    for row, line, meaning in zip(learned_from, expected, meaning_of(learned_from), strict=True):
        found = model.read(fold(row.text), meaning, rules_of(row.text))
        assert np.allclose(found.scores, line, atol=0.05)
    assert model.limits == {"urgent": 0.5}
    assert model.about == {"rows": 30}


def test_fewer_pieces_are_kept_when_asked(tmp_path: Path) -> None:
    small = fit(rows(), kept=20)
    assert len(small.vocabulary) == 20
    assert small.letters.shape == (20, len(small.outputs))
