"""The first page of each role, and the language of the browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desk.accounts import Role, Staff
from desk.office import Office
from tests.cases import a_staff
from tests.console.conftest import Browser

Enter = Callable[[Staff], Browser]


@pytest.mark.parametrize("role", list(Role))
def test_everybody_begins_at_a_page_they_may_open(office: Office, enter: Enter, role: Role) -> None:
    answer = enter(a_staff(office, role)).get("/", follow_redirects=True)
    assert answer.status_code == 200
    assert '<html lang="ja">' in answer.text


def test_the_language_stays_chosen(office: Office, enter: Enter) -> None:
    client = enter(a_staff(office))
    answer = client.send("/language", language="en", next="/inbox")
    assert answer.location == "/inbox"
    page = client.get("/inbox").text
    assert '<html lang="en">' in page and "Nobody is waiting right now" in page
    client.send("/language", language="xx", next="//evil.example")
    assert '<html lang="en">' in client.get("/inbox").text
