"""One case through its page: taking, answering, passing on, closing, and every way it can fail."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from desk import handoff
from desk.accounts import Role, Staff
from desk.handoff import Outcome
from desk.office import Office
from store.accounts import Audit
from store.people import Person
from store.talks import Message
from tests.cases import WORRY, a_handoff, a_staff, a_tray_case, an_escalation, case_of, hear, later
from tests.console.conftest import Browser

Enter = Callable[[Staff], Browser]


@pytest.fixture
def staff(office: Office) -> Staff:
    return a_staff(office)


@pytest.fixture
def client(enter: Enter, staff: Staff) -> Browser:
    return enter(staff)


def answers(office: Office) -> int:
    with office.database.reads() as session:
        count = select(func.count()).select_from(Message).where(Message.author == "staff")
        return session.scalar(count) or 0


def test_a_waiting_case_shows_what_was_agreed_and_offers_to_take_it(
    office: Office, client: Browser
) -> None:
    case_id = a_handoff(office)
    page = client.get(f"/cases/{case_id}").text
    assert WORRY in page
    assert "この相談を受ける" in page and "見送る" in page
    assert 'name="words"' not in page
    with office.database.reads() as session:
        assert session.scalars(select(Audit.action)).all() == ["case_viewed"]


def test_accept_answer_close(office: Office, client: Browser) -> None:
    case_id = a_handoff(office)
    page = f"/cases/{case_id}"
    assert client.send(f"{page}/accept").location == page
    assert client.send(f"{page}/answer", words="こんばんは", form="f").location == f"{page}?sent=1"
    shown = client.get(page).text
    assert "こんばんは" in shown and "送信待ち" in shown
    assert client.send(f"{page}/close", outcome="connected").location == "/"
    ended = client.get(page).text
    assert "この相談は終わりました" in ended
    assert "こんばんは" not in ended and WORRY not in ended
    assert case_of(office, case_id).outcome == "connected"


def test_the_loser_is_told_who_was_first(office: Office, client: Browser) -> None:
    case_id = a_handoff(office)
    handoff.accept(office, a_staff(office, name="山田"), case_id, later(1))
    answer = client.send(f"/cases/{case_id}/accept")
    assert answer.status_code == 409
    assert "山田さんが、先に受けています" in answer.text


def test_the_same_form_sent_twice_is_one_answer(office: Office, client: Browser) -> None:
    case_id = a_handoff(office)
    client.send(f"/cases/{case_id}/accept")
    form = re.search(r'name="form" value="([^"]+)"', client.get(f"/cases/{case_id}").text)
    assert form
    for _ in range(2):
        client.send(f"/cases/{case_id}/answer", words="一度だけ", form=form[1])
    assert answers(office) == 1


@pytest.mark.parametrize(
    ("words", "fault"),
    [("  ", "言葉を書いてから"), ("長" * 2001, "2000文字までにしてください（いま2001文字）")],
)
def test_a_refused_answer_keeps_its_words(
    office: Office, client: Browser, words: str, fault: str
) -> None:
    case_id = a_handoff(office)
    client.send(f"/cases/{case_id}/accept")
    answer = client.send(f"/cases/{case_id}/answer", words=words, form="f")
    assert answer.status_code == 422
    assert fault in answer.text and 'aria-invalid="true"' in answer.text
    assert words.strip() in answer.text
    assert answers(office) == 0


def test_a_blocked_resident_is_shown_and_words_are_kept(office: Office, client: Browser) -> None:
    case_id = a_handoff(office)
    client.send(f"/cases/{case_id}/accept")
    with office.database.sessions.begin() as session:
        session.scalars(select(Person)).one().blocked_at = later(2)
    assert "ブロックしています" in client.get(f"/cases/{case_id}").text
    answer = client.send(f"/cases/{case_id}/answer", words="届かない言葉", form="f")
    assert answer.status_code == 422 and "届かない言葉" in answer.text


def test_words_for_a_case_that_ended_meanwhile_are_handed_back(
    office: Office, staff: Staff, client: Browser
) -> None:
    case_id = a_handoff(office)
    handoff.accept(office, staff, case_id, later(1))
    handoff.close(office, staff, case_id, Outcome.SOLVED, later(2))
    answer = client.send(f"/cases/{case_id}/answer", words="間に合わなかった", form="f")
    assert answer.status_code == 409
    assert "この相談は終わりました" in answer.text and "間に合わなかった" in answer.text


def test_passing_on_needs_a_reason(office: Office, client: Browser) -> None:
    case_id = a_handoff(office)
    answer = client.send(f"/cases/{case_id}/decline", note="今週は人が足りません")
    assert answer.status_code == 422
    assert "理由をひとつ" in answer.text and "今週は人が足りません" in answer.text
    long = client.send(f"/cases/{case_id}/decline", reason="full", note="長" * 151)
    assert long.status_code == 422 and "150文字まで" in long.text
    assert client.send(f"/cases/{case_id}/decline", reason="full").location == "/"
    assert case_of(office, case_id).status == "declined"


def test_closing_needs_an_outcome(office: Office, client: Browser) -> None:
    case_id = a_handoff(office)
    client.send(f"/cases/{case_id}/accept")
    answer = client.send(f"/cases/{case_id}/close", outcome="whatever")
    assert answer.status_code == 422 and "どうなったかを" in answer.text


def test_words_of_the_resident_are_never_markup(office: Office, client: Browser) -> None:
    case_id = a_handoff(office)
    hear(office, case_id, "<script>alert(1)</script>\nつぎの行")
    page = client.get(f"/cases/{case_id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>つぎの行" in page


def test_an_unsent_message_says_so(office: Office, client: Browser) -> None:
    case_id = a_handoff(office)
    message_id = hear(office, case_id, "まちがえた")
    with office.database.sessions.begin() as session:
        message = session.get_one(Message, message_id)
        message.words_sealed, message.unsent_at = None, later(1)
    assert "送信取消されました" in client.get(f"/cases/{case_id}").text


def test_the_part_is_what_the_page_shows_and_answers_304(office: Office, client: Browser) -> None:
    case_id = a_handoff(office)
    hear(office, case_id, "はじめの言葉")
    part = client.get(f"/cases/{case_id}/partial")
    assert part.text.strip() in client.get(f"/cases/{case_id}").text
    tag = {"If-None-Match": part.headers["ETag"]}
    assert client.get(f"/cases/{case_id}/partial", headers=tag).status_code == 304
    hear(office, case_id, "つぎの言葉")
    assert client.get(f"/cases/{case_id}/partial", headers=tag).status_code == 200


@pytest.mark.parametrize("make", [an_escalation, a_tray_case])
def test_a_coordinator_takes_answers_and_closes(
    office: Office, enter: Enter, make: Callable[[Office], str]
) -> None:
    client, case_id = enter(a_staff(office, Role.COORDINATOR)), make(office)
    page = f"/cases/{case_id}"
    assert "わたしが引き受ける" in client.get(page).text
    assert "見送る" not in client.get(page).text
    client.send(f"{page}/accept")
    client.send(f"{page}/answer", words="読みました", form="f")
    assert "調整機関の名前で" in client.get(page).text
    client.send(f"{page}/close", outcome="continues")
    assert case_of(office, case_id).status == "closed"


def test_no_line_identity_is_on_the_page(office: Office, client: Browser) -> None:
    case_id = a_handoff(office)
    with office.database.reads() as session:
        person = session.scalars(select(Person)).one()
    page = client.get(f"/cases/{case_id}").text
    assert person.line_hash not in page and person.id not in page
    assert case_of(office, case_id).pseudonym in page
