"""The whole judgement of one text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from directory_data.load import load_pack
from routing.judge import Judge
from routing.judgement import Judgement, Level, UrgentKind


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(load_pack("kumamoto"))


def test_a_clear_worry(judge: Judge) -> None:
    found = judge.read("息子が学校に行けません")
    assert found.language == "ja"
    assert found.categories[0].code == "school_child"
    assert found.clear
    assert found.about_other
    assert found.urgency.level is Level.NONE


def test_danger_and_worry_side_by_side(judge: Judge) -> None:
    found = judge.read("主人に殴られています。家を出たいけどお金がありません")
    assert (found.urgency.level, found.urgency.kind) == (Level.URGENT, UrgentKind.VIOLENCE)
    assert "dv_women" in [c.code for c in found.categories[:3]]
    assert not found.about_other


def test_a_short_answer_keeps_the_language_of_the_talk(judge: Judge) -> None:
    assert judge.read("OK", "pt").language == "pt"


def test_nothing_said_is_nothing_judged(judge: Judge) -> None:
    assert judge.read("") == Judgement()


@pytest.mark.parametrize(
    "text", ["\ud800", "\x00" * 1000, "\u202e" * 1000, "👨‍👩‍👧" * 400, "あ" * 100_000, "[](){}*+\\"]
)
def test_no_text_is_too_strange(judge: Judge, text: str) -> None:
    assert isinstance(judge.read(text), Judgement)


def test_one_judge_serves_many_threads(judge: Judge) -> None:
    texts = ["お金がない", "死にたい", "こんにちは", "母の介護がつらい"] * 25
    alone = [judge.read(t) for t in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(judge.read, texts)) == alone
