"""Actions by the place they stand in."""

from __future__ import annotations

from typing import Any

import pytest

from line_sim import action_limits
from line_sim.action_limits import Place, check_action
from line_sim.findings import Check


def faults(place: Place, **action: Any) -> list[str]:
    check = Check()
    check_action(check, {"type": "postback", "data": "d", **action}, (), place)
    return [each.dotted for each in check.findings]


@pytest.mark.parametrize(
    ("place", "most", "required"),
    [
        ("QUICK_REPLY", 20, True),
        ("TEMPLATE", 20, True),
        ("IMAGE_CAROUSEL", 12, False),
        ("FLEX_BUTTON", 40, True),
        ("FLEX_OTHER", 40, False),
        ("RICH_MENU", 20, False),
    ],
)
def test_labels(place: str, most: int, required: bool) -> None:
    where = getattr(action_limits, place)
    assert faults(where, label="あ" * most) == []
    assert faults(where, label="あ" * (most + 1)) == ["label"]
    assert faults(where) == (["label"] if required else [])


@pytest.mark.parametrize("kind", ["camera", "cameraRoll", "location"])
def test_some_actions_exist_in_quick_replies_only(kind: str) -> None:
    assert faults(action_limits.QUICK_REPLY, type=kind, label="x") == []
    assert faults(action_limits.TEMPLATE, type=kind, label="x") == ["type"]


def test_clipboard_and_alternative_address() -> None:
    place = action_limits.FLEX_BUTTON
    assert faults(place, type="clipboard", label="x", clipboardText="a" * 1001) == ["clipboardText"]
    bad = {"type": "uri", "label": "x", "uri": "tel:119", "altUri": {"desktop": "ftp://x"}}
    assert faults(place, **bad) == ["altUri.desktop"]
