"""The whole judgement of one text, with the sentence encoder and without."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from routing.judge import Judge
from routing.judgement import Judgement, Level, UrgentKind
from routing.sentences import Sentences
from tests.judges import a_judge, kumamoto


class NoSentences(Sentences):
    """An encoder that is not there."""

    def vector(self, text: str) -> None:
        return None


@pytest.fixture(params=["with the encoder", "without"])
def judge(request: pytest.FixtureRequest) -> Judge:
    if request.param == "without":
        return Judge(kumamoto(), encoder=NoSentences())
    return a_judge()


def test_a_clear_worry(judge: Judge) -> None:
    found = judge.read("息子が学校に行けません")
    assert found.language == "ja"
    assert found.categories[0].code == "school_child"
    assert found.clear
    assert found.about_other
    assert found.urgency.level is Level.NONE


def test_danger_and_worry_side_by_side(judge: Judge) -> None:
    found = judge.read("主人に殴られています。家を出たいけどお金がありません")
    assert found.urgency.level.rank >= Level.URGENT.rank
    assert found.urgency.kind is UrgentKind.VIOLENCE
    assert "dv_women" in [c.code for c in found.categories[:3]]
    assert not found.about_other


def test_nothing_said_is_nothing_judged(judge: Judge) -> None:
    found = judge.read("")
    assert (found.categories, found.urgency.level, found.clear) == ((), Level.NONE, False)


NASTY = [
    "\ud800",
    "\x00" * 1000,
    "\u202e" * 1000,
    "👨‍👩‍👧" * 400,
    "あ" * 100_000,
    "[](){}*+\\",
    "\u200d" * 50_000,
    "ﷺ" * 3_000,
    "\udfff\ud800死にたい",
    "ạ̈̂" * 2_000,
]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_text_is_too_strange(judge: Judge, text: str) -> None:
    assert isinstance(judge.read(text), Judgement)


def test_half_a_surrogate_hides_no_danger(judge: Judge) -> None:
    assert judge.urgency("\udfff\ud800もう死にたい").level.rank >= Level.URGENT.rank


def test_one_judge_serves_many_threads() -> None:
    texts = ["お金がない", "死にたい", "こんにちは", "母の介護がつらい"] * 25
    alone = [a_judge().read(t) for t in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(a_judge().read, texts)) == alone


def test_a_judge_made_before_a_fork_judges_alike_after_it() -> None:
    expected = a_judge().read("夫に殴られています").urgency
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        same = a_judge().read("夫に殴られています").urgency == expected
        os.write(writer, b"same" if same else b"else")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 4) == b"same"
    os.close(reader)
    os.close(writer)


def test_why_names_clues_of_the_text_and_nothing_else() -> None:
    text = "もう死にたいです"
    why = a_judge().why(text)
    assert why.danger and why.by_meaning
    assert all(piece in text for piece, _ in why.danger)
    assert [w for _, w in why.danger] == sorted((w for _, w in why.danger), reverse=True)
