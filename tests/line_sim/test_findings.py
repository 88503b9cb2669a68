"""Places in a body, and the small checks."""

from __future__ import annotations

import pytest

from line_sim.findings import Check, Finding


def test_places_in_both_notations() -> None:
    finding = Finding("x", ("messages", 0, "template", "actions", 2, "label"))
    assert finding.dotted == "messages[0].template.actions[2].label"
    assert Finding("x", ("body", "contents", 0)).pointer == "/body/contents/0"


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("https://example.org/a", None),
        ("HTTPS://example.org", None),
        ("http://example.org", "invalid uri scheme"),
        ("https:///path", "invalid uri"),
        ("https://example.org/\n", "invalid uri"),
        ("", "May not be empty"),
    ],
)
def test_addresses(value: str, fault: str | None) -> None:
    check = Check()
    check.url({"url": value}, "url", ())
    assert [each.message for each in check.findings] == ([fault] if fault else [])


@pytest.mark.parametrize(("value", "good"), [(5, True), (True, False), ("5", False), (11, False)])
def test_whole_numbers(value: object, good: bool) -> None:
    check = Check()
    check.integer({"n": value}, "n", (), 0, 10)
    assert (check.findings == []) is good
