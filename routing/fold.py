"""One spelling for many: how a text is made comparable before it is judged. Never shown to anybody.

The same folding is applied to the texts people write and to the patterns they are compared with.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 5_000
"""LINE's limit for one message; of anything longer the beginning and the end are judged."""
_HEAD = 4_000
_READ = 200_000
"""Up to so many signs the invisible ones are dropped before the ends are chosen."""

_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_SMALL_VOWELS = str.maketrans("ぁぃぅぇぉゎ", "あいうえおわ")
_PLAIN_LATIN = str.maketrans("đøłı", "dol" + "i")
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_JOINERS = frozenset((0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F, 0x20E3))
_STRETCHED = re.compile(r"(.)\1{2,}", re.DOTALL)
_LENGTHENED = re.compile(r"(?<=[ぁ-ん])[ー〜~]+")
_INNER_SPACE = re.compile(r"(?<=[ぁ-んー一-龥々])[ \t\u3000]+(?=[ぁ-んー一-龥々])")
_LATIN_MARK = re.compile(r"([a-z])[\u0300-\u036f]+")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")


def clip(text: str) -> str:
    """The part of a text that is judged: all of it up to LINE's own limit."""
    if len(text) <= LONGEST:
        return text
    return text[:_HEAD] + "\n" + text[_HEAD - LONGEST :]


def fold(text: str) -> str:
    """Width, case, katakana, small and stretched vowels, accents and invisible signs made alike."""
    seen = clip(visible(text if len(text) <= _READ else clip(text)))
    folded = clip(unicodedata.normalize("NFKC", seen).casefold())
    folded = _without_latin_accents(folded).translate(_HIRAGANA).translate(_SMALL_VOWELS)
    folded = _STRETCHED.sub(r"\1", folded)
    folded = _LENGTHENED.sub("", folded)
    folded = _INNER_SPACE.sub("", folded)
    return _SPACES.sub(" ", folded)


def fold_pattern(pattern: str) -> str:
    """The same folding for a regular expression, leaving what only a pattern has as it is."""
    folded = _without_latin_accents(unicodedata.normalize("NFKC", pattern))
    folded = folded.translate(_HIRAGANA).translate(_SMALL_VOWELS)
    return _LENGTHENED.sub("", folded)


def visible(text: str) -> str:
    """Without control characters, lone surrogates, direction marks and joiners; lines are kept."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c == "\n" or not _is_invisible(c)).replace("\r", "\n")


def _is_invisible(char: str) -> bool:
    return ord(char) in _JOINERS or unicodedata.category(char) in _INVISIBLE


def _without_latin_accents(text: str) -> str:
    """Tôi → toi, não → nao: people type without accents. Other scripts keep their marks."""
    if text.isascii():
        return text
    split = unicodedata.normalize("NFD", text)
    plain = _LATIN_MARK.sub(r"\1", split).translate(_PLAIN_LATIN)
    return unicodedata.normalize("NFC", plain)
