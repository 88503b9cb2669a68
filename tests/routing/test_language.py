"""The language of a text, or the one the talk has had so far."""

from __future__ import annotations

import pytest

from tests.judges import a_judge
from training.rows import held_out_rows

TEXTS = [
    ("夫に殴られています", "ja"),
    ("不登校", "ja"),
    ("DVについて相談したい", "ja"),
    ("しごとが ありません。おかねも ないです。", "ja-easy"),
    ("I lost my job and need help", "en"),
    ("我很孤独，没有朋友", "zh-Hans"),
    ("我很孤單，沒有朋友", "zh-Hant"),
    ("친구가 없어서 외로워요", "ko"),
    ("Tôi rất cô đơn ở Nhật", "vi"),
    ("toi khong co tien", "vi"),
    ("मलाई काम चाहियो", "ne"),
    ("malai kaam chahiyo, paisa chaina", "ne"),
    ("Wala na akong pera", "tl"),
    ("Saya tidak punya uang", "id"),
    ("Não tenho trabalho", "pt"),
    ("Estou com medo do meu marido", "pt"),
    ("市役所のtetsuzukiがわかりません", "ja"),
    ("my boss said 解雇 to me yesterday and I have no money", "en"),
]


def detected(text: str, given: str = "ja") -> str:
    return a_judge().read(text, given).language


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_each_language_is_known(text: str, language: str) -> None:
    assert detected(text) == language


@pytest.mark.parametrize("text", ["", "3", "😀", "...", "\ud800", "k"])
@pytest.mark.parametrize("given", ["ja", "pt", "vi"])
def test_a_text_too_short_to_tell_keeps_the_language_of_the_talk(text: str, given: str) -> None:
    assert detected(text, given) == given


def test_ok_keeps_the_language_of_a_talk_in_latin_letters() -> None:
    assert detected("OK", "pt") == "pt"
    assert detected("OK", "vi") == "vi"


def test_two_kanji_inside_a_chinese_talk_stay_chinese() -> None:
    assert detected("住宅", "zh-Hant") == "zh-Hant"
    assert detected("住宅", "ja") == "ja"


def test_a_foreign_word_inside_japanese_is_still_japanese() -> None:
    assert detected("visaが切れそうです") == "ja"


def test_easy_japanese_stays_easy_in_short_answers() -> None:
    assert detected("はい、そうです", "ja-easy") == "ja-easy"


def test_held_out_messages_are_told_apart() -> None:
    rows = [row for row in held_out_rows() if len(row.text) > 12]
    right = [detected(row.text) == row.language for row in rows]
    foreign = [r for row, r in zip(rows, right, strict=True) if not row.language.startswith("ja")]
    assert sum(right) / len(right) > 0.93
    assert sum(foreign) / len(foreign) > 0.93
