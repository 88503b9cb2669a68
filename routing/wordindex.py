"""Which worry a text is about: pieces of words weighed by what they tell (BM25), typos forgiven.

Knows categories only, no members and no urgency. Built once per directory, then only read, so
that any number of threads may ask at the same time.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from directory_data.model import Category
from routing.fold import fold
from routing.grams import grams, pieces_of
from routing.judgement import CategoryMatch
from routing.stretch import stretches, telling_words

NO_WORRY = "none"
"""The category of greetings, thanks and chit-chat."""
SHOWN = 5
"""No more categories than this are worth telling."""

_LONGEST = 400
"""Signs that are matched: the beginning and the end of a long story name its worry."""
_SATURATION, _LENGTH_SHARE = 1.2, 0.6
_KEYWORD_WEIGHT, _EXAMPLE_WEIGHT = 3, 1
_SENTENCE_SHARE, _KEYWORD_SHARE = 0.6, 0.12
_FUZZY_CUTOFF, _FUZZY_SHARE, _FUZZY_LONGEST = 84.0, 0.35, 60
_FAINT = 0.05
_TAIL = 0.35
_CLAUSE_SHARE, _CLAUSES = 0.8, 6
"""A worry named in one clause of several counts this much of what it would count alone."""
_NAMED = 6.0
_CLEAR_SCORE, _CLEAR_MARGIN = 0.34, 1.25


_CLAUSE = re.compile(r"[。．.！!？?、,\n…]+")


class Matcher:
    """The index over one directory's categories."""

    def __init__(self, categories: Mapping[str, Category]) -> None:
        self._codes = tuple(categories)
        sources = [_source(c) for c in categories.values()]
        self._idf = _rarity(sources)
        self._unseen = max(self._idf.values(), default=1.0)
        self._weights = self._weigh(sources)
        self._sentences, self._owners = self._sentence_index(categories.values())
        self._keywords = {
            fold(k): position
            for position, category in enumerate(categories.values())
            for k in category.keywords
        }
        self._fuzzy = [k for k in self._keywords if len(k) >= 4]

    def match(self, text: str) -> tuple[CategoryMatch, ...]:
        """Categories that fit, best first; empty when the text holds no worry."""
        folded = _shortened(fold(text))
        scores = self._all_scores(folded)
        if not scores:
            return ()
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if self._codes[ranked[0][0]] == NO_WORRY or ranked[0][1] < _FAINT:
            return ()
        fitting = [
            (position, score)
            for position, score in ranked
            if self._codes[position] != NO_WORRY and score >= ranked[0][1] * _TAIL
        ]
        return self._told(text, fitting[:SHOWN])

    def is_clear(self, matches: tuple[CategoryMatch, ...]) -> bool:
        """One message is enough: the best stands out, or it fits so well that a question would
        only cost the resident strength."""
        if not matches:
            return False
        best = matches[0].score
        if best >= 2 * _CLEAR_SCORE:
            return True
        second = matches[1].score if len(matches) > 1 else 0.0
        return best >= _CLEAR_SCORE and best >= second * _CLEAR_MARGIN

    def _told(self, text: str, fitting: list[tuple[int, float]]) -> tuple[CategoryMatch, ...]:
        pieces = stretches(text)
        leanings = [self._leanings(piece) for piece in pieces]
        return tuple(
            CategoryMatch(
                self._codes[position],
                round(score, 4),
                telling_words(pieces, [leaning.get(position, 0.0) for leaning in leanings]),
            )
            for position, score in fitting
        )

    def _leanings(self, words: str) -> dict[int, float]:
        """How much a stretch of the text speaks for each category; a keyword settles it."""
        folded = fold(words)
        leanings: dict[int, float] = {}
        for gram in set(grams(folded)):
            for position, weight in self._weights.get(gram, ()):
                leanings[position] = leanings.get(position, 0.0) + weight
        for position in {p for k, p in self._keywords.items() if k in folded}:
            leanings[position] = leanings.get(position, 0.0) + _NAMED
        return leanings

    def _all_scores(self, folded: str) -> dict[int, float]:
        """The whole text, and each of its clauses too, so that a second worry is not drowned."""
        scores = self._scores(folded)
        if scores:
            self._add_typos(folded, scores)
        clauses = [c for c in _CLAUSE.split(folded) if len(c) >= 5][:_CLAUSES]
        for clause in clauses if len(clauses) > 1 else ():
            for position, score in self._scores(clause).items():
                if position in scores:
                    scores[position] = max(scores[position], _CLAUSE_SHARE * score)
        return scores

    def _scores(self, folded: str) -> dict[int, float]:
        pieces = Counter(grams(folded))
        if not pieces:
            return {}
        whole = sum(self._idf.get(g, self._unseen * 0.5) for g in pieces)
        scores = self._by_category(pieces, whole)
        for position, likeness in self._by_sentence(pieces).items():
            scores[position] = scores.get(position, 0.0) + _SENTENCE_SHARE * likeness
        for keyword, position in self._keywords.items():
            if keyword in folded:
                share = _KEYWORD_SHARE * min(len(keyword), 6) / 3
                scores[position] = scores.get(position, 0.0) + share
        return scores

    def _by_category(self, pieces: Iterable[str], whole: float) -> dict[int, float]:
        scores: dict[int, float] = {}
        for gram in pieces:
            for position, weight in self._weights.get(gram, ()):
                scores[position] = scores.get(position, 0.0) + weight
        return {p: s / (whole * (_SATURATION + 1)) for p, s in scores.items()}

    def _by_sentence(self, pieces: Iterable[str]) -> dict[int, float]:
        """The likeness (0–1) of each category's nearest example sentence."""
        found: dict[int, float] = {}
        norm = 0.0
        for gram in pieces:
            rarity = self._idf.get(gram, self._unseen * 0.5)
            norm += rarity * rarity
            for sentence, weight in self._sentences.get(gram, ()):
                found[sentence] = found.get(sentence, 0.0) + rarity * weight
        norm = math.sqrt(norm) or 1.0
        best: dict[int, float] = {}
        for sentence, product in found.items():
            position = self._owners[sentence]
            best[position] = max(best.get(position, 0.0), product / norm)
        return best

    def _add_typos(self, folded: str, scores: dict[int, float]) -> None:
        """A keyword written almost right, when nothing else tells much."""
        if len(folded) > _FUZZY_LONGEST or max(scores.values()) > _CLEAR_SCORE:
            return
        near = process.extract(
            folded, self._fuzzy, scorer=fuzz.partial_ratio, score_cutoff=_FUZZY_CUTOFF, limit=4
        )
        for keyword, ratio, _ in near:
            if len(keyword) <= len(folded) + 1:
                position = self._keywords[keyword]
                scores[position] = scores.get(position, 0.0) + _FUZZY_SHARE * ratio / 100

    def _weigh(self, sources: list[Counter[str]]) -> dict[str, tuple[tuple[int, float], ...]]:
        lengths = [sum(s.values()) for s in sources]
        usual = sum(lengths) / (len(lengths) or 1)
        weights: dict[str, list[tuple[int, float]]] = {}
        for position, source in enumerate(sources):
            drag = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * lengths[position] / usual)
            for gram, count in source.items():
                weight = self._idf[gram] * count * (_SATURATION + 1) / (count + drag)
                weights.setdefault(gram, []).append((position, weight))
        return {gram: tuple(rows) for gram, rows in weights.items()}

    def _sentence_index(
        self, categories: Iterable[Category]
    ) -> tuple[dict[str, tuple[tuple[int, float], ...]], tuple[int, ...]]:
        index: dict[str, list[tuple[int, float]]] = {}
        owners: list[int] = []
        for position, category in enumerate(categories):
            for sentence in (*category.examples, *category.keywords):
                self._enter(index, len(owners), sentence)
                owners.append(position)
        return {gram: tuple(rows) for gram, rows in index.items()}, tuple(owners)

    def _enter(self, index: dict[str, list[tuple[int, float]]], number: int, text: str) -> None:
        pieces = set(pieces_of(text))
        norm = math.sqrt(sum(self._idf[g] ** 2 for g in pieces)) or 1.0
        for gram in pieces:
            index.setdefault(gram, []).append((number, self._idf[gram] / norm))


def _source(category: Category) -> Counter[str]:
    """Every piece of a category's own words, keywords and labels counting more."""
    counted: Counter[str] = Counter()
    heard = [(k, _KEYWORD_WEIGHT) for k in (*category.keywords, *category.label.values())]
    heard += [(e, _EXAMPLE_WEIGHT) for e in (*category.examples, *category.description.values())]
    for text, weight in heard:
        for gram in pieces_of(text):
            counted[gram] += weight
    return counted


def _rarity(sources: list[Counter[str]]) -> dict[str, float]:
    """A piece that few categories use tells more."""
    spread = Counter(gram for source in sources for gram in source)
    count = len(sources)
    return {g: math.log(1 + (count - n + 0.5) / (n + 0.5)) for g, n in spread.items()}


def _shortened(folded: str) -> str:
    if len(folded) <= _LONGEST:
        return folded
    return folded[: _LONGEST // 2] + " " + folded[-_LONGEST // 2 :]
