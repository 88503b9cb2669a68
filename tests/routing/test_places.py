"""Parts of the city named in a text."""

from __future__ import annotations

import pytest

from routing.places import named_places
from tests.judges import kumamoto


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("健軍に住んでいます", {"higashi"}),
        ("東区か南区で集まれるところ", {"higashi", "minami"}),
        ("I live in Kita-ku", {"kita"}),
        ("福岡に住んでいます", set()),
        ("", set()),
    ],
)
def test_only_names_of_the_pack_are_found(text: str, codes: set[str]) -> None:
    assert named_places(text, kumamoto().places) == codes
