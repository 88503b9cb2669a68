"""Worries find their category, small talk finds none, and the words shown are the resident's."""

from __future__ import annotations

import numpy as np
import pytest

from directory_data.model import Category
from routing.fold import fold
from routing.judgement import NO_WORRY, CategoryMatch, Judgement
from routing.learned import Learned, Reading, learned
from routing.matching import SHOWN, Matcher
from tests.judges import a_judge, kumamoto


def match(text: str) -> Judgement:
    return a_judge().read(text)


WORRIES = [
    ("うちの子、もう半年も教室に入れてません", "school_child"),
    ("年金が少なくて灯油も買えん", "poverty"),
    ("ばあちゃんが夜中に歩きまわって寝られん", "elderly_care"),
    ("主人のお酒がやめられません", "addiction"),
    ("大家さんに出て行けと言われた", "housing"),
    ("同性の人を好きになりました", "sexual_minority"),
    ("刑務所から出てきて仕事がない", "reentry"),
    ("主人が亡くなってさみしくて", "bereavement"),
    ("熊本地震で家が壊れたまま", "disaster"),
    ("上司のパワハラで会社に行けない", "harassment_bullying"),
    ("民生委員ですが相談先に困っています", "supporter"),
    ("ADHDかもしれない", "developmental"),
    ("I have no friends and feel lonely", "loneliness_listening"),
    ("没钱交房租", "poverty"),
    ("아이가 학교에 안 가려고 해요", "school_child"),
    ("Tôi bị trầm cảm và không ngủ được", "mental_health"),
    ("मसँग खाने कुरा छैन", "food"),
    ("Wala akong trabaho", "work"),
    ("Saya kesepian di sini", "loneliness_listening"),
    ("Meu visto vai vencer", "foreign_roots"),
]


@pytest.mark.parametrize(("text", "code"), WORRIES)
def test_a_worry_is_among_the_first_three(text: str, code: str) -> None:
    assert code in [m.code for m in match(text).ranking[:3]]


SMALL_TALK = [
    "こんにちは",
    "ありがとうございました",
    "今日はよか天気ですね",
    "粗大ごみの出し方を教えてください",
    "",
    "😀😀",
    "!?",
    "hello",
    "谢谢",
]


@pytest.mark.parametrize("text", SMALL_TALK)
def test_small_talk_is_no_worry(text: str) -> None:
    found = match(text)
    assert found.ranking[0].code == NO_WORRY
    assert found.categories == ()


def test_a_typo_is_forgiven() -> None:
    assert match("フリースクルに通わせたい").ranking[0].code == "school_child"


def test_the_words_are_the_residents_own() -> None:
    text = "いつもお世話になります。学校に行けない娘のことで相談です"
    best = match(text).categories[0]
    assert best.code == "school_child"
    assert best.words
    assert all(words in text and len(words) >= 2 for words in best.words)
    assert "学校" in best.words[0]


def test_two_worries_are_both_heard() -> None:
    found = match("借金があって返せません。母の介護もあってくたくたです")
    assert {"poverty", "elderly_care"} <= {m.code for m in found.categories[:3]}


def test_best_first_and_not_too_many() -> None:
    matches = match("仕事もお金も住むところもなくて、こどももいて、病気です").ranking
    assert 2 <= len(matches) <= SHOWN
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)


def test_a_worry_far_behind_the_first_brings_no_members() -> None:
    ranking = (CategoryMatch("food", 1.0), CategoryMatch("work", 0.5), CategoryMatch("ibasho", 0.2))
    assert [m.code for m in Judgement(ranking=ranking).categories] == ["food", "work"]


def test_the_same_text_always_gets_the_same_answer() -> None:
    for text, _ in WORRIES:
        assert match(text) == match(text)


def test_a_huge_text_is_matched_by_its_beginning_and_end() -> None:
    text = "不登校の子がいます。" + "あいうえお" * 20_000 + "お金がないです"
    assert match(text).ranking


def _ranked(matcher: Matcher, model: Learned, text: str) -> list[str]:
    folded = fold(text)
    return [m.code for m in matcher.match(text, folded, model.read(folded, None, ()))]


def test_a_text_that_is_like_nothing_still_gets_its_nearest_category() -> None:
    model = learned("letters")
    reading = Reading(model, np.full(len(model.outputs), -1.0, np.float32))
    found = Matcher(kumamoto().categories, model.outputs).match("ゐゑ", fold("ゐゑ"), reading)
    assert len(found) == 1


def test_a_category_that_was_never_learned_is_found_by_its_own_words() -> None:
    model = learned("letters")
    hospice = Category(
        "pets",
        {"ja": "ペットの世話"},
        {"ja": "犬や猫の世話ができない"},
        keywords=("犬の散歩", "猫の餌"),
        examples=("犬の散歩に行けなくなりました", "猫の餌を買いに行けません"),
    )
    matcher = Matcher({**kumamoto().categories, "pets": hospice}, model.outputs)
    assert "pets" in _ranked(matcher, model, "足が悪くて犬の散歩に行けません")[:2]
    assert "pets" not in _ranked(matcher, model, "息子が学校に行きません")[:3]


def test_a_new_keyword_of_the_pack_counts_at_once() -> None:
    model, codes = learned("letters"), kumamoto().categories
    before = _ranked(Matcher(codes, model.outputs), model, "ぷりゅりゅのことで")
    changed = {**codes, "food": Category("food", {"ja": "食"}, {"ja": "食"}, ("ぷりゅりゅ",))}
    after = _ranked(Matcher(changed, model.outputs), model, "ぷりゅりゅのことで")
    assert after.index("food") < (before.index("food") if "food" in before else len(before))
