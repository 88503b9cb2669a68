"""Which of the eleven languages a text is in: by script, then as the learned judge hears it.

Small and offline. A text too short to tell keeps the language of the talk.
"""

from __future__ import annotations

import re

from routing.fold import clip
from routing.learned import Reading

_KANA = re.compile(r"[ぁ-んァ-ヶ]")
_HAN = re.compile(r"[一-鿿]")
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_DEVANAGARI = re.compile(r"[ऀ-ॿ]")
_LATIN = re.compile(r"[A-Za-zÀ-ỹ]")
_LATIN_LANGUAGES = ("en", "vi", "ne", "tl", "id", "pt", "ja-easy")
"""Nepali is often typed in Latin letters, and so is the Japanese of learners."""
_HAN_LANGUAGES = ("ja", "zh-Hans", "zh-Hant")
_KANA_LANGUAGES = ("ja", "ja-easy")
_ENOUGH, _SHORT, _SHORT_JAPANESE = 2, 5, 20
"""Fewer signs than _ENOUGH tell no script; fewer than _SHORT change no language of a talk."""
_SURE = 0.3
"""So clearly a language must be heard."""
_KEEPS, _KEEPS_JAPANESE = 0.15, 0.35
"""So much more clearly than the language of the talk; plain and easy Japanese differ least."""


def detect(text: str, given: str, reading: Reading) -> str:
    """The language of the text, or `given` when the text is too short or too mixed to tell."""
    candidates, signs = _candidates(clip(text))
    if len(candidates) < 2:
        return candidates[0] if candidates else given
    short = _SHORT_JAPANESE if candidates == _KANA_LANGUAGES else _SHORT
    if given in candidates and signs < short:
        return given
    return _heard(candidates, given, reading)


def _candidates(text: str) -> tuple[tuple[str, ...], int]:
    """The languages that the script leaves open, and how much is written in it.

    Of a mixed text the greater part counts. One sign of Chinese, Japanese or Korean says about as
    much as two Latin letters; kana may be a name inside another language's sentence.
    """
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    amounts = {
        _KANA_LANGUAGES: 2 * (kana + han) if kana else 0,
        _HAN_LANGUAGES: 0 if kana else 2 * han,
        ("ko",): 2 * len(_HANGUL.findall(text)),
        ("ne",): len(_DEVANAGARI.findall(text)),
        _LATIN_LANGUAGES: len(_LATIN.findall(text)),
    }
    most = max(amounts, key=lambda languages: amounts[languages])
    return (most if amounts[most] >= _ENOUGH else ()), amounts[most]


def _heard(candidates: tuple[str, ...], given: str, reading: Reading) -> str:
    heard = {language: reading.score(f"language.{language}") for language in candidates}
    best = max(heard, key=lambda language: heard[language])
    if given not in heard:
        return best if heard[best] >= _SURE or candidates == _KANA_LANGUAGES else given
    keeps = _KEEPS_JAPANESE if candidates == _KANA_LANGUAGES else _KEEPS
    return best if heard[best] >= max(_SURE, heard[given] + keeps) else given
