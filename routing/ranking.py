"""From categories to members: who fits, who is not worn out, in what order. No words, no clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from directory_data.model import Directory, Member
from routing.judgement import CategoryMatch, MemberMatch, MemberState

_MAIN_FIELD, _SIDE_FIELD = 1.0, 0.8
"""A member names its main field first; a side field counts a little less."""


def rank_members(
    directory: Directory,
    categories: Sequence[CategoryMatch],
    states: Mapping[str, MemberState],
    exclude: Collection[str],
    now: datetime,
) -> tuple[MemberMatch, ...]:
    """Every member that fits, best first; the same input always gives the same order.

    Paused and full members and those in `exclude` are left out. With several worries the members
    are interleaved, so that the first page answers each of them. Equal fits: the verified before
    the unverified, then the least loaded. `now` is what opening hours will be measured against.
    """
    queues = [
        _queue(directory, match, states, exclude) for match in categories if match.code != "none"
    ]
    return tuple(_interleave(queues))


def _queue(
    directory: Directory,
    match: CategoryMatch,
    states: Mapping[str, MemberState],
    exclude: Collection[str],
) -> list[MemberMatch]:
    takers = [
        member
        for member in directory.members_for(match.code)
        if member.id not in exclude and state_of(states, member.id).takes_more
    ]
    takers.sort(key=lambda member: _order(member, match.code, state_of(states, member.id)))
    return [
        MemberMatch(m.id, match.code, match.words, round(match.score * _fit(m, match.code), 4))
        for m in takers
    ]


def state_of(states: Mapping[str, MemberState], member_id: str) -> MemberState:
    """The member's state; one the desk says nothing about is free."""
    return states.get(member_id) or MemberState(member_id)


def _order(
    member: Member, category: str, state: MemberState
) -> tuple[float, bool, float, int, bool, str]:
    return (
        -_fit(member, category),
        member.verified_on is None,
        _load(state),
        state.open_cases,
        member.inferred,
        member.id,
    )


def _fit(member: Member, category: str) -> float:
    return _MAIN_FIELD if member.categories[0] == category else _SIDE_FIELD


def _load(state: MemberState) -> float:
    """The filled share of what the member said it can take; of ten while it has said nothing."""
    return state.open_cases / (state.capacity or 10)


def _interleave(queues: Sequence[Sequence[MemberMatch]]) -> list[MemberMatch]:
    """The best of each worry, then the second of each …; a member appears once."""
    found: dict[str, MemberMatch] = {}
    for place in range(max(map(len, queues), default=0)):
        for queue in queues:
            if place < len(queue):
                found.setdefault(queue[place].member_id, queue[place])
    return list(found.values())
