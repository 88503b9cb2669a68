"""The learned judge: one linear model over letter pieces, the sentence vector and the rules.

It answers with a number per output (a category code, `level.urgent`, `kind.suicide`, …); what a
number means is decided in `routing.matching` and `routing.urgency`. Fitted offline by the room
`training`, shipped as routing/models/*.npz, read once and never changed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.letters import pieces

MODELS = Path(__file__).parent / "models"

Floats = NDArray[np.float32]
_CLUES = 6
_FAINT = 0.15
"""No more letter clues than this are shown for one output, and none fainter than this share."""


@dataclass(frozen=True, eq=False)
class Learned:
    """n letter pieces, k outputs, r rule features, 512 numbers of a sentence vector."""

    outputs: tuple[str, ...]
    vocabulary: Mapping[str, int]
    rarity: Floats
    """n: the inverse document frequency of each piece."""
    letters: NDArray[np.int8]
    """n × k, to be multiplied by `scale`."""
    scale: Floats
    """k."""
    rules: Mapping[str, int]
    rule_weights: Floats
    """r × k."""
    meaning: Floats
    """512 × k."""
    meaning_bias: Floats
    """k: added with a sentence vector, so that an average one changes nothing."""
    bias: Floats
    """k."""
    limits: Mapping[str, float]
    """Thresholds by name, chosen on out-of-fold scores."""
    about: Mapping[str, Any]
    """From what the weights were fitted: digest and number of the rows, number of hands."""

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each output stands."""
        return {name: number for number, name in enumerate(self.outputs)}

    @cached_property
    def kinds(self) -> Mapping[str, Mapping[str, int]]:
        """Where the outputs `kind.…` and `danger.…` stand, by family and kind."""
        return {
            family: {
                name.removeprefix(f"{family}."): place
                for name, place in self.place.items()
                if name.startswith(f"{family}.")
            }
            for family in ("kind", "danger")
        }

    def read(self, folded: str, vector: Floats | None, rules: Sequence[str]) -> Reading:
        """Score one folded text; `vector` is None for a model that was fitted without meaning."""
        numbers, shares = self._pieces(folded)
        scores = self.bias + self._weights(numbers).T @ shares
        if vector is not None:
            scores = scores + vector @ self.meaning + self.meaning_bias
        known = [self.rules[rule] for rule in rules if rule in self.rules]
        if known:
            scores = scores + self.rule_weights[known].sum(axis=0)
        return Reading(self, scores)

    def leanings(self, folded: str) -> Floats:
        """How much each output is spoken for by the letters of a stretch alone; k numbers."""
        numbers, shares = self._pieces(folded)
        leaning: Floats = self._weights(numbers).T @ shares
        return leaning

    @cached_property
    def needs_meaning(self) -> bool:
        """Fitted with sentence vectors."""
        return bool(self.meaning.any())

    def clues(self, folded: str, *outputs: str) -> list[tuple[str, float]]:
        """The letter pieces that speak most for the sum of some outputs, strongest first."""
        numbers, shares = self._pieces(folded)
        places = [self.place[output] for output in outputs]
        weights = self._weights(numbers)[:, places].sum(axis=1) * shares
        names = list(self.vocabulary)
        ranked = sorted(zip(weights, numbers, strict=True), key=lambda pair: -pair[0])
        found = [(names[n], round(float(w), 3)) for w, n in ranked if w > 0]
        return _without_parts(found)[:_CLUES]

    def _weights(self, numbers: NDArray[np.intp]) -> Floats:
        weights: Floats = self.letters[numbers].astype(np.float32) * self.scale
        return weights

    def _pieces(self, folded: str) -> tuple[NDArray[np.intp], Floats]:
        """The known pieces of a text and the share of each, a unit vector (tf–idf, log counts)."""
        known = self.vocabulary
        counted = Counter(n for piece in pieces(folded) if (n := known.get(piece)) is not None)
        numbers = np.fromiter(counted.keys(), np.intp, len(counted))
        counts = np.fromiter(counted.values(), np.float32, len(counted))
        shares = (1 + np.log(counts)) * self.rarity[numbers]
        return numbers, shares / (np.sqrt(shares @ shares) or 1)


@dataclass(frozen=True, eq=False)
class Reading:
    """The scores of one text."""

    model: Learned
    scores: Floats

    def score(self, output: str) -> float:
        """One output's number; −inf for an output that this model was not fitted for."""
        place = self.model.place.get(output)
        return float("-inf") if place is None else float(self.scores[place])

    def passes(self, name: str) -> bool:
        """The threshold of this name is reached."""
        return self.distance(name) >= 0

    def distance(self, name: str) -> float:
        """How far a level's score is above (below: negative) the threshold of this name.

        `brake` is a second, lower threshold of the level urgent.
        """
        return self.level("urgent" if name == "brake" else name) - self.model.limits[name]

    def level(self, name: str) -> float:
        """The score of a level; for urgent with that of the kind of danger it sounds most like."""
        score = self.score(f"level.{name}")
        return score + max(self.of_kinds("danger").values()) if name == "urgent" else score

    def of_kinds(self, family: str) -> dict[str, float]:
        """The scores of `kind.…` or `danger.…` by kind."""
        return {kind: float(self.scores[place]) for kind, place in self.model.kinds[family].items()}


@cache
def learned(name: str = "judge") -> Learned:
    """A shipped model, read once per process: `judge`, or `letters`, which needs no encoder."""
    return load(MODELS / f"{name}.npz")


def load(path: Path) -> Learned:
    """Read a model file that `save` wrote."""
    with np.load(path, allow_pickle=False) as file:
        head = json.loads(file["head"].tobytes())
        arrays = {name: file[name] for name in file.files if name != "head"}
    vocabulary = arrays.pop("vocabulary").tobytes().decode().split("\n")
    return Learned(
        outputs=tuple(head["outputs"]),
        vocabulary={piece: number for number, piece in enumerate(vocabulary)},
        rules={rule: number for number, rule in enumerate(head["rules"])},
        limits=head["limits"],
        about=head["about"],
        **{name: value.astype(np.float32) for name, value in arrays.items() if name != "letters"},
        letters=arrays["letters"],
    )


def save(model: Learned, path: Path) -> None:
    """Write a model file; whoever reads meanwhile sees the old one whole."""
    head = {
        "outputs": model.outputs,
        "rules": list(model.rules),
        "limits": dict(model.limits),
        "about": dict(model.about),
    }
    vocabulary = "\n".join(model.vocabulary)
    unfinished = path.with_suffix(".part.npz")
    np.savez_compressed(
        unfinished,
        head=np.frombuffer(json.dumps(head).encode(), np.uint8),
        vocabulary=np.frombuffer(vocabulary.encode(), np.uint8),
        letters=model.letters,
        scale=model.scale,
        rarity=model.rarity.astype(np.float16),
        rule_weights=model.rule_weights.astype(np.float16),
        meaning=model.meaning.astype(np.float16),
        meaning_bias=model.meaning_bias,
        bias=model.bias,
    )
    unfinished.replace(path)


def _without_parts(found: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Of pieces inside one another only the strongest, so that clues can be read."""
    kept: list[tuple[str, float]] = []
    for piece, weight in found:
        bare = piece.strip()
        if weight < found[0][1] * _FAINT:
            break
        if len(bare) > 1 and not any(bare in k or k in bare for k, _ in kept):
            kept.append((bare, weight))
    return kept
