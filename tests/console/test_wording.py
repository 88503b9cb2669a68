"""Both languages have the same sentences with the same gaps; times are told in Japan's clock."""

from __future__ import annotations

import re
import string
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, g

import console
from console import wording
from desk.accounts import Role
from desk.handoff import DeclineReason, Outcome
from routing.case import Status
from routing.judgement import Level, UrgentKind

NOON = datetime(2026, 11, 23, 3, 5, tzinfo=UTC)
HOUSE = Path(console.__file__).parent


def gaps(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_sentences() -> None:
    assert set(wording.words("ja")) == set(wording.words("en"))


def test_both_languages_have_the_same_gaps() -> None:
    free = {"time.moment", "time.day"}
    pairs = {k: (gaps(v), gaps(wording.words("en")[k])) for k, v in wording.words("ja").items()}
    assert {key for key, (ja, en) in pairs.items() if ja != en} <= free
    assert not [key for key, sentence in wording.words("en").items() if not sentence.strip()]


def test_every_sentence_a_screen_names_exists() -> None:
    named = set()
    for path in [*HOUSE.rglob("*.html"), *HOUSE.glob("*.py")]:
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'\bt\("([a-z_.0-9]+[a-z0-9_])"[,)]', text))
    assert named - set(wording.words("ja")) == set()
    assert len(named) > 100


def test_every_value_that_is_shown_has_a_word() -> None:
    wanted = {f"role.{r}" for r in Role} | {f"level.{x}" for x in Level}
    wanted |= {f"status.{s}" for s in Status} | {f"kind.{k}" for k in UrgentKind}
    wanted |= {f"case.decline.{r}" for r in DeclineReason} | {f"case.close.{o}" for o in Outcome}
    states = ("waiting", "trying", "sent", "failed", "unknown", "cancelled")
    wanted |= {f"delivery.{state}" for state in states}
    wanted |= {f"state.{state}" for state in (*states, "done", "set_aside")}
    assert wanted - set(wording.words("ja")) == set()


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0.5, "1分未満"),
        (59.9, "59分"),
        (60, "1時間"),
        (135, "2時間15分"),
        (1500, "25時間"),
        (4000, "2日"),
        (-3, "1分未満"),
    ],
)
def test_spans_in_words(app: Flask, minutes: float, words: str) -> None:
    with app.test_request_context():
        assert wording.span(minutes) == words


def test_moments_are_told_in_japan(app: Flask) -> None:
    with app.test_request_context():
        g.now = NOON
        assert wording.jst(NOON) == "11月23日 12:05"
        assert wording.clock(NOON + timedelta(hours=12)) == "00:05"
        assert wording.day("2026-01-02") == "1月2日"
        assert wording.left(NOON + timedelta(seconds=121)) == "あと3分"
        assert wording.left(NOON - timedelta(minutes=12)) == "12分すぎています"
        assert wording.category(None) == "分類なし"
