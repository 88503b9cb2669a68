"""The shipped pack: numbers digit by digit, members without invented contacts, cards in order."""

from __future__ import annotations

import pytest

from directory_data.load import KINDS, load_pack
from directory_data.model import Directory
from routing.judgement import UrgentKind

REVIEWED = {
    "police": ("110", True),
    "ambulance": ("119", True),
    "coast_guard": ("118", True),
    "text_police_ambulance": ("", True),
    "child_abuse_189": ("189", True),
    "yorisoi": ("0120-279-338", True),
    "inochi_sos": ("0120-061-338", False),
    "inochi_free": ("0120-783-556", True),
    "kumamoto_inochi": ("096-353-4343", True),
    "kokoro_dial": ("0570-064-556", True),
    "kumamoto_kokoro": ("096-366-1171", True),
    "psychiatric_emergency": ("096-385-9939", True),
    "childline": ("0120-99-7777", True),
    "kodomo_sos": ("0120-0-78310", True),
    "kumamoto_jiso": ("096-366-8181", True),
    "dv_plus": ("0120-279-889", True),
    "dv_navi": ("#8008", True),
    "one_stop": ("#8891", True),
    "police_sexual": ("#8103", False),
    "yuaside": ("096-386-5555", False),
    "crime_victims": ("096-386-1033", False),
    "police_consultation": ("#9110", True),
    "medical_adult": ("#7119", True),
    "medical_child": ("#8000", True),
}
"""The clinician's table: number, and whether it may be shown before the city confirms it."""

FIRST = {
    "suicide": "119",
    "violence": "110",
    "child_abuse": "189",
    "sexual_violence": "110",
    "medical": "119",
    "destitution": "0120-279-338",
    "any": "119",
}


@pytest.fixture(scope="module")
def kumamoto() -> Directory:
    return load_pack("kumamoto")


def test_every_digit_of_every_hotline(kumamoto: Directory) -> None:
    shipped = {h.id: (h.number, h.enabled) for h in kumamoto.hotlines.values()}
    assert shipped == REVIEWED


def test_hotlines_name_their_source_and_claim_no_confirmation(kumamoto: Directory) -> None:
    assert all(h.source for h in kumamoto.hotlines.values())
    assert all(h.verified_on is None for h in kumamoto.hotlines.values())


def test_the_two_free_lines_are_not_confused(kumamoto: Directory) -> None:
    assert "いのちの電話" in kumamoto.hotlines["inochi_free"].name["ja"]
    assert "よりそい" in kumamoto.hotlines["yorisoi"].name["ja"]


def test_tel_links_carry_the_same_digits(kumamoto: Directory) -> None:
    for hotline in kumamoto.hotlines.values():
        if hotline.number:
            assert hotline.tel.removeprefix("tel:").replace("%23", "#") == hotline.number.replace(
                "-", ""
            )
        else:
            assert hotline.tel == ""


@pytest.mark.parametrize("kind", KINDS)
def test_every_card_begins_with_who_can_act(kumamoto: Directory, kind: str) -> None:
    numbers = [h.number for h in kumamoto.card_numbers(kind)]
    assert numbers[0] == FIRST[kind]
    assert 2 <= len(numbers) <= 5
    assert all(kumamoto.card_numbers(kind)), "every row of a card can be called"


def test_an_unknown_danger_gets_the_general_card(kumamoto: Directory) -> None:
    assert kumamoto.card_numbers(None) == kumamoto.card_numbers("any")


def test_switched_off_numbers_never_reach_a_card(kumamoto: Directory) -> None:
    shown = {h.number for kind in KINDS for h in kumamoto.card_numbers(kind)}
    assert shown.isdisjoint(number for number, enabled in REVIEWED.values() if not enabled)


def test_the_loader_knows_every_kind_of_danger() -> None:
    assert set(KINDS) == {k.value for k in UrgentKind} | {"any"}


def test_no_member_has_an_invented_contact(kumamoto: Directory) -> None:
    assert len(kumamoto.members) == 34
    for member in kumamoto.members.values():
        assert (member.phone, member.url, member.area, member.hours_note) == (None,) * 4
        assert member.inferred
        assert member.verified_on is None


def test_the_four_core_members(kumamoto: Directory) -> None:
    core = [m.name for m in kumamoto.members.values() if m.core]
    assert len(core) == 4
    assert any("KVOAD" in name for name in core)


def test_every_worry_has_a_member_and_enough_example_sentences(kumamoto: Directory) -> None:
    for code, category in kumamoto.categories.items():
        assert len(category.examples) >= 12
        assert {"ja", "ja-easy", "en"} <= set(category.label)
        assert bool(kumamoto.members_for(code)) is (code != "none")


def test_the_greeting_menu_is_short_and_without_small_talk(kumamoto: Directory) -> None:
    menu = [c.code for c in kumamoto.categories.values() if c.on_menu]
    assert 6 <= len(menu) <= 10
    assert "none" not in menu
