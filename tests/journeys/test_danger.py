"""Words of danger: the card at once, a case on the board, a person who acknowledges."""

from __future__ import annotations

import pytest

from tests.journeys.street import Phone, Street
from tests.journeys.test_to_a_person import MEMBER, to_the_queue

NOW_WORDS = "薬をたくさん飲みました。もう死にます。"


def test_the_card_comes_first(street: Street, phone: Phone) -> None:
    phone.says(NOW_WORDS)
    said = phone.hears("いま、安全な場所にいますか")
    assert said.index("119") < said.index("いま、安全な場所にいますか")
    first = phone.account_bubbles()[0]
    assert first["type"] == "flex" and "tel:119" in str(first["message"])
    assert first["via"] == "reply"


def test_the_card_is_there_within_two_seconds(street: Street) -> None:
    """By the simulator's own clock; the middle of three, because the machine has other work too."""

    def seconds() -> float:
        phone = street.sim.phone()
        written = phone.acts("text", text=NOW_WORDS)["bubble"]["at"]
        phone.hears("119")
        return (phone.account_bubbles()[0]["at"] - written) / 1000

    assert sorted(seconds() for _ in range(3))[1] < 2


def test_the_board_shows_it_and_one_coordinator_acknowledges(street: Street, phone: Phone) -> None:
    coordinator = street.desk("coordinator")
    phone.says("鈴木さゆりです。090-0000-1234です。" + NOW_WORDS)
    phone.hears("119")
    case_id = street.case_of(phone, "escalation")
    board = coordinator.see("/board")
    assert case_id in coordinator.page
    assert "090-0000-1234" not in board and phone.id not in coordinator.page
    coordinator.send(f"/cases/{case_id}/accept")
    coordinator.see("/board")
    acknowledged = street.count(
        "SELECT count(*) FROM escalation WHERE case_id = :id AND acknowledged_by IS NOT NULL",
        id=case_id,
    )
    assert acknowledged == 1


def test_nobody_on_duty_is_said_honestly(street: Street, phone: Phone) -> None:
    assert street.count("SELECT count(*) FROM duty") == 0
    phone.says(NOW_WORDS)
    assert "見ている人はいません" in phone.hears("安全な場所")


@pytest.mark.parametrize("stage", ["queued", "talking"])
def test_danger_interrupts_whoever_holds_the_talk(street: Street, phone: Phone, stage: str) -> None:
    desk = street.desk("staff", MEMBER)
    case_id = to_the_queue(street, phone)
    if stage == "talking":
        desk.see(f"/cases/{case_id}")
        desk.send(f"/cases/{case_id}/accept")
        phone.hears("相談を受けました")
    phone.says(NOW_WORDS)
    assert "119" in phone.hears("119")
    assert street.case_of(phone, "escalation") != case_id


def test_the_button_for_help_works_at_any_time(street: Street, phone: Phone) -> None:
    phone.acts("follow")
    phone.hears("そのまま書いてください")
    phone.says("0")
    phone.hears("110")


def test_urgent_words_need_no_quota(street: Street, phone: Phone) -> None:
    street.sim.do("/quota", limit=0)
    try:
        phone.says(NOW_WORDS)
        phone.hears("119")
    finally:
        street.sim.do("/quota", limit=None)
