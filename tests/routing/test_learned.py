"""The shipped models: present, complete, of the present corpus, and readable."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from directory_data.sheet import LANGUAGES
from routing.clues import rulebook
from routing.fold import fold
from routing.judgement import Level, UrgentKind
from routing.learned import MODELS, Learned, learned, load, save
from tests.judges import kumamoto
from training.rows import digest, training_rows


@pytest.fixture(params=["judge", "letters"])
def model(request: pytest.FixtureRequest) -> Learned:
    return learned(request.param)


def test_everything_that_is_asked_for_was_learned(model: Learned) -> None:
    wanted = {
        *kumamoto().categories,
        *(f"level.{level}" for level in list(Level)[1:]),
        *(f"{family}.{kind}" for kind in UrgentKind for family in ("kind", "danger")),
        *(f"language.{code}" for code in LANGUAGES),
        "about.other",
    }
    assert set(model.outputs) == wanted
    assert set(model.limits) == {"urgent", "brake", "emergency", "concern"}


def test_the_weights_belong_to_the_present_corpus(model: Learned) -> None:
    assert model.about["digest"] == digest(training_rows()), "run: python -m training"


def test_the_rules_it_learned_with_still_exist(model: Learned) -> None:
    known = {rule.id for rule in rulebook().rules} | {f"level.{level}" for level in Level}
    assert set(model.rules) <= known


def test_only_the_full_model_needs_meaning() -> None:
    assert learned("judge").needs_meaning
    assert not learned("letters").needs_meaning


def test_the_files_are_small() -> None:
    assert sum(file.stat().st_size for file in MODELS.glob("*.npz")) < 8_000_000


def test_a_saved_model_is_the_same_when_read(model: Learned, tmp_path: Path) -> None:
    path = tmp_path / "again.npz"
    save(model, path)
    again = load(path)
    assert [file.name for file in tmp_path.iterdir()] == ["again.npz"]
    text, vector = fold("夫に殴られています"), np.zeros(512, np.float32)
    assert np.allclose(model.read(text, vector, ()).scores, again.read(text, vector, ()).scores)
    assert again.vocabulary == model.vocabulary


def test_an_unknown_output_scores_lowest(model: Learned) -> None:
    assert model.read("あ", None, ()).score("unheard of") == float("-inf")


def test_clues_are_pieces_of_the_text_strongest_first() -> None:
    text = fold("もう死にたいです")
    clues = learned().clues(text, "danger.suicide")
    assert clues and all(piece in text for piece, _ in clues)
    assert [w for _, w in clues] == sorted((w for _, w in clues), reverse=True)
