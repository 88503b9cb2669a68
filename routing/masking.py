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
_KATAKANA_NAME = r"[ァ-ヶー]{2,8}(?:[・ ][ァ-ヶー]{2,8})?"
_SAID_NAME = rf"(?:[一-龥々]{{1,4}}(?:[ 　]?[一-龥々]{{1,3}})?|{_KATAKANA_NAME}|[ぁ-ん]{{2,5}})"
_TITLED = re.compile(
    rf"([一-龥々]{{1,6}}|{_KATAKANA_NAME}|[A-Z][a-z]+|[ぁ-ん]{{1,10}})(?={_TITLE})"
)
_NAME_IN_KANA = re.compile(r"(?:^|.*[のはがをにとも])([ぁ-ん]{2,5})$")
_NO_NAME = re.compile(
    "(?:父|母|兄|姉|爺|婆|子|娘|息子|孫|奥|嫁|婿|旦那|主人|患者|利用者|相談員|支援員|保健師|看護師|"
    "医者|大家|業者|店員|職員|担当者?|隣|皆|客|沢山|学校|高校|中学|担任|主治医|園|塾|部活|若者|神|赤|"
    "家族|おとう|おかあ|おにい|おねえ|おじい|おばあ|おじ|おば|とう|かあ|にい|ねえ|じい|ばあ|おこ|おく|"
    "あか|となり|みな|みんな|たく|おきゃく|かみ|[のはがをにとも])$"
)

_WEB = r"https?://\S+|(?:www\.|line\.me/)\S+"
_MAIL = r"[\w.+-]+[@＠][\w-]+(?:[.．][\w-]+)+"
_ACCOUNT = (
    r"((?:LINE|ＬＩＮＥ|ライン|らいん|Instagram|インスタ|Twitter|TikTok|カカオ|Skype)\s*の?\s*"
    r"(?:ID|ＩＤ|id|アイディー|アカウント)\s*(?:は|:|：|=|が)?\s*)[@＠]?[\w.-]{3,}"
)
_HANDLE = r"(?<![\w@＠])[@＠][A-Za-z0-9_.-]{3,}"
_POSTCODE = (
    rf"〒\s*{_DIGIT}{{3}}{_DASH}?{_DIGIT}{{4}}|"
    rf"(?<!{_DIGIT}){_DIGIT}{{3}}[-‐−－ー]{_DIGIT}{{4}}(?!{_DIGIT})"
)
_PHONE = (
    rf"(?<!{_DIGIT})[+＋]?(?:{_DIGIT}{_DASH}?){{9,14}}{_DIGIT}(?!{_DIGIT})|"
    rf"(?<!{_DIGIT})[0０]{_DIGIT}{{1,3}}{_DASH}{_DIGIT}{{2,4}}{_DASH}{_DIGIT}{{3,4}}"
)
_BLOCK = (
    r"(?:[一-龥]{2,3}[都道府県])?(?:[一-龥ァ-ヶー]{1,6}[市郡])?(?:[一-龥]{1,4}[区町村])?"
    rf"[一-龥ァ-ヶー]{{0,8}}?(?:{_DIGIT}|[一二三四五六七八九十]){{1,4}}"
    rf"(?:丁目|番地|番町)(?:の?{_DIGIT}{{1,4}})?(?:番地?|{_DASH}{_DIGIT}{{1,4}})*"
    rf"(?:{_DIGIT}{{1,3}}号(?:室)?)?"
)
_LOT = (
    rf"[一-龥ァ-ヶー]{{1,6}}[市区町村郡][一-龥ァ-ヶー]{{0,8}}"
    rf"{_DIGIT}{{1,4}}(?:{_DASH}{_DIGIT}{{1,4}}){{1,3}}"
)
_ROOM = (
    rf"[一-龥ァ-ヶーA-Za-z]{{2,12}}(?:荘|ハイツ|マンション|アパート|コーポ|団地)?{_DIGIT}{{1,4}}号室|"
    rf"{_DIGIT}{{1,4}}号室"
)
_NAME_IS = (
    r"((?:名前|なまえ|氏名|本名|苗字|名字)\s*(?:は|が|:|：|=)\s*)[^\s、。，,．！？!?でとだ]{1,12}"
)
_CALLED = rf"{_SAID_NAME}(?=(?:と|って)(?:申し|もうし|言い|いい)ます)"
_CALLED_ABROAD = (
    r"\b((?:[Mm]y name is|I am called|[Mm]eu nome é|[Nn]ama saya|[Tt]ên tôi là|"
    r"[Aa]ng pangalan ko ay)\s+)[^\s,.!?]+(?:\s+[A-Z][^\s,.!?]+){0,2}"
)

_RULES = tuple(
    (re.compile(pattern), shown)
    for pattern, shown in (
        (_WEB, HIDDEN),
        (_MAIL, HIDDEN),
        (_ACCOUNT, rf"\1{HIDDEN}"),
        (_HANDLE, HIDDEN),
        (_BLOCK, HIDDEN),
        (_LOT, HIDDEN),
        (_ROOM, HIDDEN),
        (_PHONE, HIDDEN),
        (_POSTCODE, HIDDEN),
        (_NAME_IS, rf"\1{HIDDEN}"),
        (_CALLED, HIDDEN),
        (_CALLED_ABROAD, rf"\1{HIDDEN}"),
    )
)


def mask(text: str) -> str:
    """The text with phone numbers, mail and web addresses, ids, addresses and names as ＊＊."""
    for pattern, shown in _RULES:
        text = pattern.sub(shown, text)
    return _TITLED.sub(_without_name, text)


def _without_name(found: re.Match[str]) -> str:
    """お母 and たく before さん are no names; of a run of kana only its end is hidden."""
    word = found.group(1)
    if _NO_NAME.search(word):
        return word
    name = _NAME_IN_KANA.match(word)
    return f"{word[: name.start(1)]}{HIDDEN}" if name else HIDDEN
