"""Every rule's own examples, the tone of clauses, and texts that nobody should be able to break."""

from __future__ import annotations

import time

import pytest

from routing.clues import Rule, rulebook
from routing.judgement import Level, Urgency, UrgentKind
from routing.urgency import assess

RULES = rulebook().rules
DANGER = [pytest.param(r, text, id=f"{r.id}-{n}") for r in RULES for n, text in enumerate(r.danger)]
CALM = [pytest.param(r, text, id=f"{r.id}-{n}") for r in RULES for n, text in enumerate(r.calm)]


@pytest.mark.parametrize(("rule", "text"), DANGER)
def test_a_rule_finds_its_danger(rule: Rule, text: str) -> None:
    found = assess(text)
    assert rule.id in found.rule_ids
    assert found.level.rank >= rule.level.rank


@pytest.mark.parametrize(("rule", "text"), CALM)
def test_a_rule_passes_over_its_harmless_twin(rule: Rule, text: str) -> None:
    found = assess(text)
    assert rule.id not in found.rule_ids or found.level.rank < rule.level.rank


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_rule_has_examples_on_both_sides(rule: Rule) -> None:
    assert len(rule.danger) >= 2
    assert len(rule.calm) >= 1


def test_every_kind_has_rules_for_acting_danger() -> None:
    told = {(r.kind, r.level) for r in RULES}
    for kind in UrgentKind:
        wanted = Level.URGENT if kind is UrgentKind.DESTITUTION else Level.EMERGENCY
        assert (kind, wanted) in told


IDIOMS = [
    "笑い死ぬ",
    "死ぬほどおいしい",
    "暑くて死にそう",
    "殺虫剤どこにある",
    "推しが尊くて死んだ",
    "スマホが死んだ",
    "仕事忙しすぎて死にそう笑",
    "必死に探した",
    "映画で主人公が殺されて泣いた",
    "ゲームのボスに殺された",
    "自殺対策の講演会はいつですか",
    "かつおのたたきが食べたい",
    "クラスのみんなと遊んだ",
    "I'm dying of laughter",
    "笑死我了",
]


@pytest.mark.parametrize("text", IDIOMS)
def test_idioms_and_stories_are_calm(text: str) -> None:
    assert assess(text).level is Level.NONE


@pytest.mark.parametrize("text", ["もう本当に死にたい。死ぬほどつらい", "笑えるくらいもう死にたい"])
def test_an_idiom_does_not_hide_who_means_it(text: str) -> None:
    assert assess(text).level.rank >= Level.URGENT.rank


TONES = [
    ("死にたい", Level.URGENT),
    ("死にたいとまでは思わない", Level.CONCERN),
    ("昔、死にたいと思っていた時期があった", Level.CONCERN),
    ("夫に殴られています", Level.URGENT),
    ("十年前、夫に殴られていました", Level.CONCERN),
    ("昔から夫に殴られて、昨日も殴られた", Level.URGENT),
    ("暴力はありません", Level.NONE),
]


@pytest.mark.parametrize(("text", "level"), TONES)
def test_tone_softens_what_was_said(text: str, level: Level) -> None:
    assert assess(text).level is level


VOICES = [
    "しにたい",
    "シニタイ",
    "死 に た い",
    "しにたーーーい",
    "死にたい😭😭",
    "死\u200bにたい",
    "死にたか",
    "もう死んだがましばい",
    "もう しにたいです",
]


@pytest.mark.parametrize("text", VOICES)
def test_spelling_and_dialect_do_not_hide_a_death_wish(text: str) -> None:
    found = assess(text)
    assert found.level.rank >= Level.URGENT.rank
    assert found.kind is UrgentKind.SUICIDE


def test_clues_in_different_sentences_are_put_together() -> None:
    assert assess("おとうさんにたたかれた。いまもいる").level is Level.EMERGENCY
    assert assess("もう消えたい。薬ある").level is Level.EMERGENCY
    assert assess("もう消えたい").level is Level.CONCERN


def test_two_weak_clues_add_up_and_one_does_not() -> None:
    assert assess("猫をもらってくれる人を探しています").level is Level.NONE
    assert assess("猫をもらってください。みんなごめんね").level is Level.URGENT


def test_a_friend_in_danger_is_as_urgent_and_the_helper_is_addressed() -> None:
    found = assess("友達が死にたいって言っています")
    assert found.level is Level.URGENT
    assert found.about_other
    assert not assess("夫に殴られています").about_other


def test_the_highest_level_names_the_kind() -> None:
    found = assess("夫に殴られています。母が倒れて意識がありません")
    assert (found.level, found.kind) == (Level.EMERGENCY, UrgentKind.MEDICAL)
    assert len(found.rule_ids) >= 2


NASTY = [
    "",
    " \n\t",
    "\ud800\udfff\ud800",
    "\x00\x01\x1b[31m",
    "😀" * 500,
    "\u202e\u200f\u200d" * 300,
    "ｱ" * 5_000,
    "死" * 5_000,
    "た" * 5_000,
    "夫が" * 1_700,
    "薬" * 2_500 + "飲" * 2_500,
    "a" * 100_000,
    "殴らない" * 25_000,
    "。" * 100_000,
    "、".join(["今"] * 2_000),
]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_text_breaks_the_judgement(text: str) -> None:
    assert isinstance(assess(text), Urgency)


def test_words_at_either_end_of_a_huge_text_are_seen() -> None:
    assert assess("死にたい" + "あ" * 100_000).level is Level.URGENT
    assert assess("あいう" * 40_000 + "。死にたい").level is Level.URGENT


@pytest.mark.parametrize("seed", ["夫が", "薬を", "今日は", "子どもが車に", "a b "])
def test_time_grows_with_the_length_and_not_faster(seed: str) -> None:
    """A text ten times as long may take some thirty times as long, never hundreds of times."""
    short, long = seed * (400 // len(seed)), seed * (4_000 // len(seed))
    assert fastest(long) < 30 * fastest(short) + 0.002


def fastest(text: str) -> float:
    """CPU seconds of the fastest of five runs: what other work on the machine cannot disturb."""
    times = []
    for _ in range(5):
        start = time.thread_time()
        assess(text)
        times.append(time.thread_time() - start)
    return min(times)
