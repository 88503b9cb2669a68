"""How much a member carries: the room left now and its share of the last weeks (支援疲れ)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from directory_data.model import Member
from routing.judgement import MemberState

ASSUMED_CAPACITY = 10
"""Cases at a time of a member that has not said how many."""


def state_of(states: Mapping[str, MemberState], member_id: str) -> MemberState:
    """The member's state; one the desk says nothing about is free."""
    return states.get(member_id) or MemberState(member_id)


def room(state: MemberState) -> float:
    """The part (0–1) of what the member can take that is still free."""
    if state.capacity == 0:
        return 0.0
    return max(0.0, 1 - state.open_cases / (state.capacity or ASSUMED_CAPACITY))


def rest(state: MemberState, usual: float) -> float:
    """1 for a member that got nothing lately, ½ for one that got as much as the others, less above.

    `usual` is the mean of the recent cases of everybody who could take this worry.
    """
    return (1 + usual) / (1 + usual + state.recent_cases)


def usual(members: Collection[Member], states: Mapping[str, MemberState]) -> float:
    """The mean number of recent cases of these members."""
    recent = [state_of(states, member.id).recent_cases for member in members]
    return sum(recent) / (len(recent) or 1)
