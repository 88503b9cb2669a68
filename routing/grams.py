"""A folded text cut into small pieces that can be counted: the alphabet of the matcher."""

from __future__ import annotations

import re
from functools import lru_cache

from routing.fold import fold

_RUN = re.compile(r"[ぁ-んーァ-ヶ一-鿿々]+|[가-힣]+|[ऀ-ॿ]+|[a-z0-9']+")
_HAN = re.compile(r"[一-鿿々]")
_JAPANESE = re.compile(r"[ぁ-んーァ-ヶ一-鿿々]")
_STOP = frozenset(
    re.findall(
        r"[a-z]+",
        "i a an the to of in is am are it my me and for so do not toi ang ng sa na ko ako saya di"
        " yang eu um uma de da com la co",
    )
)


def grams(folded: str) -> list[str]:
    """Japanese and Chinese: 1–3 signs (single ones only for kanji). Spaced scripts: the word, its
    beginning and its inner threes, so that endings and typos matter less."""
    pieces: list[str] = []
    for run in _RUN.findall(folded):
        pieces.extend(_signs(run) if _JAPANESE.match(run) else _word(run))
    return pieces


def _signs(run: str) -> list[str]:
    pieces = [c for c in run if _HAN.match(c)]
    pieces.extend(run[i : i + 2] for i in range(len(run) - 1))
    pieces.extend(run[i : i + 3] for i in range(len(run) - 2))
    return pieces


def _word(word: str) -> list[str]:
    if word in _STOP:
        return []
    marked = f"_{word}_"
    if len(word) <= 3:
        return [marked]
    return [marked, marked[:5], *(marked[i : i + 3] for i in range(len(marked) - 2))]


@lru_cache(maxsize=4096)
def pieces_of(text: str) -> tuple[str, ...]:
    """The pieces of a pack's own sentence; remembered while an index is built from it twice."""
    return tuple(grams(fold(text)))
