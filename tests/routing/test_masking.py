"""What must not travel with an escalation is hidden; what is needed to help stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.masking import HIDDEN, mask

SECRETS = [
    ("電話は090-1234-5678です", "090"),
    ("０９０１２３４５６７８", "０９０"),
    ("096 000 0000 にかけて", "096"),
    ("+81 90 1234 5678", "1234"),
    ("a.b+c@example.jp に送って", "example"),
    ("〒860-0000", "860"),
    ("郵便番号860-0000です", "860"),
    ("見本市中央区花町1丁目2番3号に住んでいます", "花町"),
    ("見本市東区花森3-5-2", "花森"),
    ("花マンション305号室", "305"),
    ("LINEのIDはhana_99です", "hana_99"),
    ("@hana_99 に連絡して", "hana_99"),
    ("https://example.jp/u/hana を見て", "hana"),
    ("山田さんに殴られた", "山田"),
    ("夫の健太くんがこわい", "健太"),
    ("友達のみほちゃんが死にたいって", "みほ"),
    ("ジョンさんに脅された", "ジョン"),
    ("担任の佐藤先生が", "佐藤"),
    ("名前はゆみです", "ゆみ"),
    ("私は山田花子と申します", "花子"),
    ("My name is Hanako Yamada.", "Hanako"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_personal_data_is_hidden(text: str, secret: str) -> None:
    assert secret not in mask(text)
    assert HIDDEN in mask(text)


NEEDED = [
    "お父さんにたたかれた",
    "おかあさんがたおれた",
    "赤ちゃんが泣きやまない",
    "たくさん薬を飲んだ",
    "薬を30錠のんだ",
    "2026年11月23日の夜10時に",
    "みなさんありがとう",
    "隣のおばさんが倒れている",
    "学校の先生に言えない",
    "借金が3000000円ある",
    "39.5度の熱があります",
]


@pytest.mark.parametrize("text", NEEDED)
def test_what_helps_to_help_is_kept(text: str) -> None:
    assert mask(text) == text


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more_than_once_hides(text: str) -> None:
    assert isinstance(mask(mask(text)), str)


@given(st.from_regex(r"0[789]0-[0-9]{4}-[0-9]{4}", fullmatch=True), st.text(max_size=40))
def test_no_mobile_number_passes(number: str, around: str) -> None:
    assert number not in mask(f"{around} {number} {around}")
