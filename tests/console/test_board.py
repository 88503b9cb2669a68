"""The board page: loud when nobody watches, honest about time, duty by a form."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from desk.accounts import Role, Staff
from desk.office import Office
from routing.judgement import Level
from tests.cases import a_staff, an_escalation
from tests.console.conftest import Browser

Enter = Callable[[Staff], Browser]


@pytest.fixture
def client(office: Office, enter: Enter) -> Browser:
    return enter(a_staff(office, Role.COORDINATOR, name="中川"))


def ago(minutes: float) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


def test_nobody_on_duty_is_said_loudly_until_somebody_is(client: Browser) -> None:
    page = client.get("/board").text
    assert "いま、当番がいません" in page
    until = re.search(r'<option value="([^"]+)"', page)
    assert until
    assert client.send("/board/duty", seen="/board", until=until[1]).location == "/board"
    page = client.get("/board").text
    assert "当番がいません" not in page and "中川さん（" in page
    client.send("/board/duty/end", seen="/board")
    assert "いま、当番がいません" in client.get("/board").text


@pytest.mark.parametrize("until", ["", "tomorrow", "2020-01-01T00:00:00+00:00"])
def test_a_senseless_end_of_duty_is_told_kindly(client: Browser, until: str) -> None:
    client.send("/board/duty", seen="/board", until=until)
    assert "もう一度選んでください" in client.get("/board").text


def test_time_left_and_time_over_are_told_in_words(office: Office, client: Browser) -> None:
    an_escalation(office, level=Level.URGENT, at=ago(26.5))
    an_escalation(office, level=Level.EMERGENCY, at=ago(17.5))
    page = client.get("/board/partial").text
    assert "あと4分" in page and "12分すぎています" in page
    assert page.index("12分すぎています") < page.index("あと4分")


def test_acknowledging_from_the_board_names_the_person(office: Office, client: Browser) -> None:
    case_id = an_escalation(office, at=ago(1))
    client.send(f"/cases/{case_id}/accept", seen="/board")
    assert "確認：中川" in client.get("/board").text


def test_the_part_is_steady_although_its_tokens_are_not(office: Office, client: Browser) -> None:
    an_escalation(office, at=ago(1.5))
    first = client.get("/board/partial")
    again = client.get("/board/partial", headers={"If-None-Match": first.headers["ETag"]})
    assert 'name="csrf_token"' in first.text
    assert again.status_code == 304
