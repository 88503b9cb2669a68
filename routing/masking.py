"""Personal data in a text made unreadable, for escalations that must not carry any.

Names cannot all be found by rule; what is found is hidden, and a screen that shows the result
still says that names may remain.
"""

from __future__ import annotations

import re

HIDDEN = "＊＊"

_DIGIT = r"[0-9０-９]"
_DASH = r"[-‐‑‒–—―−－ー\s.]"
_TITLE = r"(?:さん|くん|君|ちゃん|様|さま|氏|先生)"
_NAME = r"(?:[一-龥々]{1,4}(?:[ 　]?[一-龥々]{1,3})?|[ァ-ヶー]{2,8}(?:[・ ][ァ-ヶー]{2,8})?|[ぁ-ん]{2,5})"
_TITLED = re.compile(
    rf"([一-龥々]{{1,6}}|[ァ-ヶー]{{2,8}}(?:[・ ][ァ-ヶー]{{2,8}})?|[A-Z][a-z]+|[ぁ-ん]{{1,10}})(?={_TITLE})"
)
_KANA_NAME = re.compile(r"(?:^|.*[のはがをにとも、])?([ぁ-ん]{2,5})$")
_NOT_NAMES = [
    "父",
    "母",
    "兄",
    "姉",
    "爺",
    "婆",
    "子",
    "娘",
    "息子",
    "孫",
    "奥",
    "嫁",
    "婿",
    "旦那",
    "主人",
    "伯母",
    "叔母",
    "伯父",
    "叔父",
    "患者",
    "利用者",
    "相談員",
    "支援員",
    "保健師",
    "看護師",
    "医者",
    "大家",
    "業者",
    "店員",
    "職員",
    "担当者",
    "隣",
    "皆",
    "客",
    "沢山",
    "学校",
    "担任",
    "主治医",
    "園",
    "塾",
    "部活",
    "若者",
    "神",
    "赤",
    "担当",
    "家族",
    "おとう",
    "おかあ",
    "おにい",
    "おねえ",
    "おじい",
    "おばあ",
    "おじ",
    "おば",
    "とう",
    "かあ",
    "にい",
    "ねえ",
    "じい",
    "ばあ",
    "おこ",
    "おく",
    "あか",
    "となり",
    "みな",
    "みんな",
    "たく",
    "おきゃく",
    "かみ",
    "がくせい",
]
_PLACE = r"[一-龥ぁ-んァ-ヶー]{1,8}"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), shown)
    for pattern, shown in (
        (r"https?://\S+|(?:www\.|line\.me/)\S+", HIDDEN),
        (r"[\w.+-]+[@＠][\w-]+(?:[.．][\w-]+)+", HIDDEN),
        (
            r"((?:LINE|ＬＩＮＥ|ライン|らいん|Instagram|インスタ|Twitter|X|TikTok|カカオ)\s*(?:の)?\s*"
            r"(?:ID|ＩＤ|id|アイディー|アカウント)\s*(?:は|:|：|=|が)?\s*)[@＠]?[\w.-]{3,}",
            r"\1" + HIDDEN,
        ),
        (r"(?<![\w@＠])[@＠][A-Za-z0-9_.-]{3,}", HIDDEN),
        (rf"〒\s*{_DIGIT}{{3}}{_DASH}?{_DIGIT}{{4}}", HIDDEN),
        (rf"(?<!{_DIGIT})[+＋]?(?:{_DIGIT}{_DASH}?){{9,14}}{_DIGIT}(?!{_DIGIT})", HIDDEN),
        (
            rf"(?<!{_DIGIT})[0０]{_DIGIT}{{1,3}}{_DASH}{_DIGIT}{{2,4}}{_DASH}{_DIGIT}{{3,4}}",
            HIDDEN,
        ),
        (rf"(?<!{_DIGIT}){_DIGIT}{{3}}[-‐−－ー]{_DIGIT}{{4}}(?!{_DIGIT})", HIDDEN),
        (
            rf"(?:{_PLACE}?[都道府県])?(?:[一-龥ァ-ヶー]{{1,6}}[市郡])?(?:[一-龥]{{1,4}}[区町村])?"
            rf"[一-龥ぁ-んァ-ヶー]{{0,8}}?(?:{_DIGIT}|[一二三四五六七八九十]){{1,4}}"
            rf"(?:丁目|番地|番町|条(?=[一-龥東西南北0-9０-９]))"
            rf"(?:の?{_DIGIT}{{1,4}})?(?:番地?|{_DASH}{_DIGIT}{{1,4}})*(?:{_DIGIT}{{1,3}}号(?:室)?)?",
            HIDDEN,
        ),
        (
            rf"[一-龥ァ-ヶー]{{1,6}}[市区町村郡][一-龥ァ-ヶー]{{0,8}}"
            rf"{_DIGIT}{{1,4}}(?:{_DASH}{_DIGIT}{{1,4}}){{1,3}}",
            HIDDEN,
        ),
        (
            rf"[一-龥ァ-ヶーA-Za-z]{{2,12}}(?:荘|ハイツ|マンション|アパート|コーポ|団地){_DIGIT}+号室?",
            HIDDEN,
        ),
        (rf"{_DIGIT}{{1,4}}号室", HIDDEN),
        (
            r"((?:名前|なまえ|氏名|本名|苗字|名字)\s*(?:は|が|:|：|=)\s*)"
            r"[^\s、。，,．！？!?でとだ]{1,12}",
            r"\1" + HIDDEN,
        ),
        (
            rf"{_NAME}(?=(?:と|って)(?:申し|もうし|言い|いい|呼んで)(?:ます|て|(?=ください)))",
            HIDDEN,
        ),
        (
            r"\b((?:[Mm]y name is|I am called|meu nome é|nama saya|ang pangalan ko ay|tên tôi là)\s+)"
            r"[^\s,.!?]+(?:\s+[A-Z][^\s,.!?]+){0,2}",
            r"\1" + HIDDEN,
        ),
    )
)


def mask(text: str) -> str:
    """The text with phone numbers, mail and web addresses, ids, addresses and names as ＊＊."""
    for pattern, shown in _RULES:
        text = pattern.sub(shown, text)
    return _TITLED.sub(_without_name, text)


def _without_name(found: re.Match[str]) -> str:
    """お母 and たく before さん are no names; of a run of kana only the name at its end is hidden."""
    word = found.group(1)
    if word.endswith(tuple(_NOT_NAMES)):
        return word
    name = _KANA_NAME.match(word)
    return f"{word[: name.start(1)]}{HIDDEN}" if name else HIDDEN
