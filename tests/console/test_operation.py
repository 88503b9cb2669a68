"""The operator's page: what is stuck, with a button, and never a word."""

from __future__ import annotations

from collections.abc import Callable

from desk import handoff
from desk.accounts import Role, Staff
from desk.answer import answer
from desk.office import Office
from store.letterbox import InboundEvent, OutboxMessage
from tests.cases import WORRY, a_handoff, a_staff, hear, later
from tests.console.conftest import Browser
from tests.desk.test_set_aside import an_event

Enter = Callable[[Staff], Browser]


def test_nothing_stuck_is_told_as_well(office: Office, enter: Enter) -> None:
    page = enter(a_staff(office, Role.OPERATOR)).get("/operation").text
    assert "よけてあるものはありません" in page and "届かなかったものはありません" in page


def test_an_event_is_tried_again_by_its_button(office: Office, enter: Enter) -> None:
    client, seq = enter(a_staff(office, Role.OPERATOR)), an_event(office)
    page = client.get("/operation").text
    assert "event-set_aside" in page and "ValueError" in page
    assert client.send(f"/operation/events/{seq}/retry").location == "/operation"
    assert "列にもどしました" in client.get("/operation").text
    assert client.send(f"/operation/events/{seq}/retry").status_code == 404
    with office.database.reads() as session:
        assert session.get_one(InboundEvent, seq).state == "waiting"


def test_no_words_are_on_the_page(office: Office, enter: Enter) -> None:
    staff, case_id = a_staff(office), a_handoff(office)
    handoff.accept(office, staff, case_id, later(1))
    hear(office, case_id, "ひみつの言葉")
    answer(office, staff, case_id, "職員の言葉", "f", later(2))
    with office.database.sessions.begin() as session:
        for row in session.query(OutboxMessage):
            row.state, row.status, row.error = "failed", 400, "BadRequest"
    page = enter(a_staff(office, Role.OPERATOR)).get("/operation").text
    assert "BadRequest" in page and "400" in page
    for words in (WORRY, "ひみつの言葉", "職員の言葉"):
        assert words not in page
