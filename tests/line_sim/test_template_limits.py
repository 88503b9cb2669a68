"""Templates: image carousels, columns that differ, default actions."""

from __future__ import annotations

from typing import Any

from line_sim.findings import Check
from line_sim.template_limits import check_template

ACTION = {"type": "postback", "label": "はい", "data": "d"}


def faults(**template: Any) -> list[str]:
    check = Check()
    check_template(check, {"altText": "x", "template": template}, ())
    return [each.dotted for each in check.findings]


def test_columns_must_be_alike() -> None:
    one = {"text": "x", "actions": [ACTION]}
    two = {"text": "x", "actions": [ACTION, ACTION]}
    titled = {"text": "x", "title": "t", "actions": [ACTION]}
    assert faults(type="carousel", columns=[one, one]) == []
    assert faults(type="carousel", columns=[one, two]) == ["template.columns"]
    assert faults(type="carousel", columns=[one, titled]) == ["template.columns"]


def test_image_carousels_have_short_labels() -> None:
    column = {"imageUrl": "https://example.org/a.png", "action": ACTION}
    assert faults(type="image_carousel", columns=[column] * 10) == []
    long = column | {"action": ACTION | {"label": "あ" * 13}}
    assert faults(type="image_carousel", columns=[long]) == ["template.columns[0].action.label"]


def test_a_default_action_is_judged_too() -> None:
    bad = {"type": "uri", "uri": "file:///x"}
    found = faults(type="buttons", text="x", actions=[ACTION], defaultAction=bad)
    assert found == ["template.defaultAction.uri"]


def test_unknown_templates_are_refused() -> None:
    assert faults(type="poster") == ["template.type"]
