"""What a typed text means as a tap: numbers, words, close typos. Never judges a worry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

from bot.conversation import Button, MenuItem
from bot.phrases import typed_everywhere

_NOISE = re.compile(r"[\s。、．，.,!！?？「」『』()（）…~〜:：;；'\"]+")
_NUMBER = re.compile(
    r"([0-9]{1,2}|[〇零一二三四五六七八九十])(?:番|ばん)?(?:目|め)?"
    r"(?:です|で|を|に)?(?:します|おねがい|お願い)?(?:します)?"
)
_KANJI = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "十": "10",
}
_NEGATED = re.compile(r"ない|ません|なく|いや|嫌|やめ|たくな")
_EXACT_ONLY = ("agree", "erase")
"""What cannot be taken back is never guessed from a typo."""
_TYPO_LENGTH = 4
_TYPO_RATIO = 82
_COMMANDS = (
    "help", "dialed", "withdraw", "erase", "stop", "resume", "start", "gatherings",
)  # fmt: skip


def fold(text: str) -> str:
    """The text as it is compared: half-width, lower case, hiragana, without spaces and marks."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in plain)


def command(text: str) -> str:
    """The action that these words mean at any moment, or an empty string."""
    return next((name for name in _COMMANDS if _is_typed(name, text)), "")


def is_small_talk(text: str) -> bool:
    """A greeting, thanks, a bare yes or a number that names no choice: nothing to look for."""
    folded = fold(text)
    return not folded or bool(number(folded)) or _is_typed("small_talk", text)


def has_no_worry(text: str) -> bool:
    """`特に悩みはないけど`: said in so many words."""
    return bool(_longest("no_worry", text))


def refuses_telling(text: str) -> bool:
    """The resident asks that nobody is told (kept with an escalation)."""
    return bool(_longest("secret", text))


def only_refuses(text: str) -> bool:
    """Nothing else is said than that nobody may be told."""
    said = _longest("secret", text)
    return bool(said) and len(fold(text)) - len(said) <= _TYPO_LENGTH


def pick(menu: Iterable[MenuItem], text: str) -> str:
    """The action of the offered choice that the text names, or an empty string.

    110, 119 and every other number of three digits are never a choice.
    """
    items = tuple(menu)
    folded = fold(text)
    wanted = {folded, number(folded)} - {""}
    for item in items:
        if wanted & {fold(word) for word in item.words}:
            return item.action
    return _close(items, folded)


def number(folded: str) -> str:
    """`2番でお願いします`, `②`, `二` → `2`; anything that is not just a small number → empty."""
    found = _NUMBER.fullmatch(folded)
    if not found:
        return ""
    digits = found.group(1)
    return _KANJI.get(digits) or str(int(digits))


def menu_item(button: Button, number_shown: str = "", words: Iterable[str] = ()) -> MenuItem:
    """What may be typed instead of tapping that button."""
    shown = (number_shown,) if number_shown else ()
    return MenuItem(button.action, (*shown, button.label, *words))


def _is_typed(name: str, text: str) -> bool:
    folded = fold(text)
    return any(folded == fold(word) for word in typed_everywhere()[name])


def leading_answer(text: str) -> str:
    """`はい、着きました` → yes, `いいえ、まだです` → no; a yes beside a denial is no answer."""
    folded = fold(text)
    yes, no = (tuple(map(fold, typed_everywhere()[name][:1])) for name in ("yes", "no"))
    if folded.startswith(no):
        return "no"
    agreed = folded.startswith(yes) or folded.endswith(yes)
    return "yes" if agreed and not _NEGATED.search(folded) else ""


def _longest(name: str, text: str) -> str:
    folded = fold(text)
    found = [word for word in map(fold, typed_everywhere()[name]) if word in folded]
    return max(found, key=len, default="")


def _close(items: Iterable[MenuItem], folded: str) -> str:
    """The one choice whose word is nearly what was typed; empty when two are as near."""
    if len(folded) < _TYPO_LENGTH:
        return ""
    scored = sorted(
        ((max(map(lambda w: _nearness(w, folded), item.words)), item.action) for item in items),
        reverse=True,
    )
    scored = [(score, action) for score, action in scored if score >= _TYPO_RATIO]
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return ""
    action = scored[0][1]
    return "" if action.startswith(_EXACT_ONLY) else action


def _nearness(word: str, folded: str) -> float:
    wanted = fold(word)
    if len(wanted) < _TYPO_LENGTH or bool(_NEGATED.search(wanted)) != bool(_NEGATED.search(folded)):
        return 0.0
    return fuzz.ratio(wanted, folded)
