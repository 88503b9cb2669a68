"""The two ways LINE counts."""

from __future__ import annotations

import pytest

from line_sim.text_length import graphemes, utf16_units


@pytest.mark.parametrize(
    ("text", "units", "signs"),
    [
        ("", 0, 0),
        ("abc", 3, 3),
        ("相談", 2, 2),
        ("😀", 2, 1),
        ("👨‍👩‍👧‍👦", 11, 1),
        ("👍🏽", 4, 1),
        ("🇯🇵🇰🇷", 8, 2),
        ("🇯🇵🇰", 6, 2),
        ("1️⃣", 3, 1),
        ("か\u3099", 2, 1),
        ("ｶﾞ", 2, 1),
        ("각", 1, 1),
        ("\u1112\u1161\u11ab", 3, 1),
        ("e\u0301", 2, 1),
        ("a\r\nb", 4, 3),
        ("葛\U000e0100", 3, 1),
        ("❤️", 2, 1),
    ],
)
def test_counts(text: str, units: int, signs: int) -> None:
    assert (utf16_units(text), graphemes(text)) == (units, signs)
