"""Shapes of events and received messages."""

from __future__ import annotations

import pytest

from line_sim.events import frame, group_source, received, user_source


@pytest.mark.parametrize(
    ("kind", "extra"),
    [
        ("text", {"quoteToken", "markAsReadToken"}),
        ("sticker", {"quoteToken", "markAsReadToken"}),
        ("image", {"quoteToken", "markAsReadToken", "contentProvider"}),
        ("audio", {"markAsReadToken", "contentProvider"}),
        ("file", {"markAsReadToken"}),
        ("hologram", set()),
    ],
)
def test_each_kind_has_its_tokens(kind: str, extra: set[str]) -> None:
    assert set(received({"type": kind})) == {"type", "id"} | extra


def test_a_frame_without_source_has_none() -> None:
    assert "source" not in frame("sparkle", 1, "active", None)
    event = frame("follow", 5, "standby", user_source("U1"))
    assert (event["timestamp"], event["mode"]) == (5, "standby")
    assert event["source"] == {"type": "user", "userId": "U1"}


def test_a_group_names_a_person_only_when_known() -> None:
    assert group_source("group", "C1", None) == {"type": "group", "groupId": "C1"}
    assert group_source("room", "R1", "U1") == {"type": "room", "roomId": "R1", "userId": "U1"}
