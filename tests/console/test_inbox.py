"""The inbox page and its refreshed part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from desk.accounts import Staff
from desk.office import Office
from routing.judgement import Level
from tests.cases import a_handoff, a_staff, case_of
from tests.console.conftest import Browser

Enter = Callable[[Staff], Browser]


def test_an_empty_inbox_is_kind(office: Office, enter: Enter) -> None:
    page = enter(a_staff(office)).get("/inbox").text
    assert "いま待っている人はいません" in page


def test_level_age_category_and_pseudonym_are_shown(office: Office, enter: Enter) -> None:
    at = datetime.now(UTC) - timedelta(minutes=12, seconds=5)
    case_id = a_handoff(office, level=Level.CONCERN, at=at)
    page = enter(a_staff(office)).get("/inbox").text
    for wanted in (case_of(office, case_id).pseudonym, "気がかり", "12分待っています", "話し相手"):
        assert wanted in page


def test_the_part_changes_only_when_something_changed(office: Office, enter: Enter) -> None:
    client = enter(a_staff(office))
    first = client.get("/inbox/partial")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/inbox/partial", headers=tag).status_code == 304
    a_handoff(office, at=datetime.now(UTC))
    changed = client.get("/inbox/partial", headers=tag)
    assert changed.status_code == 200 and 'data-count="1"' in changed.text


def test_the_refresh_of_a_lost_session_is_told_by_its_status(browser: Browser) -> None:
    assert browser.get("/inbox/partial").status_code == 401
