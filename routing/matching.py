"""Which worries a text is about, best first, with the resident's own words that led there.

Knows categories only, no members and no urgency. Built once per directory, then only read, so that
any number of threads may ask at the same time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from directory_data.model import Category
from routing.fold import fold
from routing.judgement import NO_WORRY, CategoryMatch
from routing.learned import Learned, Reading
from routing.stretch import stretches, telling_words
from routing.wordindex import WordIndex

SHOWN = 5
"""No more categories than this are worth telling."""
_UNSURE = 0.35
"""Below this a keyword with a typo may still decide."""
CHAT_LEAD = 0.04
"""So much a text must sound more like chat than like any worry: a worry taken for chat costs more
than a chat taken for a worry. Chosen on writers that were left out."""
_TAIL = 0.12
"""A category is told when its score is above this share of the best one's."""
_NAMED = 6.0
"""What a keyword of the pack tells of the stretch it stands in, beside the judge's leanings."""


class Matcher:
    """Ranks one directory's categories."""

    def __init__(self, categories: Mapping[str, Category], learned: Collection[str]) -> None:
        """`learned` are the outputs of the judge whose readings will come."""
        self._codes = (*(c for c in categories if c != NO_WORRY), NO_WORRY)
        self._index = WordIndex(categories, frozenset(learned))

    def match(self, text: str, folded: str, reading: Reading) -> tuple[CategoryMatch, ...]:
        """Categories that fit, best first, `none` among them; only `none` for a text without
        letters."""
        if not any(sign.isalpha() for sign in folded):
            return (CategoryMatch(NO_WORRY, 1.0),)
        keywords = self._index.keywords_in(folded)
        scores = self._scores(folded, reading, keywords)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        best, *others = ranked[:SHOWN]
        least = max(best[1] * _TAIL, 0.0)
        fitting = [best, *(other for other in others if other[1] >= least)]
        return self._told(text, fitting, keywords, reading.model)

    def _scores(self, folded: str, reading: Reading, keywords: Sequence[str]) -> dict[str, float]:
        scores = {code: reading.score(code) for code in self._codes}
        scores[NO_WORRY] -= CHAT_LEAD
        scores.update(self._index.unlearned(folded))
        _add(scores, self._index.named(keywords))
        if max(scores.values()) < _UNSURE:
            _add(scores, self._index.almost_named(folded))
        return {code: score for code, score in scores.items() if score > float("-inf")}

    def _told(
        self,
        text: str,
        fitting: list[tuple[str, float]],
        keywords: Sequence[str],
        model: Learned,
    ) -> tuple[CategoryMatch, ...]:
        if fitting[0][0] == NO_WORRY:
            return tuple(CategoryMatch(code, round(score, 4)) for code, score in fitting)
        parts = stretches(text)
        leanings = [self._leanings(fold(part), keywords, model) for part in parts]
        return tuple(
            CategoryMatch(code, round(score, 4), _telling(parts, [f[code] for f in leanings]))
            for code, score in fitting
        )

    def _leanings(self, folded: str, keywords: Sequence[str], model: Learned) -> dict[str, float]:
        """How much a stretch of the text speaks for each category; a keyword settles it."""
        letters, place = model.leanings(folded), model.place
        leaning = {c: float(letters[place[c]]) if c in place else 0.0 for c in self._codes}
        named = self._index.named(keyword for keyword in keywords if keyword in folded)
        _add(leaning, {code: _NAMED * share for code, share in named.items()})
        return leaning


def _telling(parts: Sequence[str], leanings: Sequence[float]) -> tuple[str, ...]:
    """The stretches that lean most to a category; where only the whole text does, the nearest."""
    weights = [max(leaning, 0.0) for leaning in leanings]
    if parts and not any(weights):
        weights[leanings.index(max(leanings))] = 1.0
    return telling_words(parts, weights)


def _add(scores: dict[str, float], more: Mapping[str, float]) -> None:
    for code, score in more.items():
        scores[code] = max(scores.get(code, 0.0), 0.0) + score
