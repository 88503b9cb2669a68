"""A group or room is told once and left behind the sentence."""

from __future__ import annotations

import pytest

from desk.post import Result, Verdict
from tests.letterbox import House


@pytest.mark.parametrize("kind", ["group", "room"])
def test_the_leaving_waits_for_the_sentence(house: House, kind: str) -> None:
    group = house.resident()
    group.source = {"type": kind, f"{kind}Id": "C" + "1" * 32}
    house.post.verdicts = [Verdict(Result.TRY_LATER, 429)]
    group.says("みなさん こんにちは")
    assert [call.how for call in house.post.calls] == ["reply"]
    house.clock.forward(10)
    house.work(group.person.id)
    assert [call.how for call in house.post.calls] == ["reply", "reply", f"leave {kind}"]
    assert house.post.calls[-1].to == "C" + "1" * 32
    assert group.messages() == [], "what others said there is not kept"


def test_leaving_twice_is_refused_and_ends(house: House) -> None:
    group = house.resident()
    group.source = {"type": "group", "groupId": "C" + "1" * 32}
    house.post.verdicts = [
        Verdict(Result.ACCEPTED, 200),
        Verdict(Result.AMBIGUOUS, error="ReadTimeoutError"),
        Verdict(Result.REFUSED, 400),
    ]
    group.sends(group.event("join"))
    house.clock.forward(60)
    house.work(group.person.id)
    assert house.states() == ["sent", "failed"]
