"""What the desk expects of the door to LINE: the real client fits, and so does a recorded one."""

from __future__ import annotations

import inspect

import pytest

from bot.line.client import LineClient
from desk.post import Post, Result, Verdict
from tests.letterbox import RecordingPost


@pytest.mark.parametrize("door", [LineClient, RecordingPost])
@pytest.mark.parametrize("name", ["reply", "push", "leave", "show_working"])
def test_every_door_takes_what_the_desk_gives(door: type, name: str) -> None:
    wanted = inspect.signature(getattr(Post, name))
    assert list(inspect.signature(getattr(door, name)).parameters) == list(wanted.parameters)


def test_a_verdict_is_a_fact_and_five_endings_exist() -> None:
    assert len(Result) == 5
    assert Verdict(Result.ACCEPTED) == Verdict(Result.ACCEPTED, None, None, None)
