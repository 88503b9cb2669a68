"""The language of a text, or the one the talk has had so far."""

from __future__ import annotations

import pytest

from routing.language import detect

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
    ("Wala na akong pera", "tl"),
    ("Saya tidak punya uang", "id"),
    ("Não tenho trabalho", "pt"),
    ("Estou com medo do meu marido", "pt"),
]


@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_each_language_is_known(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "OK", "3", "😀", "...", "\ud800", "DV"])
@pytest.mark.parametrize("given", ["ja", "pt", "vi"])
def test_a_text_too_short_to_tell_keeps_the_language_of_the_talk(text: str, given: str) -> None:
    assert detect(text, given) == given


def test_two_kanji_inside_a_chinese_talk_stay_chinese() -> None:
    assert detect("住宅", "zh-Hant") == "zh-Hant"
    assert detect("住宅", "ja") == "ja"


def test_a_foreign_word_inside_japanese_is_still_japanese() -> None:
    assert detect("visaが切れそうです") == "ja"


def test_easy_japanese_stays_easy_in_short_answers() -> None:
    assert detect("はい、そうです", "ja-easy") == "ja-easy"
