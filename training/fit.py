"""From rows to weights: one ridge regression per output over letters, rules and meaning.

Least squares with a ridge was as good as logistic regression on hands left out and fits in seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge

from directory_data.sheet import LANGUAGES
from routing.fold import fold, visible
from routing.judgement import Level, UrgentKind
from routing.learned import Learned
from routing.letters import pieces
from routing.sentences import Sentences
from routing.urgency import rules_in
from training.rows import Row

RARE = 3
"""A piece in fewer texts than this is not learned."""
KEPT = 80_000
"""Pieces whose weights are shipped: those with the greatest influence on any output."""
MEANING_WEIGHT, RULE_WEIGHT = 0.03, 0.3
RIDGE = 0.7
SECOND_CHOICE = 0.8
"""What a category counts that is acceptable, but not the first."""

LEVELS = ("level.concern", "level.urgent", "level.emergency")
KINDS = tuple(f"kind.{kind}" for kind in UrgentKind)
DANGERS = tuple(f"danger.{kind}" for kind in UrgentKind)
"""Urgent and of this kind: six narrow detectors hear more than one wide one."""
LANGUAGES_LEARNED = tuple(f"language.{code}" for code in LANGUAGES)
OTHER = "about.other"
_MINE = {"me", "none", "fiction", ""}

Matrix = Any
"""A scipy sparse matrix; scipy ships no types."""


class Features:
    """Turns rows into numbers, the same ones that `Learned.read` makes of a text."""

    def __init__(self, rows: Sequence[Row], use_meaning: bool = True) -> None:
        self._use_meaning = use_meaning
        self.letters = TfidfVectorizer(analyzer=_pieces, sublinear_tf=True, min_df=RARE)
        self.letters.fit([row.text for row in rows])
        self.rules = sorted({rule for row in rows for rule in rules_of(row.text)})
        meaning = meaning_of(rows)
        self.mean, self.spread = meaning.mean(axis=0), meaning.std(axis=0) + 1e-6

    def keep(self, numbers: NDArray[np.intp]) -> None:
        """Forget all letter pieces but these."""
        names = self.letters.get_feature_names_out()[numbers]
        rarity = self.letters.idf_[numbers]
        self.letters = TfidfVectorizer(analyzer=_pieces, sublinear_tf=True, vocabulary=list(names))
        self.letters.idf_ = rarity

    def of(self, rows: Sequence[Row]) -> Matrix:
        """Letters, rules, meaning side by side; one line a row."""
        parts = [self.letters.transform([row.text for row in rows]), self._fired(rows)]
        if self._use_meaning:
            scaled = (meaning_of(rows) - self.mean) / self.spread * MEANING_WEIGHT
            parts.append(sparse.csr_matrix(scaled))
        return sparse.hstack(parts).tocsr()

    def _fired(self, rows: Sequence[Row]) -> Matrix:
        place = {rule: number for number, rule in enumerate(self.rules)}
        fired = [(n, place[r]) for n, row in enumerate(rows) for r in rules_of(row.text) if r in place]
        lines, columns = zip(*fired, strict=True) if fired else ((), ())
        shape = (len(rows), len(self.rules))
        return sparse.csr_matrix((np.full(len(fired), RULE_WEIGHT), (lines, columns)), shape=shape)


def outputs_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """The names of everything that is learned."""
    codes = sorted({code for row in rows for code in row.categories})
    return (*codes, *LEVELS, *KINDS, *DANGERS, *LANGUAGES_LEARNED, OTHER)


def targets(rows: Sequence[Row], outputs: Sequence[str]) -> NDArray[np.float64]:
    """rows × outputs; NaN where nobody said."""
    table = np.full((len(rows), len(outputs)), np.nan)
    for row, line in zip(rows, table, strict=True):
        line[:] = [_target(row, output) for output in outputs]
    return table


def solve(features: Matrix, wanted: NDArray[np.float64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Weights (features × outputs) and biases; each output from the rows that have it."""
    weights = np.zeros((features.shape[1], wanted.shape[1]))
    biases = np.zeros(wanted.shape[1])
    told = ~np.isnan(wanted)
    for pattern in np.unique(told, axis=1).T:
        columns = np.flatnonzero((told == pattern[:, None]).all(axis=0))
        ridge = Ridge(alpha=RIDGE, solver="sparse_cg", tol=1e-3)
        ridge.fit(features[pattern], wanted[pattern][:, columns])
        weights[:, columns] = np.atleast_2d(ridge.coef_).T
        biases[columns] = ridge.intercept_
    return weights, biases


def fit(rows: Sequence[Row], use_meaning: bool = True, kept: int = KEPT) -> Learned:
    """A model without thresholds (see `training.limits`)."""
    outputs = outputs_of(rows)
    features, wanted = Features(rows, use_meaning), targets(rows, outputs)
    table = features.of(rows)
    weights, biases = solve(table, wanted)
    letters = len(features.letters.get_feature_names_out())
    if kept < letters:
        influence = np.abs(weights[:letters]).max(axis=1) * np.sqrt(_texts_with(table, letters))
        features.keep(np.sort(np.argsort(-influence)[:kept]))
        weights, biases = solve(features.of(rows), wanted)
    return _learned(features, outputs, weights, biases)


def _texts_with(table: Matrix, letters: int) -> NDArray[Any]:
    return np.asarray((table[:, :letters] > 0).sum(axis=0)).ravel()


def _learned(
    features: Features, outputs: tuple[str, ...], weights: NDArray[Any], biases: NDArray[Any]
) -> Learned:
    names = features.letters.get_feature_names_out()
    letters, rules = weights[: len(names)], weights[len(names) :][: len(features.rules)]
    scale = np.abs(letters).max(axis=0) / 127 + 1e-12
    meaning = weights[len(names) + len(features.rules) :]
    if not len(meaning):
        meaning = np.zeros((len(features.mean), len(outputs)))
    meaning = meaning * MEANING_WEIGHT / features.spread[:, None]
    return Learned(
        outputs=outputs,
        vocabulary={str(name): number for number, name in enumerate(names)},
        rarity=np.asarray(features.letters.idf_, np.float32),
        letters=np.round(letters / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        rules={rule: number for number, rule in enumerate(features.rules)},
        rule_weights=(rules * RULE_WEIGHT).astype(np.float32),
        meaning=meaning.astype(np.float32),
        meaning_bias=(-features.mean @ meaning).astype(np.float32),
        bias=biases.astype(np.float32),
        limits={},
        about={},
    )


def _target(row: Row, output: str) -> float:
    if output in LEVELS:
        return _level_target(row, Level(output.removeprefix("level.")))
    if output in KINDS:
        return _kind_target(row, output)
    if output in DANGERS:
        return _danger_target(row, output)
    if output in LANGUAGES_LEARNED:
        return float(output == f"language.{row.language}")
    if output == OTHER:
        return float(row.who not in _MINE) if row.who else np.nan
    if not row.categories:
        return np.nan
    if output == row.categories[0]:
        return 1.0
    return SECOND_CHOICE if output in row.categories else 0.0


def _level_target(row: Row, level: Level) -> float:
    return np.nan if row.level is None else float(row.number >= level.rank)


def _kind_target(row: Row, output: str) -> float:
    """Learned from dangers only: a kind is asked for after danger was found."""
    return np.nan if row.kind is None else float(output == f"kind.{row.kind}")


def _danger_target(row: Row, output: str) -> float:
    if row.level is None:
        return np.nan
    return float(row.number >= Level.URGENT.rank and output == f"danger.{row.kind}")


def _pieces(text: str) -> list[str]:
    return pieces(fold(text))


_sentences = Sentences()


@cache
def _meaning(text: str) -> NDArray[np.float32]:
    found = _sentences.vector(visible(text))
    if found is None:
        raise RuntimeError("the sentence encoder cannot be loaded")
    return found


def meaning_of(rows: Sequence[Row]) -> NDArray[np.float32]:
    """rows × 512; every text is encoded once per process."""
    return np.vstack([_meaning(row.text) for row in rows])


@cache
def rules_of(text: str) -> tuple[str, ...]:
    """The ids of the rules that fire, and the level they give."""
    return rules_in(text)


