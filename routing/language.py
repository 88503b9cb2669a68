"""Which of the eleven languages a text is written in: by script, then by small words. No model."""

from __future__ import annotations

import re

from routing.fold import clip, fold
from routing.rulebook import small_words

_KANA = re.compile(r"[ぁ-んァ-ヶ]")
_HAN = re.compile(r"[一-鿿]")
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_DEVANAGARI = re.compile(r"[ऀ-ॿ]")
_LATIN_WORD = re.compile(r"[a-z']+")
_VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_SPACED_KANA = re.compile(r"[ぁ-んァ-ヶー一-龥][ 　][ぁ-んァ-ヶー一-龥]")

_SIMPLIFIED = frozenset(
    "们这个来时说会国对过没为学发后还样经问么给话听见进点开现动头儿关电间门车书长觉爱难样请让谁"
    "钱岁妈爷儿孙别离婚亲医药务业员买卖岗丢债骂哭吗吧办帮证签语习读饭馆欢乐谢怀孕诉压紧张烦恼"
    "飞机场师认识压边远连续绝单独无处处断疗护养残伤灾险虑忧郁"
)
_TRADITIONAL = frozenset(
    "們這個來時說會國對過沒為學發後還樣經問麼給話聽見進點開現動頭兒關電間門車書長覺愛難請讓誰"
    "錢歲媽爺孫別離親醫藥務業員買賣崗丟債罵嗎辦幫證簽語習讀飯館歡樂謝懷訴壓緊張煩惱"
    "飛機場師認識邊遠連續絕單獨無處斷療護養殘傷災險慮憂鬱您妳"
)
_CHINESE_WORDS = re.compile(
    r"我|你|您|他们|她|吗|嗎|吧|呢|了|的|不|没|沒|想|很|怎么|怎麼|什么|什麼"
)
_JAPANESE_SHORT = re.compile(
    r"相談|孤独|不登校|生活保護|介護|住居|障害|離婚|仕事|借金|発達|虐待|暴力"
)
_WORDS = small_words()


def detect(text: str, given: str = "ja") -> str:
    """The language of the text, or the given one when the text is too short to tell."""
    text = clip(text)
    if _KANA.search(text):
        return _japanese(text, given)
    if len(_HANGUL.findall(text)) >= 2:
        return "ko"
    if len(_DEVANAGARI.findall(text)) >= 2:
        return "ne"
    if _HAN.search(text):
        return _han_only(text, given)
    return _latin(text, given)


def _japanese(text: str, given: str) -> str:
    """Kana may be a name inside another language's sentence; a few Latin words inside Japanese are
    not another language."""
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    hangul = len(_HANGUL.findall(text))
    if hangul > kana + han:
        return "ko"
    words = _LATIN_WORD.findall(text.casefold())
    if len(words) >= 4 and sum(map(len, words)) > 2 * (kana + han):
        return _latin(text, given)
    return "ja-easy" if _is_easy(text, kana, han) or given == "ja-easy" else "ja"


def _is_easy(text: str, kana: int, han: int) -> bool:
    """やさしい日本語 puts spaces between the words and uses few kanji."""
    return len(_SPACED_KANA.findall(text)) >= 2 and han * 3 <= kana


def _han_only(text: str, given: str) -> str:
    simplified = sum(c in _SIMPLIFIED and c not in _TRADITIONAL for c in text)
    traditional = sum(c in _TRADITIONAL and c not in _SIMPLIFIED for c in text)
    if given.startswith("zh") and simplified == traditional:
        return given
    japanese = simplified == traditional == 0 and _JAPANESE_SHORT.search(text)
    if japanese or (not _CHINESE_WORDS.search(text) and simplified == 0):
        return given if given in ("ja", "ja-easy") else "ja"
    if traditional > simplified:
        return "zh-Hant"
    return "zh-Hans"


def _latin(text: str, given: str) -> str:
    if len(_VIETNAMESE.findall(text)) >= 2:
        return "vi"
    words = _LATIN_WORD.findall(fold(text))
    scores = {language: sum(w in known for w in words) for language, known in _WORDS.items()}
    if scores.get(given, 0) == max(scores.values()):
        return given
    best = max(scores, key=lambda language: scores[language])
    enough = scores[best] >= 2 or (scores[best] == 1 and len(words) <= 3)
    return best if enough else given
