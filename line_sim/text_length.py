"""LINE's two ways of counting a text: UTF-16 units and grapheme clusters; no other rule lives here.

The clusters follow UAX #29 as far as the standard library's character data reaches: combining
marks, joined emoji, flags, keycaps, Hangul syllables, half-width dakuten.
"""

from __future__ import annotations

import unicodedata

_ZWJ = 0x200D
_EXTENDING = {0x200C, _ZWJ, 0xFF9E, 0xFF9F}


def utf16_units(text: str) -> int:
    """How LINE counts the `text` of a message: an emoji outside the BMP is two units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """How LINE counts labels, template texts and action texts: what a reader sees as one sign."""
    count = 0
    flags = 0  # regional indicators seen in a row
    previous = ""
    for character in text:
        is_flag = _is_regional_indicator(character)
        flags = flags + 1 if is_flag else 0
        joined = previous != "" and (_joins(previous, character) or (is_flag and flags % 2 == 0))
        count += not joined
        previous = character
    return count


def _joins(previous: str, character: str) -> bool:
    if previous == "\r" and character == "\n":
        return True
    if unicodedata.category(previous) in {"Cc", "Zl", "Zp"}:
        return False
    if _extends(character):
        return True
    if ord(previous) == _ZWJ:
        return _is_pictograph(character)
    return _continues_hangul(previous, character)


def _extends(character: str) -> bool:
    code = ord(character)
    return (
        unicodedata.category(character) in {"Mn", "Me", "Mc"}
        or code in _EXTENDING
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
    )


def _is_regional_indicator(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _is_pictograph(character: str) -> bool:
    code = ord(character)
    return 0x1F000 <= code <= 0x1FAFF or 0x2190 <= code <= 0x2BFF or code in {0xA9, 0xAE}


def _continues_hangul(previous: str, character: str) -> bool:
    before, after = _hangul(previous), _hangul(character)
    return (before == "L" and after in {"L", "V", "LV", "LVT"}) or (
        (before in {"V", "LV"} and after in {"V", "T"}) or (before in {"T", "LVT"} and after == "T")
    )


def _hangul(character: str) -> str:
    code = ord(character)
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "T"
    if 0xAC00 <= code <= 0xD7A3:
        return "LV" if (code - 0xAC00) % 28 == 0 else "LVT"
    return ""
