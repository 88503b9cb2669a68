"""The corpus keeps its form: known labels, no repeated text, every danger beside a twin."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from directory_data.load import load_pack
from directory_data.sheet import LANGUAGES
from routing.judgement import Level, UrgentKind

CORPUS = Path(__file__).parents[2] / "corpus"
LANGS = {*LANGUAGES, "ja-easy"}


def rows(kind: str) -> list[dict[str, Any]]:
    """All rows of the files of that kind."""
    files = sorted(CORPUS.glob(f"{kind}_*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("kind", ["worries", "urgency"])
def test_no_text_stands_twice(kind: str) -> None:
    texts = [row["text"].strip() for row in rows(kind)]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("kind", ["worries", "urgency"])
def test_languages_are_known_and_texts_fit_into_a_line_message(kind: str) -> None:
    assert {row["lang"] for row in rows(kind)} <= LANGS
    assert all(0 < len(row["text"]) <= 5_000 for row in rows(kind))


def test_worries_name_categories_of_the_pack() -> None:
    known = {*load_pack("kumamoto").categories, "none"}
    assert {code for row in rows("worries") for code in row["categories"]} == known


def test_urgency_rows_carry_known_levels_and_kinds() -> None:
    for row in rows("urgency"):
        assert Level(row["urgent"])
        assert row["kind"] is None or UrgentKind(row["kind"])
        assert row["kind"] or row["urgent"] in ("none", "concern"), row["pair"]


def test_every_pair_holds_two_labels() -> None:
    pairs: defaultdict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for row in rows("urgency"):
        pairs[row["pair"]].add((row["urgent"], row["kind"]))
    assert [pair for pair, labels in pairs.items() if len(labels) < 2] == []
