"""The address book as frozen dataclasses; no reading of files, no deciding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property

Text = Mapping[str, str]
"""A short text by language code; `ja` is always there."""


def in_language(text: Text, language: str) -> str:
    """The text in that language, else in Japanese."""
    return text.get(language) or text["ja"]


@dataclass(frozen=True)
class Category:
    """A heading of the leaflet under which worries are grouped."""

    code: str
    label: Text
    description: Text
    keywords: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    """Other words for it: dialect, abbreviations, city words, other languages."""
    examples: tuple[str, ...] = ()
    on_menu: bool = False
    """Shown as a tap on the greeting; every other category is found by writing."""


@dataclass(frozen=True)
class Slot:
    """Weekly hours. `closes` at or before `opens` means on the next day."""

    days: frozenset[int]
    """0 Monday … 6 Sunday, the days on which it opens."""
    opens: time
    closes: time


@dataclass(frozen=True)
class Place:
    """A part of the city, found in a text by any of its names."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Member:
    """An organisation in the platform. Contacts stay empty until the organisation confirms."""

    id: str
    name: str
    categories: tuple[str, ...]
    core: bool = False
    """Core members (PFコアメンバー) look after the tray of people nobody has taken."""
    inferred: bool = True
    """The categories were inferred from public words, not told by the organisation."""
    description: Text = field(default_factory=dict)
    languages: tuple[str, ...] = ("ja",)
    area: str | None = None
    places: tuple[str, ...] = ()
    """Codes of the places it works in; empty: everywhere."""
    hours: tuple[Slot, ...] = ()
    """Empty: it has told none yet."""
    closed_on: frozenset[date] = frozenset()
    fee: str | None = None
    hours_note: str | None = None
    phone: str | None = None
    url: str | None = None
    verified_on: date | None = None
    """None: shown to residents as 確認中."""


@dataclass(frozen=True)
class Hotline:
    """A telephone number for danger. `enabled` is False until the city confirms a doubtful row."""

    id: str
    name: Text
    number: str
    """As people read it: `0120-279-338`, `#8891`, `119`; empty for a service one registers for."""
    hours: Text
    source: str
    verified_on: date | None
    enabled: bool = True

    @property
    def tel(self) -> str:
        """The `tel:` URI; `#` is percent-encoded because a bare one would start a fragment.

        Empty when there is no number; no card may carry such a row.
        """
        return self.number and "tel:" + self.number.replace("-", "").replace("#", "%23")


@dataclass(frozen=True)
class CrisisCard:
    """Which numbers come first for one kind of danger."""

    kind: str
    """A value of `routing.judgement.UrgentKind`, or `any` for the permanent help button."""
    hotlines: tuple[str, ...]
    """Hotline ids, first number first."""


@dataclass(frozen=True)
class City:
    """Who runs this door; spoken in the greeting."""

    name: Text
    account_name: Text
    operator: Text
    retention_days: int
    wording_version: str
    """Version of levels and wording that the city's clinician has reviewed."""


@dataclass(frozen=True)
class Directory:
    """A whole data pack, ready to be asked."""

    city: City
    categories: Mapping[str, Category]
    members: Mapping[str, Member]
    hotlines: Mapping[str, Hotline]
    cards: Mapping[str, CrisisCard]
    places: Mapping[str, Place] = field(default_factory=dict)

    @cached_property
    def _takers(self) -> Mapping[str, tuple[Member, ...]]:
        takers: dict[str, list[Member]] = {}
        for member in self.members.values():
            for code in dict.fromkeys(member.categories):
                takers.setdefault(code, []).append(member)
        return {code: tuple(members) for code, members in takers.items()}

    def members_for(self, category: str) -> tuple[Member, ...]:
        """Members that deal with the category, in the pack's order."""
        return self._takers.get(category, ())

    def card_numbers(self, kind: str | None) -> tuple[Hotline, ...]:
        """The enabled hotlines for a kind of danger; the general card when the kind is unknown."""
        card = self.cards.get(kind or "any") or self.cards["any"]
        rows = (self.hotlines[h] for h in card.hotlines)
        return tuple(h for h in rows if h.enabled)
