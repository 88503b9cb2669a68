"""The resident's own words that led somewhere: a short readable stretch, never changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from routing.fold import visible

LONGEST = 18
"""Signs of a stretch shown as 「…」ということばから."""

_CUT = re.compile(
    r"[。．！？!?、，,\n\r\t 　…・「」『』()（）]+|(?<=けど)|(?<=ので)|(?<=から)(?=[^ぁ-ん])"
)
_SOFT_CUT = re.compile(r"(?<=[はがをにでとも])(?=[一-龥々ァ-ヶ])|(?<=て)(?=[一-龥々ァ-ヶ])")
_SPACED = re.compile(r"[A-Za-zÀ-ỹ가-힣ऀ-ॿ]")
_LOOKED_AT = 40


def stretches(text: str) -> list[str]:
    """The readable pieces of a text, in order; of a very long one only the first."""
    return _pieces(visible(text[:600]))[:_LOOKED_AT]


def telling_words(pieces: Sequence[str], telling: Sequence[float]) -> tuple[str, ...]:
    """The one or two pieces that tell most for their length; often just one, none if all are 0."""
    weighed = [(w / (1 + len(p) / LONGEST), p) for w, p in zip(telling, pieces, strict=True) if w]
    if not weighed:
        return ()
    best, words = max(weighed, key=lambda row: row[0])
    others = [p for w, p in weighed if w >= 0.8 * best and p != words]
    return (words, *others[:1])


def _pieces(text: str) -> list[str]:
    clauses = _clauses(text)
    pieces = [p for clause in clauses for p in ([clause] if _fits(clause) else _parts(clause))]
    return list(dict.fromkeys(p for p in pieces if len(p) >= 2))


def _clauses(text: str) -> list[str]:
    spaced = len(_SPACED.findall(text)) * 2 > len(text)
    cut = re.compile(r"[。．.！？!?、，,\n…]+") if spaced else _CUT
    return [part.strip() for part in cut.split(text) if part and part.strip()]


def _fits(clause: str) -> bool:
    return len(clause) <= (2 * LONGEST if _SPACED.match(clause) else LONGEST)


def _parts(clause: str) -> list[str]:
    """A long clause cut between words; what still does not fit is cut to windows of whole words."""
    if _SPACED.match(clause):
        words = clause.split()
        return [" ".join(words[i : i + 5]) for i in range(0, len(words), 3)]
    pieces: list[str] = []
    for part in _SOFT_CUT.split(clause):
        joined = f"{pieces[-1]}{part}" if pieces else part
        if pieces and len(joined) <= LONGEST:
            pieces[-1] = joined
        else:
            pieces.append(part)
    return [p[:LONGEST] for p in pieces]
