"""Worries find their category, small talk finds none, and the words shown are the resident's."""

from __future__ import annotations

import pytest

from directory_data.load import load_pack
from routing.matching import SHOWN, Matcher


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_pack("kumamoto").categories)


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
def test_a_worry_is_among_the_first_three(matcher: Matcher, text: str, code: str) -> None:
    assert code in [m.code for m in matcher.match(text)[:3]]


SMALL_TALK = [
    "こんにちは",
    "ありがとうございました",
    "今日はよか天気ですね",
    "粗大ごみの出し方を教えてください",
    "",
    "😀😀",
    "!?",
    "a",
    "hello",
    "谢谢",
]


@pytest.mark.parametrize("text", SMALL_TALK)
def test_small_talk_is_no_worry(matcher: Matcher, text: str) -> None:
    assert matcher.match(text) == ()


def test_a_typo_is_forgiven(matcher: Matcher) -> None:
    assert matcher.match("フリースクルに通わせたい")[0].code == "school_child"


def test_the_words_are_the_residents_own(matcher: Matcher) -> None:
    text = "いつもお世話になります。学校に行けない娘のことで相談です"
    best = matcher.match(text)[0]
    assert best.code == "school_child"
    assert best.words
    assert all(words in text and len(words) >= 2 for words in best.words)
    assert "学校" in best.words[0]


def test_two_worries_are_both_heard(matcher: Matcher) -> None:
    codes = [m.code for m in matcher.match("借金があって返せません。母の介護もあってくたくたです")]
    assert {"poverty", "elderly_care"} <= set(codes[:3])


def test_best_first_and_not_too_many(matcher: Matcher) -> None:
    matches = matcher.match("仕事もお金も住むところもなくて、こどももいて、病気です")
    assert 2 <= len(matches) <= SHOWN
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)


def test_a_plain_word_is_clear_and_a_vague_one_is_not(matcher: Matcher) -> None:
    assert matcher.is_clear(matcher.match("子どもが不登校です"))
    assert not matcher.is_clear(matcher.match("いろいろあって困っています"))
    assert not matcher.is_clear(())


def test_the_same_text_always_gets_the_same_answer(matcher: Matcher) -> None:
    again = Matcher(load_pack("kumamoto").categories)
    for text, _ in WORRIES:
        assert matcher.match(text) == again.match(text)


def test_a_huge_text_is_matched_by_its_beginning_and_end(matcher: Matcher) -> None:
    text = "不登校の子がいます。" + "あいうえお" * 20_000 + "お金がないです"
    assert {"school_child", "poverty"} & {m.code for m in matcher.match(text)}


def test_a_directory_without_categories_matches_nothing() -> None:
    assert Matcher({}).match("お金がない") == ()
