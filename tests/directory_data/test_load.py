"""The strict loader: every fault of a pack, with the file and line an editor must open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from directory_data.faults import PackFaults
from directory_data.load import load_pack

SOUND = {
    "city.yaml": (
        "name: {ja: 見本市}\n"
        "account_name: {ja: 見本の玄関}\n"
        "operator: {ja: 見本市 福祉課}\n"
        "retention_days: 90\n"
        "wording_version: draft\n"
    ),
    "categories.yaml": (
        "- code: food\n"
        "  label: {ja: 食べもの}\n"
        "  description: {ja: 食べものに困っている}\n"
        "  keywords: [お米]\n"
        "  on_menu: true\n"
    ),
    "examples.jsonl": '{"text": "お米がない", "lang": "ja", "categories": ["food"]}\n',
    "members.yaml": (
        "- id: m1\n"
        "  name: みほんの会\n"
        "  categories: [food]\n"
        "  verified_on: 2026-04-01\n"
        "  phone: 096-000-0000\n"
    ),
    "hotlines.yaml": (
        "- id: police\n"
        "  name: {ja: 警察}\n"
        '  number: "110"\n'
        "  hours: {ja: 24時間}\n"
        "  source: 見本\n"
        "  verified_on: null\n"
    ),
    "cards.yaml": "".join(
        f"- kind: {kind}\n  hotlines: [police]\n"
        for kind in (
            "suicide",
            "violence",
            "child_abuse",
            "sexual_violence",
            "medical",
            "destitution",
            "any",
        )
    ),
}


def file_of(name: str) -> str:
    return "examples.jsonl" if name == "examples" else f"{name}.yaml"


def write_pack(folder: Path, **changed: str | bytes | None) -> Path:
    """A sound pack with some files replaced (None: left out); names without their ending."""
    for name, content in {**SOUND, **{file_of(k): v for k, v in changed.items()}}.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        elif content is not None:
            (folder / name).write_text(content, encoding="utf-8")
    return folder


def faults_of(folder: Path, today: date | None = date(2026, 11, 23)) -> list[tuple[str, int, str]]:
    with pytest.raises(PackFaults) as caught:
        load_pack(folder, today)
    return [(Path(f.file).name, f.line, f.message) for f in caught.value.faults]


def test_a_sound_pack_loads(tmp_path: Path) -> None:
    directory = load_pack(write_pack(tmp_path), date(2026, 11, 23))
    assert directory.city.retention_days == 90
    assert directory.categories["food"].examples == ("お米がない",)
    assert directory.members["m1"].verified_on == date(2026, 4, 1)
    assert directory.members["m1"].inferred
    assert [h.number for h in directory.card_numbers("medical")] == ["110"]


def swapped(file: str, old: str, new: str) -> dict[str, str]:
    assert old in SOUND[f"{file}.yaml"]
    return {file: SOUND[f"{file}.yaml"].replace(old, new, 1)}


MEMBER = SOUND["members.yaml"]
HOTLINE = SOUND["hotlines.yaml"]

FAULTS = [
    (swapped("members", "  name:", "  nmae:"), 2, "unknown key `nmae`"),
    (swapped("members", "  name:", "  nmae:"), 1, "`name` is missing"),
    (swapped("members", "[food]", "[food, sleep]"), 3, "unknown category `sleep`"),
    (swapped("members", "[food]", "[food, food]"), 3, "stands twice"),
    (swapped("members", "[food]", "[]"), 3, "at least one category"),
    (swapped("members", "[food]", "food"), 3, "expected a list, found text"),
    ({"members": MEMBER + MEMBER.replace("みほん", "べつ")}, 6, "`m1` is already used"),
    ({"members": MEMBER + MEMBER.replace("m1", "m2")}, 7, "`みほんの会` is already in the list"),
    ({"members": MEMBER + "  name: ふたつめ\n"}, 6, "`name` is written twice"),
    (swapped("members", "2026-04-01", "2026-04-31"), 4, "must be a date"),
    (swapped("members", "2026-04-01", "2026-12-01"), 4, "lies in the future"),
    (swapped("members", "  verified_on: 2026-04-01\n", ""), 1, "the day its owner confirmed it"),
    (swapped("members", "2026-04-01", "null"), 4, "the day its owner confirmed it"),
    (swapped("members", "096-000-0000", "0960000000"), 5, "is not a telephone number"),
    (swapped("members", "096-000-0000", "110"), 5, "found a number"),
    (swapped("members", "096-000-0000", "096-000-000"), 5, "is not a telephone number"),
    ({"members": MEMBER + "  url: example.org\n"}, 6, "must begin with https://"),
    ({"members": MEMBER + "  languages: [ja, xx]\n"}, 6, "unknown language `xx`"),
    ({"members": MEMBER + "  core: maybe\n"}, 6, "must be true or false"),
    ({"members": MEMBER + "  description: {en: Food}\n"}, 6, "`description` has no `ja`"),
    (swapped("members", "id: m1", "id: M-1"), 1, "must be small letters"),
    (swapped("members", "みほんの会", '""'), 2, "`name` is empty"),
    (swapped("members", "みほんの会", '"みほんの会 "'), 2, "begins or ends with a space"),
    ({"members": "- just text\n"}, 1, "expected a mapping, found text"),
    ({"members": "id: m1\n"}, 1, "expected a list, found a mapping"),
    (swapped("hotlines", '"110"', "110"), 3, "must be text (in quotes if need be)"),
    (swapped("hotlines", '"110"', '"11O"'), 3, "is not a telephone number"),
    (swapped("hotlines", '"110"', '"０１１０"'), 3, "is not a telephone number"),
    (swapped("hotlines", '"110"', '"0120-279-33"'), 3, "is not a telephone number"),
    ({"hotlines": HOTLINE + "  enabled: no thanks\n"}, 7, "must be true or false"),
    (swapped("hotlines", "  source: 見本\n", ""), 1, "`source` is missing"),
    (swapped("hotlines", "{ja: 警察}", "{en: Police}"), 2, "`name` has no `ja`"),
    (swapped("hotlines", "{ja: 警察}", "{ja: 警察, tlh: x}"), 2, "unknown language `tlh`"),
    (swapped("cards", "[police]", "[police, fire]"), 2, "unknown hotline `fire`"),
    (swapped("cards", "kind: suicide", "kind: sadness"), 1, "unknown kind `sadness`"),
    (swapped("cards", "kind: suicide", "kind: sadness"), 1, "there is no card for `suicide`"),
    (swapped("categories", "on_menu: true", "on_menu: 1"), 5, "must be true or false"),
    (swapped("categories", "[お米]", "[お米, '']"), 4, "an entry of `keywords` is empty"),
    (swapped("city", "90", "0"), 4, "from 1 to 3650"),
    (swapped("city", "90", "soon"), 4, "must be a whole number"),
    (swapped("city", "draft", "null"), 5, "`wording_version` is empty"),
    ({"city": "- a list\n"}, 1, "expected a mapping"),
    (swapped("members", "  verified_on", "  hours: [mon 9-17]\n  verified_on"), 4, "is not like"),
    (swapped("members", "  verified_on", "  places: [moon]\n  verified_on"), 4, "unknown place"),
    (
        swapped("members", "  verified_on", "  closed_on: [soon]\n  verified_on"),
        4,
        "must be a date",
    ),
    ({"places": "- code: a\n  names: []\n  size: 3\n"}, 3, "unknown key `size`"),
]


@pytest.mark.parametrize(("changed", "line", "message"), FAULTS)
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, changed: dict[str, str], line: int, message: str
) -> None:
    faults = faults_of(write_pack(tmp_path, **changed))
    file = file_of(next(iter(changed)))
    assert [f for f in faults if f[0] == file and f[1] == line and message in f[2]], faults


BROKEN = [
    ({"members": None}, 1, "is missing or cannot be read"),
    ({"members": ""}, 1, "the file is empty"),
    ({"members": b"- id: m1\n  name: \x83\x65\n"}, 2, "not UTF-8"),
    ({"members": "- id: m1\n\tname: x\n"}, 2, "not readable as YAML"),
    ({"members": "- id: m1\n  name: [x\n"}, 3, "not readable as YAML"),
    ({"members": "- id: m1\n  name: a\x07b\n"}, 2, "control character U+0007"),
    ({"members": "[" * 5000}, 1, "not readable as YAML"),
]


@pytest.mark.parametrize(("changed", "line", "message"), BROKEN)
def test_a_broken_file_is_a_fault_and_no_crash(
    tmp_path: Path, changed: dict[str, str | bytes | None], line: int, message: str
) -> None:
    faults = faults_of(write_pack(tmp_path, **changed))
    named = [f for f in faults if f[0] == "members.yaml"]
    assert named
    assert message in named[0][2]
    assert named[0][1] == line or message == "not readable as YAML"


def test_all_faults_come_at_once_and_in_order(tmp_path: Path) -> None:
    changed = swapped("members", "[food]", "[sleep]") | swapped("city", "90", "0")
    found = faults_of(write_pack(tmp_path, **changed, hotlines="- id: police\n"))
    assert {f[0] for f in found} >= {"city.yaml", "members.yaml", "hotlines.yaml"}
    assert found == sorted(found)


def test_a_fault_reads_like_a_compiler_message(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, **swapped("members", "[food]", "[sleep]"))
    with pytest.raises(PackFaults) as caught:
        load_pack(folder)
    assert str(caught.value) == f"{folder / 'members.yaml'}:3: unknown category `sleep`"


def test_a_hotline_that_is_off_or_numberless_cannot_carry_a_card(tmp_path: Path) -> None:
    off = faults_of(write_pack(tmp_path, hotlines=HOTLINE + "  enabled: false\n"))
    assert all("every number of this card is switched off" in f[2] for f in off)
    numberless = HOTLINE.replace('"110"', '""')
    assert any(
        "no number to call" in f[2] for f in faults_of(write_pack(tmp_path, hotlines=numberless))
    )


def test_more_than_ten_on_the_menu_is_refused(tmp_path: Path) -> None:
    one = SOUND["categories.yaml"]
    many = one + "".join(one.replace("food", f"c{i}") for i in range(10))
    faults = faults_of(write_pack(tmp_path, categories=many))
    assert faults == [("categories.yaml", 55, "more than 10 categories on the menu")]


def test_hours_places_and_days_off_are_read(tmp_path: Path) -> None:
    told = "  hours: [mon-fri 09:00-17:00]\n  places: [east]\n  closed_on: [2026-12-31]\n"
    members = SOUND["members.yaml"] + told
    places = "- code: east\n  names: [東]\n"
    directory = load_pack(write_pack(tmp_path, members=members, places=places))
    member = directory.members["m1"]
    assert member.hours[0].days == frozenset(range(5))
    assert member.places == ("east",)
    assert member.closed_on == {date(2026, 12, 31)}
    assert directory.places["east"].names == ("東",)


def test_without_today_a_future_date_passes(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, **swapped("members", "2026-04-01", "2999-04-01"))
    assert load_pack(folder).members["m1"].verified_on == date(2999, 4, 1)


@pytest.mark.parametrize("name", ["nowhere", "../no/such/etc", "/nonexistent/pack"])
def test_an_unknown_pack_is_a_fault(name: str) -> None:
    with pytest.raises(PackFaults, match="there is no such pack"):
        load_pack(name)
