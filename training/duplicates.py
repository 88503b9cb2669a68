"""Finds rows that say the same in nearly the same letters, so that no sentence is learned twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from routing.fold import fold
from training.rows import Row

ALIKE = 90.0
"""Two texts with at least this ratio (0–100, rapidfuzz) are near-duplicates."""

_GRAM, _OFTEN = 5, 40
_SIGNS = re.compile(r"[\W_]+")


def near_duplicates(rows: Sequence[Row], seen: Sequence[Row] = ()) -> list[tuple[Row, Row]]:
    """Pairs (earlier, later) that are alike. Rows of one pair are meant to be; short ones must be
    equal to count. With `seen`, only pairs of a seen row and one of `rows`."""
    everything = (*seen, *rows)
    bare = [_SIGNS.sub("", fold(row.text)) for row in everything]
    asked = (ab for ab in _candidates(bare) if not seen or ab[0] < len(seen) <= ab[1])
    return [
        (everything[a], everything[b])
        for a, b in asked
        if _alike(everything[a], everything[b], bare[a], bare[b])
    ]


def _candidates(bare: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Numbers of texts that share a run of letters which few others have, or are equal."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(bare):
        grams = {text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1)} or {text}
        for gram in grams:
            places[gram].append(number)
    shared = (numbers for numbers in places.values() if 1 < len(numbers) <= _OFTEN)
    yield from {(a, b) for numbers in shared for a in numbers for b in numbers if a < b}


def _alike(first: Row, second: Row, a: str, b: str) -> bool:
    if first.pair and first.pair == second.pair:
        return False
    if min(len(a), len(b)) < 8:
        return a == b and bool(a)
    return fuzz.ratio(a, b, score_cutoff=ALIKE) > 0
