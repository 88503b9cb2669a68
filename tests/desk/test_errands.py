"""Every ask of a turn has its errand, and words find the one case whose holder may read them."""

from __future__ import annotations

from typing import get_args

from bot.conversation import Ask
from desk.errands import _BY_KIND
from tests.letterbox import House

DANGER = "いま薬をたくさん飲みました"


def readers(house: House, name: str) -> set[str | None]:
    return {m.case_id for m in house.resident().messages() if m.line_message_id == name}


def test_no_ask_is_without_an_errand() -> None:
    assert set(_BY_KIND) == set(get_args(Ask))


def test_words_to_the_bot_alone_have_no_reader(house: House) -> None:
    house.resident().says("さみしくて だれかと話したいです", "M1")
    assert readers(house, "M1") == {None}


def test_words_of_danger_are_for_the_coordinating_body(house: House) -> None:
    resident = house.resident()
    resident.says(DANGER, "M1")
    (case,) = resident.cases("escalation")
    assert readers(house, "M1") == {case.id}


def test_what_the_tray_did_not_ask_for_stays_with_the_bot(house: House) -> None:
    resident = house.resident()
    resident.says("さみしくて だれかと話したいです", "M1")
    resident.says("どれもちがう", "M2")
    assert readers(house, "M1") == {None}


def test_after_the_withdrawal_nobody_reads_along(house: House) -> None:
    resident = house.resident()
    resident.agrees("夜ねむれなくて つらいです")
    resident.says("やめる")
    resident.says("まだ つらいです", "M3")
    assert readers(house, "M3") == {None}
