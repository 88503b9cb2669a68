"""Every rule's own examples, the tone of clauses, the learned judge beside them, hard texts."""

from __future__ import annotations

import time

import numpy as np
import pytest

from routing.clues import Rule, rulebook
from routing.fold import fold
from routing.judgement import Level, Urgency, UrgentKind
from routing.learned import Reading, learned
from routing.urgency import find, rules_in, weigh
from tests.judges import a_judge

RULES = rulebook().rules
DANGER = [pytest.param(r, text, id=f"{r.id}-{n}") for r in RULES for n, text in enumerate(r.danger)]
CALM = [pytest.param(r, text, id=f"{r.id}-{n}") for r in RULES for n, text in enumerate(r.calm)]


def ruled(text: str) -> Urgency:
    """What the rules alone make of a text."""
    findings = find(fold(text))
    return Urgency(
        level=findings[0].level if findings else Level.NONE,
        kind=next((f.rule.kind for f in findings if f.rule.kind), None),
        rule_ids=tuple(f.rule.id for f in findings),
        about_other=any(f.rule.other for f in findings),
    )


@pytest.mark.parametrize(("rule", "text"), DANGER)
def test_a_rule_finds_its_danger(rule: Rule, text: str) -> None:
    found = ruled(text)
    assert rule.id in found.rule_ids
    assert found.level.rank >= rule.level.rank


@pytest.mark.parametrize(("rule", "text"), CALM)
def test_a_rule_passes_over_its_harmless_twin(rule: Rule, text: str) -> None:
    found = ruled(text)
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
    assert ruled(text).level is Level.NONE


@pytest.mark.parametrize("text", ["もう本当に死にたい。死ぬほどつらい", "笑えるくらいもう死にたい"])
def test_an_idiom_does_not_hide_who_means_it(text: str) -> None:
    assert ruled(text).level.rank >= Level.URGENT.rank


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
    assert ruled(text).level is level


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
    found = ruled(text)
    assert found.level.rank >= Level.URGENT.rank
    assert found.kind is UrgentKind.SUICIDE


def test_clues_in_different_sentences_are_put_together() -> None:
    assert ruled("おとうさんにたたかれた。いまもいる").level is Level.EMERGENCY
    assert ruled("もう消えたい。薬ある").level is Level.EMERGENCY
    assert ruled("もう消えたい").level is Level.CONCERN


def test_two_weak_clues_add_up_and_one_does_not() -> None:
    assert ruled("猫をもらってくれる人を探しています").level is Level.NONE
    assert ruled("猫をもらってください。みんなごめんね").level is Level.URGENT


def test_a_friend_in_danger_is_as_urgent_and_the_helper_is_addressed() -> None:
    found = a_judge().urgency("友達が死にたいって言っています")
    assert found.level.rank >= Level.URGENT.rank
    assert found.about_other
    assert not a_judge().urgency("夫に殴られています").about_other


@pytest.mark.parametrize("text", IDIOMS)
def test_the_learned_judge_leaves_idioms_and_stories_alone(text: str) -> None:
    assert a_judge().urgency(text).level.rank < Level.URGENT.rank


UNSAID = [
    "トイレに隠れて打ってる　旦那さっきから廊下で私の名前呼んでる",
    "カーテンの外に元カレの車とまっとる　電気消して息ころしとる",
    "ばあちゃんが台所でねたまま　いびきがへん　おきない",
    "おとといから水しか飲んどらん",
    "ドアの前にずっとおる　チェーンかけた",
]


@pytest.mark.parametrize("text", UNSAID)
def test_a_danger_that_names_nothing_is_heard(text: str) -> None:
    assert a_judge().urgency(text).level.rank >= Level.URGENT.rank


def a_reading(**levels: float) -> Reading:
    """A reading that is this far above (below) each threshold."""
    model = learned()
    scores = np.zeros(len(model.outputs), np.float32)
    for name in ("concern", "urgent", "emergency"):
        scores[model.place[f"level.{name}"]] = model.limits[name] + levels.get(name, -1.0)
    return Reading(model, scores)


def test_the_learned_judge_raises() -> None:
    found = weigh([], a_reading(concern=0.1, urgent=0.1))
    assert (found.level, found.rule_ids) == (Level.URGENT, ("learned.urgent",))
    assert weigh([], a_reading(concern=0.1)).level is Level.CONCERN
    assert weigh([], a_reading(urgent=0.1, emergency=0.1)).level is Level.EMERGENCY
    assert weigh([], a_reading(emergency=0.1)).level is Level.NONE


def test_the_learned_judge_brakes_an_urgent_rule_to_concern() -> None:
    findings = find(fold("死にたい"))
    assert findings[0].level is Level.URGENT
    found = weigh(findings, a_reading())
    assert found.level is Level.CONCERN
    assert found.rule_ids == ("learned.brake", "suicide.wish")
    assert weigh(findings, a_reading(urgent=0.0)).level is Level.URGENT


def test_nothing_lowers_an_emergency_rule() -> None:
    findings = find(fold("トイレに隠れて打っています。夫が怒っている"))
    assert findings[0].level is Level.EMERGENCY
    assert weigh(findings, a_reading(urgent=-9.0, emergency=-9.0)).level is Level.EMERGENCY


def test_rule_features_name_the_level_and_the_rules() -> None:
    assert rules_in("死にたい") == ("level.urgent", "suicide.wish")
    assert rules_in("こんにちは") == ()


def test_the_highest_level_names_the_kind() -> None:
    found = ruled("夫に殴られています。母が倒れて意識がありません")
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
    assert isinstance(a_judge().urgency(text), Urgency)


def test_words_at_either_end_of_a_huge_text_are_seen() -> None:
    for text in ("死にたい" + "あ" * 100_000, "あいう" * 40_000 + "。死にたい"):
        assert ruled(text).level is Level.URGENT
        assert a_judge().urgency(text).level.rank >= Level.CONCERN.rank


@pytest.mark.parametrize(
    "seed", ["夫が", "薬を", "今日は", "子どもが車に", "a b ", "12", "一二", "㍿"]
)
def test_time_grows_with_the_length_and_not_faster(seed: str) -> None:
    """A text ten times as long may take some thirty times as long, never hundreds of times."""
    short, long = seed * (400 // len(seed)), seed * (4_000 // len(seed))
    assert fastest(long) < 30 * fastest(short) + 0.002


def fastest(text: str) -> float:
    """CPU seconds of the fastest of five runs: what other work on the machine cannot disturb."""
    times = []
    for _ in range(5):
        start = time.thread_time()
        a_judge().urgency(text)
        times.append(time.thread_time() - start)
    return min(times)
