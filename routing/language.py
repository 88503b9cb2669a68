"""Which of the eleven languages a text is written in: by script, then as the learned judge hears it.

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
_SURE, _KEEPS = 0.3, 0.15
"""A language must be heard this clearly, and this much more clearly than the language of the talk."""


def detect(text: str, given: str, reading: Reading) -> str:
    """The language of the text, or `given` when the text is too short or too mixed to tell."""
    return _heard(_candidates(clip(text)), given, reading)


def _candidates(text: str) -> tuple[str, ...]:
    """The languages that the script leaves open; of a mixed text its greater part counts.

    One sign of Chinese, Japanese or Korean says about as much as two Latin letters. Kana may be a
    name inside another language's sentence, and Latin words may stand inside Japanese.
    """
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    amounts = {
        _KANA_LANGUAGES: (2 * (kana + han)) if kana else 0,
        _HAN_LANGUAGES: 0 if kana else 2 * han,
        ("ko",): 2 * len(_HANGUL.findall(text)),
        ("ne",): len(_DEVANAGARI.findall(text)),
        _LATIN_LANGUAGES: len(_LATIN.findall(text)),
    }
    most = max(amounts, key=lambda languages: amounts[languages])
    return most if amounts[most] >= 2 else ()


def _heard(candidates: tuple[str, ...], given: str, reading: Reading) -> str:
    if len(candidates) < 2:
        return candidates[0] if candidates else given
    heard = {language: reading.score(f"language.{language}") for language in candidates}
    best = max(heard, key=lambda language: heard[language])
    if given not in heard:
        return best if heard[best] >= _SURE or _is_kana(candidates) else given
    return best if heard[best] >= heard[given] + _KEEPS else given


def _is_kana(candidates: tuple[str, ...]) -> bool:
    return candidates == _KANA_LANGUAGES
