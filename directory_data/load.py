"""From a pack's folder to a `Directory`, or to every fault at once; nothing is guessed or repaired.

A pack is a folder with city.yaml, categories.yaml, examples.jsonl, members.yaml, hotlines.yaml and
cards.yaml; places.yaml if its parts matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from directory_data.examples import ExampleSheet
from directory_data.faults import Fault, PackFaults
from directory_data.model import (
    Category,
    City,
    CrisisCard,
    Directory,
    Hotline,
    Member,
    Place,
    Slot,
)
from directory_data.sheet import LANGUAGES, Record, Sheet
from directory_data.timetable import slot

PACKS = Path(__file__).parent
KINDS = ("suicide", "violence", "child_abuse", "sexual_violence", "medical", "destitution", "any")
"""The dangers that need a card; `any` is the permanent help button."""
MENU_LIMIT = 10
CARD_LIMIT = 5

_ID = re.compile(r"[a-z][a-z0-9_]*")
_SHORT_NUMBER = re.compile(r"#?[0-9]{3,4}")
_LONG_NUMBER = re.compile(r"0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,5}")

Item = TypeVar("Item")


def load_pack(name_or_path: str | Path = "kumamoto", today: date | None = None) -> Directory:
    """Load a pack by the name of its folder beside this file, or by the path of any folder.

    `today` (a day in Japan) lets dates in the future be refused. Raises `PackFaults`.
    """
    return _Pack(_folder(name_or_path), today).load()


def _folder(name_or_path: str | Path) -> Path:
    named = PACKS / name_or_path
    inside = isinstance(name_or_path, str) and _ID.fullmatch(name_or_path) is not None
    folder = named if inside and named.is_dir() else Path(name_or_path)
    if not folder.is_dir():
        raise PackFaults([Fault(str(name_or_path), 1, "there is no such pack")])
    return folder


class _Pack:
    def __init__(self, folder: Path, today: date | None) -> None:
        self._folder = folder
        self._today = today
        self._sheets: list[Sheet | ExampleSheet] = []

    def load(self) -> Directory:
        city = self._city()
        categories = self._with_examples(self._categories())
        hotlines = self._hotlines()
        cards = self._cards(hotlines)
        places = self._places()
        members = self._members(categories, places)
        faults = [f for sheet in self._sheets for f in sheet.faults]
        if faults:
            raise PackFaults(faults)
        return Directory(city, categories, members, hotlines, cards, places)

    def _open(self, name: str) -> Sheet:
        sheet = Sheet(self._folder / name)
        self._sheets.append(sheet)
        return sheet

    def _table(
        self, file: str, key: str, allowed: frozenset[str], build: Callable[[Record], Item]
    ) -> dict[str, Item]:
        """The records of a file by their key; a key used twice is a fault."""
        table: dict[str, Item] = {}
        for record in self._open(file).records(allowed):
            name = record.text(key)
            if name and not _ID.fullmatch(name):
                record.fault(key, f"`{name}` must be small letters, digits and _")
            if name in table:
                record.fault(key, f"`{name}` is already used")
            table.setdefault(name, build(record))
        return table

    def _city(self) -> City:
        sheet = self._open("city.yaml")
        if sheet.root is None:
            return City({}, {}, {}, 0, "")
        record = Record(sheet, sheet.root, _CITY_KEYS)
        days = record.number("retention_days")
        if record.given("retention_days") is not None and not 1 <= days <= 3650:
            record.fault("retention_days", "`retention_days` must be from 1 to 3650")
        return City(
            name=record.translated("name"),
            account_name=record.translated("account_name"),
            operator=record.translated("operator"),
            retention_days=days,
            wording_version=record.text("wording_version"),
        )

    def _categories(self) -> dict[str, Category]:
        on_menu: list[str] = []

        def build(record: Record) -> Category:
            category = _category(record)
            on_menu.extend([category.code] if category.on_menu else [])
            if len(on_menu) > MENU_LIMIT and category.on_menu:
                record.fault("on_menu", f"more than {MENU_LIMIT} categories on the menu")
            return category

        return self._table("categories.yaml", "code", _CATEGORY_KEYS, build)

    def _with_examples(self, categories: dict[str, Category]) -> dict[str, Category]:
        """Add the example sentences, which live in a file of their own because they are many."""
        read = ExampleSheet(self._folder / "examples.jsonl", frozenset(categories))
        self._sheets.append(read)
        return {
            code: replace(category, examples=read.by_category.get(code, ()))
            for code, category in categories.items()
        }

    def _hotlines(self) -> dict[str, Hotline]:
        return self._table(
            "hotlines.yaml", "id", _HOTLINE_KEYS, lambda record: _hotline(record, self._today)
        )

    def _cards(self, hotlines: Mapping[str, Hotline]) -> dict[str, CrisisCard]:
        cards = self._table("cards.yaml", "kind", _CARD_KEYS, lambda r: _card(r, hotlines))
        for kind in (k for k in KINDS if cards and k not in cards):
            self._sheets[-1].fault(1, f"there is no card for `{kind}`")
        return cards

    def _places(self) -> dict[str, Place]:
        """Parts of the city; a pack may leave the file out."""
        if not (self._folder / "places.yaml").exists():
            return {}
        return self._table(
            "places.yaml",
            "code",
            _PLACE_KEYS,
            lambda record: Place(record.text("code"), record.texts("names")),
        )

    def _members(
        self, categories: Mapping[str, Category], places: Mapping[str, Place]
    ) -> dict[str, Member]:
        names: set[str] = set()

        def build(record: Record) -> Member:
            member = _member(record, categories, places, self._today)
            if member.name in names:
                record.fault("name", f"`{member.name}` is already in the list")
            names.add(member.name)
            return member

        return self._table("members.yaml", "id", _MEMBER_KEYS, build)


_CITY_KEYS = frozenset(City.__dataclass_fields__)
_CATEGORY_KEYS = frozenset(Category.__dataclass_fields__) - {"examples"}
_MEMBER_KEYS = frozenset(Member.__dataclass_fields__)
_PLACE_KEYS = frozenset(Place.__dataclass_fields__)
_HOTLINE_KEYS = frozenset(Hotline.__dataclass_fields__)
_CARD_KEYS = frozenset(CrisisCard.__dataclass_fields__)


def _category(record: Record) -> Category:
    return Category(
        code=record.text("code"),
        label=record.translated("label"),
        description=record.translated("description"),
        keywords=record.texts("keywords"),
        synonyms=record.texts("synonyms", required=False),
        on_menu=record.flag("on_menu", False),
    )


def _hotline(record: Record, today: date | None) -> Hotline:
    number = record.text("number", may_be_empty=True)
    if number and not _is_number(number):
        record.fault("number", f"`{number}` is not a telephone number like 0120-279-338 or #8891")
    return Hotline(
        id=record.text("id"),
        name=record.translated("name"),
        number=number,
        hours=record.translated("hours"),
        source=record.text("source"),
        verified_on=record.day("verified_on", today),
        enabled=record.flag("enabled", True),
    )


def _is_number(number: str) -> bool:
    if _SHORT_NUMBER.fullmatch(number):
        return True
    digits = number.replace("-", "")
    return _LONG_NUMBER.fullmatch(number) is not None and len(digits) in (10, 11)


def _card(record: Record, hotlines: Mapping[str, Hotline]) -> CrisisCard:
    kind, ids = record.text("kind"), record.texts("hotlines")
    if kind and kind not in KINDS:
        record.fault("kind", f"unknown kind `{kind}`; known: {', '.join(KINDS)}")
    for unknown in (i for i in ids if i not in hotlines):
        record.fault("hotlines", f"unknown hotline `{unknown}`")
    for silent in (i for i in ids if i in hotlines and not hotlines[i].number):
        record.fault("hotlines", f"hotline `{silent}` has no number to call")
    if len(ids) > CARD_LIMIT:
        record.fault("hotlines", f"a card has room for {CARD_LIMIT} numbers")
    if ids and not any(h in hotlines and hotlines[h].enabled for h in ids):
        record.fault("hotlines", "every number of this card is switched off")
    return CrisisCard(kind, ids)


def _member(
    record: Record,
    categories: Mapping[str, Category],
    places: Mapping[str, Place],
    today: date | None,
) -> Member:
    member = Member(
        id=record.text("id"),
        name=record.text("name"),
        categories=record.texts("categories"),
        core=record.flag("core", False),
        inferred=record.flag("inferred", True),
        description=record.translated("description", required=False),
        languages=record.texts("languages", required=False) or ("ja",),
        area=record.optional_text("area"),
        places=record.texts("places", required=False),
        hours=tuple(_slots(record)),
        closed_on=frozenset(record.days("closed_on")),
        fee=record.optional_text("fee"),
        hours_note=record.optional_text("hours_note"),
        phone=record.optional_text("phone"),
        url=record.optional_text("url"),
        verified_on=record.day("verified_on", today),
    )
    for unknown in (p for p in member.places if p not in places):
        record.fault("places", f"unknown place `{unknown}`")
    _check_member(record, member, categories)
    return member


def _slots(record: Record) -> Iterator[Slot]:
    for text in record.texts("hours", required=False):
        try:
            yield slot(text)
        except ValueError as fault:
            record.fault("hours", str(fault))


def _check_member(record: Record, member: Member, categories: Mapping[str, Category]) -> None:
    for unknown in (c for c in member.categories if c not in categories):
        record.fault("categories", f"unknown category `{unknown}`")
    if record.given("categories") is not None and not member.categories:
        record.fault("categories", "a member needs at least one category")
    for unknown in (c for c in member.languages if c not in LANGUAGES):
        record.fault("languages", f"unknown language `{unknown}`")
    if member.phone and not _is_number(member.phone):
        record.fault("phone", f"`{member.phone}` is not a telephone number like 096-000-0000")
    if member.url and not member.url.startswith(("https://", "http://")):
        record.fault("url", "`url` must begin with https://")
    if (member.phone or member.url) and record.given("verified_on") is None:
        record.fault("verified_on", "a contact needs the day its owner confirmed it: `verified_on`")
