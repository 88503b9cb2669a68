"""Room and rest: who can take one more, and who has had enough lately."""

from __future__ import annotations

from directory_data.model import Member
from routing.judgement import MemberState
from routing.load import rest, room, state_of, usual


def test_room_is_the_free_part_of_what_a_member_said() -> None:
    assert room(MemberState("a", open_cases=1, capacity=4)) == 0.75
    assert room(MemberState("a", open_cases=5)) == 0.5
    assert room(MemberState("a", capacity=0)) == 0.0
    assert room(MemberState("a", open_cases=20)) == 0.0


def test_who_got_nothing_is_rested_and_who_got_most_is_not() -> None:
    idle, even, busy = (rest(MemberState("a", recent_cases=n), 4.0) for n in (0, 4, 12))
    assert idle == 1.0
    assert idle > even > busy > 0


def test_usual_is_the_mean_of_those_who_could_take_it() -> None:
    members = [Member(i, i, ("food",)) for i in "abc"]
    states = {"a": MemberState("a", recent_cases=6), "b": MemberState("b", recent_cases=3)}
    assert usual(members, states) == 3.0
    assert usual([], states) == 0.0
    assert state_of(states, "c") == MemberState("c")
