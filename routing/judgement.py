"""The words in which the judgement speaks; only dataclasses and enums, no deciding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    about_other: bool = False
    """True when the danger is somebody else's: the answer then speaks to the helper."""


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
    categories: tuple[CategoryMatch, ...] = ()
    """Empty when the text holds no worry (greeting, thanks, chit-chat, only emoji)."""
    clear: bool = False
    """True when one message is enough for suggestions; False makes the talk ask once."""
    about_other: bool = False
    """The writer speaks for somebody else (R16)."""


@dataclass(frozen=True)
class MemberMatch:
    """One member that fits, with what a resident may read about why."""

    member_id: str
    category: str
    """The category code through which it fits best."""
    words: tuple[str, ...] = ()
    """The resident's own words that led to the category, for the reason sentence."""
    score: float = 0.0


@dataclass(frozen=True)
class MemberState:
    """What the desk knows of a member at this moment; the pack knows the rest."""

    member_id: str
    paused: bool = False
    open_cases: int = 0
    capacity: int | None = None
    """Cases at a time the member said it can take; None while it has said nothing."""

    @property
    def takes_more(self) -> bool:
        return not self.paused and (self.capacity is None or self.open_cases < self.capacity)
