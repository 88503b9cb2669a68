"""From rows to weights: one ridge regression per output over letters, rules and meaning.

Least squares with a ridge was as good as logistic regression on hands left out and fits in seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from directory_data.sheet import LANGUAGES
from routing.fold import fold, visible
from routing.judgement import Level, UrgentKind
from routing.learned import Learned
from routing.letters import pieces
from routing.sentences import sentences
from routing.urgency import rules_in
from training.ridge import Table, ridge
from training.rows import Row

RARE = 3
"""A piece in fewer texts than this is not learned."""
KEPT = 80_000
"""Pieces whose weights are shipped: those with the greatest influence on any output."""
MEANING_WEIGHT, RULE_WEIGHT = 0.03, 0.3
RIDGE = 0.7
SECOND_CHOICE = 0.8
"""What a category counts that is acceptable, but not the first."""

EVERYTHING = ("letters", "rules", "meaning")
WITHOUT_MEANING = ("letters", "rules")
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

    def __init__(self, rows: Sequence[Row], parts: Collection[str] = EVERYTHING) -> None:
        self._parts = parts
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

    def of(self, rows: Sequence[Row]) -> Table:
        """Letters, rules and meaning; one line a row."""
        letters = self.letters.transform([row.text for row in rows])
        scaled = (meaning_of(rows) - self.mean) / self.spread * MEANING_WEIGHT
        here = {part: float(part in self._parts) for part in EVERYTHING}
        signs = sparse.hstack(
            [letters * here["letters"], self._fired(rows) * here["rules"]],
            format="csr",
            dtype=np.float32,
        )
        signs.eliminate_zeros()
        return Table(signs, np.asarray(scaled * here["meaning"], np.float32))

    def _fired(self, rows: Sequence[Row]) -> Matrix:
        place = {rule: number for number, rule in enumerate(self.rules)}
        found = ((n, rule) for n, row in enumerate(rows) for rule in rules_of(row.text))
        fired = [(n, place[rule]) for n, rule in found if rule in place]
        lines, columns = zip(*fired, strict=True) if fired else ((), ())
        shape = (len(rows), len(self.rules))
        return sparse.csr_matrix((np.full(len(fired), RULE_WEIGHT), (lines, columns)), shape=shape)


def outputs_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """The names of everything that is learned."""
    codes = sorted({code for row in rows for code in row.categories})
    return (*codes, *LEVELS, *KINDS, *DANGERS, *LANGUAGES_LEARNED, OTHER)


def targets(rows: Sequence[Row], outputs: Sequence[str]) -> NDArray[np.float32]:
    """rows × outputs; NaN where nobody said."""
    table = np.full((len(rows), len(outputs)), np.nan, np.float32)
    for row, line in zip(rows, table, strict=True):
        line[:] = [_target(row, output) for output in outputs]
    return table


def solve(
    features: Table, wanted: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (features × outputs) and biases; each output from the rows that have it."""
    weights = np.zeros((features.shape[1], wanted.shape[1]), np.float32)
    biases = np.zeros(wanted.shape[1], np.float32)
    told = ~np.isnan(wanted)
    for pattern in np.unique(told, axis=1).T:
        columns = np.flatnonzero((told == pattern[:, None]).all(axis=0))
        weights[:, columns], biases[columns] = ridge(
            features[pattern], wanted[pattern][:, columns], RIDGE
        )
    return weights, biases


def fit(rows: Sequence[Row], parts: Collection[str] = EVERYTHING, kept: int = KEPT) -> Learned:
    """A model of letters, rules and perhaps meaning, without thresholds (see `training.limits`)."""
    outputs = outputs_of(rows)
    features, wanted = Features(rows, parts), targets(rows, outputs)
    table = features.of(rows)
    weights, biases = solve(table, wanted)
    letters = len(features.letters.get_feature_names_out())
    if kept < letters:
        texts = np.asarray((table.sparse[:, :letters] > 0).sum(axis=0)).ravel()
        influence = np.abs(weights[:letters]).max(axis=1) * np.sqrt(texts)
        features.keep(np.sort(np.argsort(-influence)[:kept]))
        weights, biases = solve(features.of(rows), wanted)
    return _learned(features, outputs, weights, biases)


def _learned(
    features: Features, outputs: tuple[str, ...], weights: NDArray[Any], biases: NDArray[Any]
) -> Learned:
    names = features.letters.get_feature_names_out()
    letters, rules = weights[: len(names)], weights[len(names) :][: len(features.rules)]
    scale = np.abs(letters).max(axis=0) / 127 + 1e-12
    meaning = weights[len(names) + len(features.rules) :]
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
    family, _, name = output.rpartition(".")
    return _TARGETS[family](row, name)


def _category_target(row: Row, code: str) -> float:
    if not row.categories:
        return np.nan
    if code == row.categories[0]:
        return 1.0
    return SECOND_CHOICE if code in row.categories else 0.0


def _level_target(row: Row, level: str) -> float:
    return np.nan if row.level is None else float(row.number >= Level(level).rank)


def _kind_target(row: Row, kind: str) -> float:
    """Learned from dangers only: a kind is asked for after danger was found."""
    return np.nan if row.kind is None else float(row.kind == kind)


def _danger_target(row: Row, kind: str) -> float:
    if row.level is None:
        return np.nan
    return float(row.number >= Level.URGENT.rank and row.kind == kind)


def _language_target(row: Row, language: str) -> float:
    return float(row.language == language)


def _other_target(row: Row, _other: str) -> float:
    return float(row.who not in _MINE) if row.who else np.nan


_TARGETS: Mapping[str, Callable[[Row, str], float]] = {
    "": _category_target,
    "level": _level_target,
    "kind": _kind_target,
    "danger": _danger_target,
    "language": _language_target,
    "about": _other_target,
}


def _pieces(text: str) -> list[str]:
    return pieces(fold(text))


@cache
def _meaning(text: str) -> NDArray[np.float32]:
    found = sentences().vector(visible(text))
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
