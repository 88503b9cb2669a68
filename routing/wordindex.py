"""What a pack says of its own categories: keywords found in a text, typos forgiven, and a plain
BM25 over its examples for categories that the learned judge has never seen.

Built once per directory, then only read. Knows no members and no urgency.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from directory_data.model import Category
from routing.fold import fold
from routing.grams import grams, pieces_of

_SATURATION, _LENGTH_SHARE = 1.2, 0.6
_KEYWORD_WEIGHT, _EXAMPLE_WEIGHT = 3, 1
_NAMED, _NAMED_LENGTH = 0.12, 4
"""What one keyword adds, and the length from which it counts in full."""
_FUZZY_CUTOFF, _FUZZY_SHARE, _FUZZY_LONGEST = 84.0, 0.2, 40


class WordIndex:
    """The words of one directory's categories. `learned` are the codes the judge knows itself."""

    def __init__(self, categories: Mapping[str, Category], learned: frozenset[str]) -> None:
        self._keywords = {
            folded: code
            for code, category in categories.items()
            for keyword in (*category.keywords, *category.synonyms)
            if (folded := fold(keyword)).strip()
        }
        self._fuzzy = [keyword for keyword in self._keywords if len(keyword) >= 4]
        self._new = _Bm25({c: k for c, k in categories.items() if c not in learned})

    def keywords_in(self, folded: str) -> tuple[str, ...]:
        """Every keyword that stands in a text."""
        return tuple(keyword for keyword in self._keywords if keyword in folded)

    def named(self, keywords: Iterable[str]) -> dict[str, float]:
        """What these keywords add to each category's score (0–0.12 each category)."""
        added: dict[str, float] = {}
        for keyword in keywords:
            code = self._keywords[keyword]
            share = _NAMED * min(len(keyword), _NAMED_LENGTH) / _NAMED_LENGTH
            added[code] = max(added.get(code, 0.0), share)
        return added

    def almost_named(self, folded: str) -> dict[str, float]:
        """The same for keywords written almost right, in a short text."""
        if not folded or len(folded) > _FUZZY_LONGEST:
            return {}
        near = process.extract(
            folded, self._fuzzy, scorer=fuzz.partial_ratio, score_cutoff=_FUZZY_CUTOFF, limit=4
        )
        fitting = ((k, ratio) for k, ratio, _ in near if len(k) <= len(folded) + 1)
        return {self._keywords[k]: _FUZZY_SHARE * ratio / 100 for k, ratio in fitting}

    def unlearned(self, folded: str) -> dict[str, float]:
        """Scores (about 0–1) of the categories that only this pack knows."""
        return self._new.scores(folded)


class _Bm25:
    """Okapi BM25 with one document a category (Robertson & Zaragoza 2009)."""

    def __init__(self, categories: Mapping[str, Category]) -> None:
        sources = {code: _source(category) for code, category in categories.items()}
        spread = Counter(gram for source in sources.values() for gram in source)
        count = len(sources)
        self._rarity = {g: math.log(1 + (count - n + 0.5) / (n + 0.5)) for g, n in spread.items()}
        self._unseen = math.log(2 * count + 2)
        self._weights = self._weigh(sources)

    def scores(self, folded: str) -> dict[str, float]:
        if not self._weights:
            return {}
        pieces = set(grams(folded))
        whole = sum(self._rarity.get(g, self._unseen) for g in pieces) * (_SATURATION + 1)
        found: dict[str, float] = {}
        for gram in pieces:
            for code, weight in self._weights.get(gram, ()):
                found[code] = found.get(code, 0.0) + weight / whole
        return found

    def _weigh(self, sources: Mapping[str, Counter[str]]) -> dict[str, list[tuple[str, float]]]:
        usual = sum(s.total() for s in sources.values()) / (len(sources) or 1)
        weights: dict[str, list[tuple[str, float]]] = {}
        for code, source in sources.items():
            drag = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * source.total() / usual)
            for gram, count in source.items():
                weight = self._rarity[gram] * count * (_SATURATION + 1) / (count + drag)
                weights.setdefault(gram, []).append((code, weight))
        return weights


def _source(category: Category) -> Counter[str]:
    """Every piece of a category's own words, keywords and labels counting more."""
    counted: Counter[str] = Counter()
    heard = [(k, _KEYWORD_WEIGHT) for k in (*category.keywords, *category.synonyms)]
    heard += [(label, _KEYWORD_WEIGHT) for label in category.label.values()]
    heard += [(e, _EXAMPLE_WEIGHT) for e in (*category.examples, *category.description.values())]
    for text, weight in heard:
        for gram in pieces_of(text):
            counted[gram] += weight
    return counted
