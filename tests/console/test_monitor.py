"""The figures page: a chart with a table beside it, small counts hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from desk.accounts import Role, Staff
from desk.office import Office
from tests.cases import WORRY, a_handoff, a_staff, a_talk
from tests.console.conftest import Browser

Enter = Callable[[Staff], Browser]


@pytest.mark.parametrize("days", [7, 30, 90])
def test_every_period_has_a_row_and_a_bar_for_each_day(
    office: Office, enter: Enter, days: int
) -> None:
    page = enter(a_staff(office, Role.MONITOR)).get(f"/figures?days={days}").text
    by_day = page[page.index('id="by-day"') :]
    assert by_day.count('<th scope="row">') == days + 1
    assert page.count("<rect ") == days


def test_counts_from_five_are_shown_and_smaller_ones_are_not(office: Office, enter: Enter) -> None:
    now = datetime.now(UTC)
    for _ in range(7):
        a_talk(office, at=now)
    for _ in range(3):
        a_handoff(office, at=now, talk=a_talk(office, at=now, category="ibasho"))
    page = enter(a_staff(office, Role.MONITOR)).get("/figures?days=7").text
    assert "<dt>相談</dt><dd>10</dd>" in page
    assert '<dt>つなぎ</dt><dd><span class="few">5未満など</span></dd>' in page
    assert WORRY not in page


@pytest.mark.parametrize("days", ["8", "0", "365"])
def test_other_periods_do_not_exist(office: Office, enter: Enter, days: str) -> None:
    assert enter(a_staff(office, Role.MONITOR)).get(f"/figures?days={days}").status_code == 404
