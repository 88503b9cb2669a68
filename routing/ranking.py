"""From categories to members: who fits, who is there, who is not worn out, in what order.

A member's score is a product, so that every part can be read and none can be bought off by another:
category × field × own words × hours × place × language × room × rest. No clock, no chance: ties are
decided by a seed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import prod
from zlib import crc32

from directory_data.model import Directory, Member
from routing.fold import fold
from routing.grams import grams, pieces_of
from routing.hours import is_open, opens_at
from routing.judgement import NO_WORRY, CategoryMatch, MemberMatch, MemberState, Wish
from routing.load import rest, room, state_of, usual
from routing.places import named_places

_NO_WISH = Wish()
_MAIN_FIELD, _SIDE_FIELD = 1.0, 0.85
"""A member names its main field first; a side field counts a little less."""
_OPEN_NOW, _OPENS_SOON, _OPENS_LATER, _HOURS_UNKNOWN = 1.0, 0.95, 0.85, 0.93
_SOON = timedelta(hours=14)
"""Soon enough to wait for: this evening's writer is answered tomorrow morning."""
_ELSEWHERE, _OTHER_LANGUAGE = 0.8, 0.8
_OWN_WORDS = 0.2
"""What a member gains at most when the worry is in the very words it uses of itself."""
_READ = 400
"""Signs of a worry that are compared."""
_UNVERIFIED = 0.97
_FULLEST = 0.6
"""What is left of the score of a member whose last place is the one it would give."""


def wish_of(directory: Directory, language: str, worry: str, seed: str = "") -> Wish:
    """What the resident's language and words ask of a member."""
    return Wish(language, worry, named_places(worry, directory.places), seed)


def rank_members(
    directory: Directory,
    categories: Sequence[CategoryMatch],
    states: Mapping[str, MemberState],
    exclude: Collection[str],
    now: datetime,
    wish: Wish = _NO_WISH,
) -> tuple[MemberMatch, ...]:
    """Every member that fits, best first; the same input always gives the same order.

    Paused and full members and those in `exclude` are left out. With several worries the members
    are interleaved, so that the first page answers each of them.
    """
    moment = _Moment(states, now, wish, frozenset(grams(fold(wish.worry[:_READ]))))
    queues = [
        moment.queue([m for m in directory.members_for(match.code) if m.id not in exclude], match)
        for match in categories
        if match.code != NO_WORRY
    ]
    return tuple(_interleave(queues))


@dataclass(frozen=True)
class _Moment:
    """What every member is measured by in one ranking."""

    states: Mapping[str, MemberState]
    now: datetime
    wish: Wish
    asked: frozenset[str]
    """The pieces of the resident's words."""

    def queue(self, members: Sequence[Member], match: CategoryMatch) -> list[MemberMatch]:
        takers = [m for m in members if state_of(self.states, m.id).takes_more]
        even = usual(takers, self.states)
        found = [self._match(member, match, even) for member in takers]
        return sorted(found, key=lambda m: (-m.score, self._lot(m.member_id)))

    def _match(self, member: Member, match: CategoryMatch, even: float) -> MemberMatch:
        state = state_of(self.states, member.id)
        parts = {
            "field": _MAIN_FIELD if member.categories[0] == match.code else _SIDE_FIELD,
            "own_words": 1 + _OWN_WORDS * self._likeness(member),
            "hours": _hours(member, self.now),
            "place": _place(member, self.wish),
            "language": 1.0 if _speaks(member, self.wish.language) else _OTHER_LANGUAGE,
            "verified": _UNVERIFIED if member.verified_on is None else 1.0,
            "room": _FULLEST + (1 - _FULLEST) * room(state),
            "rest": rest(state, even),
        }
        score = round(max(match.score, 0.01) * prod(parts.values()), 6)
        return MemberMatch(member.id, match.code, match.words, score, parts)

    def _likeness(self, member: Member) -> float:
        """The share (0–1) of the pieces of the worry that the member uses of itself."""
        if not self.asked or not member.description:
            return 0.0
        said = {piece for text in member.description.values() for piece in pieces_of(text)}
        return len(self.asked & said) / len(self.asked)

    def _lot(self, member_id: str) -> int:
        return crc32(f"{self.wish.seed}:{member_id}".encode())


def _hours(member: Member, now: datetime) -> float:
    there = is_open(member, now)
    if there is None:
        return _HOURS_UNKNOWN
    if there:
        return _OPEN_NOW
    opens = opens_at(member, now)
    return _OPENS_SOON if opens is not None and opens - now <= _SOON else _OPENS_LATER


def _place(member: Member, wish: Wish) -> float:
    """Only a resident who names a place is asked to go nowhere else."""
    if not wish.places or not member.places or wish.places & set(member.places):
        return 1.0
    return _ELSEWHERE


def _speaks(member: Member, language: str) -> bool:
    return language in member.languages or (language == "ja-easy" and "ja" in member.languages)


def _interleave(queues: Sequence[Sequence[MemberMatch]]) -> list[MemberMatch]:
    """The best of each worry, then the second of each …; a member appears once."""
    found: dict[str, MemberMatch] = {}
    for place in range(max(map(len, queues), default=0)):
        for queue in queues:
            if place < len(queue):
                found.setdefault(queue[place].member_id, queue[place])
    return list(found.values())
