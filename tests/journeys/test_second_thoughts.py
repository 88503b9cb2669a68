"""Declined, withdrawn, taken back, blocked, erased, an old button: nobody is left at a dead end."""

from __future__ import annotations

from tests.journeys.street import Desk, Phone, Street, until
from tests.journeys.test_to_a_person import MEMBER, WORRY, to_the_queue


def accepted(street: Street, phone: Phone) -> tuple[str, Desk]:
    desk = street.desk("staff", MEMBER)
    case_id = to_the_queue(street, phone)
    desk.see(f"/cases/{case_id}")
    desk.send(f"/cases/{case_id}/accept")
    phone.hears("相談を受けました")
    return case_id, desk


def status_of(street: Street, case_id: str) -> str:
    waiting = "SELECT count(*) FROM cases WHERE id = :id AND status = :status"
    known = ("waiting", "accepted", "declined", "withdrawn", "closed")
    return next(s for s in known if street.count(waiting, id=case_id, status=s))


def test_a_decline_offers_the_next_ways(street: Street, phone: Phone) -> None:
    desk = street.desk("staff", MEMBER)
    case_id = to_the_queue(street, phone)
    desk.see(f"/cases/{case_id}")
    desk.send(f"/cases/{case_id}/decline", reason="full", note="")
    said = phone.hears("番号を送ってください")
    assert "あなたのせいではありません" in said
    name = street.office.directory.members[MEMBER].name
    assert all(f"{n} {name}" not in said for n in "123")
    phone.says("1")
    phone.hears("この内容で伝えてもいいですか")


def test_a_withdrawal_ends_the_access_at_once(street: Street, phone: Phone) -> None:
    case_id, desk = accepted(street, phone)
    phone.says("きょうのことはアマリリスに似ています。")
    desk.sees(f"/cases/{case_id}", "アマリリス")
    phone.says("やめる")
    phone.hears("もうあなたの書いたことを読めません")
    page = desk.see(f"/cases/{case_id}")
    assert "アマリリス" not in page
    assert status_of(street, case_id) == "withdrawn"


def test_words_taken_back_vanish_everywhere(street: Street, phone: Phone) -> None:
    case_id, desk = accepted(street, phone)
    message_id = phone.says("アマリリスのことは忘れてください。")
    desk.sees(f"/cases/{case_id}", "アマリリス")
    phone.acts("unsend", message_id=message_id)
    until(
        lambda: "アマリリス" not in desk.see(f"/cases/{case_id}"),
        "the words to vanish",
    )
    kept = "SELECT count(*) FROM message WHERE line_message_id = :id AND words_sealed IS NOT NULL"
    assert street.count(kept, id=message_id) == 0


def test_taking_back_before_the_words_arrive_works_too(street: Street, phone: Phone) -> None:
    phone.acts("follow")
    phone.hears()
    street.sim.do("/settings", "PUT", hold=True)
    message_id = phone.says("アマリリスと書いてしまいました。")
    phone.acts("unsend", message_id=message_id)
    street.sim.do("/webhooks/release", order="reversed")
    person = street.person_of(phone)
    undone = "SELECT count(*) FROM inbound_event WHERE person_id = :id AND state <> 'done'"
    all_events = "SELECT count(*) FROM inbound_event WHERE person_id = :id"
    until(lambda: street.count(all_events, id=person) == 3, "three events")
    until(lambda: street.count(undone, id=person) == 0, "all events worked")
    kept = "SELECT count(*) FROM message WHERE line_message_id = :id AND words_sealed IS NOT NULL"
    assert street.count(kept, id=message_id) == 0


def test_a_block_is_shown_and_an_answer_is_refused(street: Street, phone: Phone) -> None:
    case_id, desk = accepted(street, phone)
    phone.acts("block")
    person = street.person_of(phone)
    blocked = "SELECT count(*) FROM person WHERE id = :id AND blocked_at IS NOT NULL"
    until(lambda: street.count(blocked, id=person), "the block")
    desk.see(f"/cases/{case_id}")
    desk.send(f"/cases/{case_id}/answer", words="聞こえますか。")
    assert desk.status == 422
    phone.acts("follow")
    phone.hears()
    assert street.count(blocked, id=person) == 0


def test_a_button_of_an_earlier_talk_does_nothing_and_says_so(street: Street, phone: Phone) -> None:
    phone.says(WORRY)
    phone.hears("番号を送ってください")
    cards = next(b for b in phone.account_bubbles() if b["type"] == "flex")
    phone.says("やめる")
    phone.hears("ここで終わりにします")
    phone.says(WORRY)
    phone.hears("番号を送ってください")
    phone.acts("tap", label="この団体に相談する", message_id=cards["id"], where="bubble")
    phone.hears("前の相談のボタンです")
    person = street.person_of(phone)
    cases = (
        "SELECT count(*) FROM cases JOIN conversation ON conversation.id = cases.conversation_id "
        "WHERE conversation.person_id = :id"
    )
    assert street.count(cases, id=person) == 0


def test_none_of_these_goes_to_the_tray(street: Street, phone: Phone) -> None:
    coordinator = street.desk("coordinator")
    phone.says(WORRY)
    phone.hears("番号を送ってください")
    phone.says("どれもちがう")
    phone.hears("いっしょに考えてもらえるよう頼みました")
    case_id = street.case_of(phone, "tray")
    coordinator.see("/board")
    assert case_id in coordinator.page


def test_deleting_makes_every_word_unreadable(street: Street, phone: Phone) -> None:
    case_id, desk = accepted(street, phone)
    phone.says("アマリリスのこと。")
    desk.sees(f"/cases/{case_id}", "アマリリス")
    phone.says("消して")
    phone.hears("書いたことを、ぜんぶ消しますか")
    phone.says("消す")
    phone.hears("消しました")
    person = street.person_of(phone)
    keys = (
        "SELECT count(*) FROM conversation WHERE person_id = :id AND id IN "
        "(SELECT conversation_id FROM cases WHERE id = :case) AND data_key_id IS NOT NULL"
    )
    assert street.count(keys, id=person, case=case_id) == 0
    assert "アマリリス" not in desk.see(f"/cases/{case_id}")


def test_do_not_contact_me_is_kept(street: Street, phone: Phone) -> None:
    phone.says(WORRY)
    phone.hears("番号を送ってください")
    phone.says("連絡しないで")
    phone.hears("こちらからは、もう送りません")
    kept = "SELECT count(*) FROM person WHERE id = :id AND no_contact_at IS NOT NULL"
    assert street.count(kept, id=street.person_of(phone)) == 1
