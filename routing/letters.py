"""A folded text in overlapping pieces of one to four signs: the alphabet of the learned judge.

No dictionary and no word borders, so that dialect, typos and eleven languages need nothing special.
"""

from __future__ import annotations

import re

LONGEST_PIECE = 4

_SPACE = re.compile(r"\s+")


def pieces(folded: str) -> list[str]:
    """Every run of 1–4 signs, with one space for each gap and at both ends."""
    text = f" {_SPACE.sub(' ', folded.strip())} "
    size = len(text)
    return [
        text[start : start + length]
        for length in range(1, LONGEST_PIECE + 1)
        for start in range(size - length + 1)
    ]
