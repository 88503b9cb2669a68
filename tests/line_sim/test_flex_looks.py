"""Looks of Flex components: words, colours, measures, ratios."""

from __future__ import annotations

import pytest

from line_sim.findings import Check
from line_sim.flex_looks import check_aspect_ratio, check_looks


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("margin", "xxl", "big"),
        ("paddingAll", "10%", "10"),
        ("offsetTop", "-4px", "4"),
        ("cornerRadius", "8px", "50%%"),
        ("borderWidth", "semi-bold", "thick"),
        ("color", "#aabbccdd", "#abc"),
        ("align", "center", "middle"),
        ("justifyContent", "space-evenly", "left"),
        ("flex", 0, -1),
        ("width", "50%", "half"),
    ],
)
def test_looks(key: str, good: object, bad: object) -> None:
    for value, expected in ((good, []), (bad, [f"/{key}"])):
        check = Check()
        check_looks(check, {key: value}, (), "box")
        assert [each.pointer for each in check.findings] == expected


@pytest.mark.parametrize(
    ("ratio", "good"), [("20:13", True), ("1:3", True), ("1:4", False), ("x", False)]
)
def test_pictures_are_at_most_three_times_as_high_as_wide(ratio: str, good: bool) -> None:
    check = Check()
    check_aspect_ratio(check, {"aspectRatio": ratio}, ())
    assert (check.findings == []) is good
