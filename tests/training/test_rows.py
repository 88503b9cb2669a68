"""The written rows: labels, voices, twins, and the numbers the corpus promises."""

from __future__ import annotations

from collections import Counter

import pytest

from directory_data.load import load_pack
from directory_data.sheet import LANGUAGES
from routing.judgement import Level, UrgentKind
from training.rows import Row, digest, held_out_rows, training_rows

ROWS = training_rows()
URGENT = [row for row in ROWS if row.pair]


def test_rows_speak_known_languages_and_categories() -> None:
    known = set(load_pack("kumamoto").categories)
    for row in (*ROWS, *held_out_rows()):
        assert row.language in LANGUAGES, row.text
        assert set(row.categories) <= known, row.text
        assert 0 < len(row.text) <= 5_000


def test_a_danger_says_which_kind() -> None:
    for row in (*ROWS, *held_out_rows()):
        assert row.kind or row.number < Level.URGENT.rank, row.text


def test_twins_share_their_words_and_not_their_level() -> None:
    assert sum(row.twin for row in ROWS) > 2_000
    pairs = Counter(row.pair for row in ROWS if row.twin)
    assert min(pairs.values()) >= 2


@pytest.mark.parametrize("kind", UrgentKind)
def test_every_kind_of_danger_is_told_in_every_way(kind: UrgentKind) -> None:
    mine = [row for row in URGENT if row.kind is kind and row.number >= Level.URGENT.rank]
    assert {row.language for row in mine} >= set(LANGUAGES)
    assert {"me", "friend", "family", "neighbour", "child"} <= {row.who for row in mine}
    assert {"polite", "blunt", "child", "teen", "old", "dialect"} <= {row.voice for row in mine}
    assert {row.direct for row in mine} >= {True, False}
    assert {"now", "recent", "habit"} <= {row.tense for row in mine}


def test_every_category_has_examples_in_every_language() -> None:
    counted = Counter((row.categories[0], row.language) for row in ROWS if row.categories)
    codes = [code for code in load_pack("kumamoto").categories if code != "none"]
    thin = {
        (c, lang): counted[c, lang] for c in codes for lang in LANGUAGES if counted[c, lang] < 8
    }
    assert thin == {}
    assert {c: counted[c, "ja"] for c in codes if counted[c, "ja"] < 80} == {}


def test_the_digest_changes_with_any_label() -> None:
    row = Row("あ", "ja", ("food",), Level.NONE, None, "h")
    other = Row("あ", "ja", ("food",), Level.CONCERN, None, "h")
    assert digest([row]) == digest([row]) != digest([other])
