"""From a worry to a person and back: the walk everything else is there for."""

from __future__ import annotations

from tests.journeys.street import Phone, Street

MEMBER = "org03"
WORRY = "夜がさびしくて、話を聞いてほしいです。だれも話し相手がいません。"


def to_the_queue(street: Street, phone: Phone, member_id: str = MEMBER) -> str:
    """Write a worry, page to that member, agree; returns the case id."""
    name = street.office.directory.members[member_id].name
    phone.says(WORRY)
    said = phone.hears("番号を送ってください")
    for _page in range(8):
        if name in said:
            break
        phone.says("4")
        said = phone.hears()
    number = next(n for n in "123" if f"{n} {name}" in said)
    phone.says(number)
    phone.hears("この内容で伝えてもいいですか")
    phone.says("はい")
    phone.hears("に伝えました")
    return street.case_of(phone, "handoff")


def test_a_worry_reaches_a_person_and_is_answered(street: Street, phone: Phone) -> None:
    desk = street.desk("staff", MEMBER)
    phone.acts("follow")
    greeting = phone.hears("そのまま書いてください")
    assert "既読" in greeting and "110" in greeting

    case_id = to_the_queue(street, phone)
    page = desk.sees(f"/cases/{case_id}", "話し相手がいません")
    assert phone.id not in desk.page and "住民" not in page

    desk.send(f"/cases/{case_id}/accept")
    phone.hears("相談を受けました")
    desk.see(f"/cases/{case_id}")
    desk.send(f"/cases/{case_id}/answer", words="こんばんは。読みました。今夜はどんな夜でしたか。")
    said = phone.hears("今夜はどんな夜でしたか")
    assert "今夜" in said
    assert phone.account_bubbles()[-1]["sender"]

    phone.says("返事をもらえてほっとしました。")
    desk.sees(f"/cases/{case_id}", "ほっとしました")
    phone.hears_nothing()

    desk.see(f"/cases/{case_id}")
    desk.send(f"/cases/{case_id}/close", outcome="connected")
    phone.hears("役に立ちましたか")
    phone.says("1")
    phone.hears("教えてくれて、ありがとうございます")


def test_nothing_reaches_a_member_before_the_yes(street: Street, phone: Phone) -> None:
    desk = street.desk("staff", MEMBER)
    before = desk.see("/inbox")
    phone.says("話を聞いてほしい。ひみつの言葉はアマリリスです。")
    phone.hears("番号を送ってください")
    phone.says("1")
    phone.hears("この内容で伝えてもいいですか")
    assert street.count("SELECT count(*) FROM consent") == street.count(
        "SELECT count(*) FROM cases WHERE purpose = 'handoff'"
    )
    assert desk.see("/inbox").count("さん") == before.count("さん")


def test_an_item_that_is_switched_off_stays_with_the_resident(street: Street, phone: Phone) -> None:
    desk = street.desk("staff", MEMBER)
    name = street.office.directory.members[MEMBER].name
    phone.says("だれも話し相手がいません。アマリリスの花が枯れました。")
    said = phone.hears("番号を送ってください")
    while name not in said:
        phone.says("4")
        said = phone.hears()
    phone.says(next(n for n in "123" if f"{n} {name}" in said))
    phone.hears("この内容で伝えてもいいですか")
    phone.says("書いた言葉を伝えない")
    phone.hears("伝えない　書いた言葉")
    phone.says("はい")
    phone.hears("に伝えました")
    page = desk.see(f"/cases/{street.case_of(phone, 'handoff')}")
    assert desk.status == 200 and "アマリリス" not in page


def test_staff_of_another_member_see_nothing(street: Street, phone: Phone) -> None:
    case_id = to_the_queue(street, phone)
    stranger = street.desk("staff", "org10")
    stranger.see(f"/cases/{case_id}")
    assert stranger.status == 404
    coordinator = street.desk("coordinator")
    coordinator.see(f"/cases/{case_id}")
    assert coordinator.status == 404


def test_of_two_people_who_accept_at_once_one_wins(street: Street, phone: Phone) -> None:
    first, second = street.desk("staff", MEMBER), street.desk("staff", MEMBER)
    case_id = to_the_queue(street, phone)
    for desk in (first, second):
        desk.see(f"/cases/{case_id}")
    first.send(f"/cases/{case_id}/accept")
    told = second.send(f"/cases/{case_id}/accept")
    assert second.status == 409 and "見本 staff" in told
    phone.hears("相談を受けました")
    phone.hears_nothing()


def test_the_same_answer_sent_twice_arrives_once(street: Street, phone: Phone) -> None:
    desk = street.desk("staff", MEMBER)
    case_id = to_the_queue(street, phone)
    desk.see(f"/cases/{case_id}")
    desk.send(f"/cases/{case_id}/accept")
    phone.hears("相談を受けました")
    desk.see(f"/cases/{case_id}")
    form = {"words": "ここにいます。", "form": "same-form"}
    desk.send(f"/cases/{case_id}/answer", **form)
    desk.see(f"/cases/{case_id}")
    desk.send(f"/cases/{case_id}/answer", **form)
    phone.hears("ここにいます")
    phone.hears_nothing()
