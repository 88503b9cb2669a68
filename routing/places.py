"""Which parts of the city a text names; only names of the pack, nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping

from directory_data.model import Place
from routing.fold import fold


def named_places(text: str, places: Mapping[str, Place]) -> frozenset[str]:
    """Codes of the places whose names stand in the text."""
    folded = fold(text)
    return frozenset(
        place.code for place in places.values() if any(fold(n) in folded for n in place.names)
    )
