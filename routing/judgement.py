"""The words in which the judgement speaks; only dataclasses and enums, no deciding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

NO_WORRY = "none"
"""The category of greetings, thanks and chit-chat."""
_WORTH = 0.4
"""A second worry counts from this share of the first one's score."""


class Level(StrEnum):
    """How urgent a text is (safety.md: what each level makes Genkan do)."""

    NONE = "none"
    CONCERN = "concern"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """0 for none … 3 for emergency; a talk's level is raised by words, never lowered."""
        return list(Level).index(self)


class UrgentKind(StrEnum):
    """What the danger is; each kind has its own card with its own first numbers."""

    SUICIDE = "suicide"
    VIOLENCE = "violence"
    CHILD_ABUSE = "child_abuse"
    SEXUAL_VIOLENCE = "sexual_violence"
    MEDICAL = "medical"
    DESTITUTION = "destitution"


@dataclass(frozen=True)
class Urgency:
    """What `routing.urgency.assess` found. `rule_ids` may be logged, the text never."""

    level: Level = Level.NONE
    kind: UrgentKind | None = None
    rule_ids: tuple[str, ...] = ()
    """The rules that found it; `learned.<level>` where the learned judge raised it there and
    `learned.brake` where it held an urgent rule back to concern."""
    about_other: bool = False
    """True when the danger is somebody else's: the answer then speaks to the helper."""
    scores: Mapping[str, float] = field(default_factory=dict)
    """How far the learned judge is above (below) the threshold of each level; may be logged."""


@dataclass(frozen=True)
class CategoryMatch:
    """One category that fits, best first. `words` are the resident's own words that led here."""

    code: str
    score: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """Everything the talk needs to know about one text."""

    language: str = "ja"
    urgency: Urgency = Urgency()
    ranking: tuple[CategoryMatch, ...] = ()
    """Everything that fits, best first, `none` at its own place among the worries."""
    clear: bool = False
    """True when one message is enough for suggestions; False makes the talk ask once."""
    about_other: bool = False
    """The writer speaks for somebody else (R16)."""

    @property
    def categories(self) -> tuple[CategoryMatch, ...]:
        """The worries that members are shown for, best first: nothing far behind the best, and
        nothing at all when the text holds no worry (greeting, thanks, only emoji)."""
        if not self.ranking or self.ranking[0].code == NO_WORRY:
            return ()
        least = _WORTH * self.ranking[0].score
        return tuple(m for m in self.ranking if m.code != NO_WORRY and m.score >= least)


@dataclass(frozen=True)
class MemberMatch:
    """One member that fits, with what a resident may read about why."""

    member_id: str
    category: str
    """The category code through which it fits best."""
    words: tuple[str, ...] = ()
    """The resident's own words that led to the category, for the reason sentence."""
    score: float = 0.0
    parts: Mapping[str, float] = field(default_factory=dict)
    """What the score was multiplied from, by name: for editors, never for residents."""


@dataclass(frozen=True)
class MemberState:
    """What the desk knows of a member at this moment; the pack knows the rest."""

    member_id: str
    paused: bool = False
    open_cases: int = 0
    capacity: int | None = None
    """Cases at a time the member said it can take; None while it has said nothing."""
    recent_cases: int = 0
    """Cases handed to it in the last four weeks, open or not."""

    @property
    def takes_more(self) -> bool:
        return not self.paused and (self.capacity is None or self.open_cases < self.capacity)


@dataclass(frozen=True)
class Wish:
    """What a resident would like of a member, as far as the talk tells; nothing is asked for it."""

    language: str = "ja"
    worry: str = ""
    """The resident's own words, compared with what members say of themselves."""
    places: frozenset[str] = frozenset()
    """Codes of the parts of the city that the words name."""
    seed: str = ""
    """Decides between equals; the same seed always decides alike."""
