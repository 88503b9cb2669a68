"""The address book page: every member, nothing invented."""

from __future__ import annotations

from collections.abc import Callable

from desk.accounts import Role, Staff
from desk.office import Office
from tests.cases import a_staff
from tests.console.conftest import Browser


def test_every_member_stands_under_its_worries(
    office: Office, enter: Callable[[Staff], Browser]
) -> None:
    page = enter(a_staff(office, Role.EDITOR)).get("/members").text
    for member in office.directory.members.values():
        assert page.count(member.name) >= len(member.categories)
    assert "確認中" in page
