"""Sample data: alive enough to show, and impossible outside an empty demo database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desk import accounts, schema
from desk.accounts import NewAccount, Role
from desk.escalations import board
from desk.figures import figures
from desk.office import Office
from desk.queues import inbox
from desk.sample import CHILDREN, DATABASE_NAME, LISTENERS, Sample, SampleRefused, furnish
from store.accounts import StaffAccount
from store.engine import Database
from store.letterbox import InboundEvent, OutboxMessage
from tests.houses import make_office, make_settings

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def empty_office(path: Path) -> Office:
    settings = make_settings(f"sqlite:///{path}")
    office = make_office(settings, Database(settings.database_url))
    schema.upgrade(office.database, office.vault, office.directory, NOW)
    return office


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Sample]]:
    office = empty_office(tmp_path_factory.mktemp("sample") / DATABASE_NAME)
    yield office, furnish(office, NOW)
    office.database.close()


def staff(office: Office, sample: Sample, whose: str) -> accounts.Staff:
    (row,) = [a for a in sample.accounts if a.whose == whose]
    token = accounts.sign_in(office, row.email, row.password, NOW)
    found = accounts.whoami(office, token, NOW)
    assert found is not None
    return found


def test_everybody_can_sign_in(furnished: tuple[Office, Sample]) -> None:
    office, sample = furnished
    roles = [staff(office, sample, row.whose).role for row in sample.accounts]
    assert roles == [Role.STAFF, Role.STAFF, Role.COORDINATOR, Role.MONITOR, Role.OPERATOR]


def test_queues_hold_waiting_and_open_cases(furnished: tuple[Office, Sample]) -> None:
    office, sample = furnished
    listeners = inbox(office, staff(office, sample, LISTENERS), NOW)
    children = inbox(office, staff(office, sample, CHILDREN), NOW)
    assert (len(listeners.waiting), len(listeners.open)) == (3, 1)
    assert len(children.waiting) == 1
    assert listeners.ended and children.ended


def test_the_board_has_one_open_danger_and_one_in_the_tray(
    furnished: tuple[Office, Sample],
) -> None:
    office, sample = furnished
    seen = board(office, staff(office, sample, "coordinator"), NOW)
    assert (len(seen.waiting), len(seen.open), len(seen.tray)) == (1, 0, 1)


def test_the_monitor_has_a_month_to_look_at(furnished: tuple[Office, Sample]) -> None:
    office, _sample = furnished
    month = figures(office, 30, NOW)
    assert (month.total.counts["talks"] or 0) > 150
    assert sum(line.counts["talks"] is not None for line in month.by_day) >= 20


def test_nothing_is_left_to_do_or_to_send(furnished: tuple[Office, Sample]) -> None:
    office, _sample = furnished
    with office.database.reads() as session:
        events = select(func.count()).where(InboundEvent.state != "done")
        sends = select(func.count()).where(OutboxMessage.state != "sent")
        assert session.scalar(events) == session.scalar(sends) == 0


def test_a_second_time_is_refused(furnished: tuple[Office, Sample]) -> None:
    with pytest.raises(SampleRefused, match="empty"):
        furnish(furnished[0], NOW)


def test_a_database_with_an_account_is_refused(tmp_path: Path) -> None:
    office = empty_office(tmp_path / DATABASE_NAME)
    real = NewAccount("someone@city.example", "monitor", "correct horse battery")
    accounts.add_account(office.database, real, NOW)
    with pytest.raises(SampleRefused, match="empty"):
        furnish(office, NOW)
    office.database.close()


@pytest.mark.parametrize("url", ["sqlite:///genkan.db", "postgresql+psycopg://city/demo.db"])
def test_any_other_database_is_refused(tmp_path: Path, url: str) -> None:
    office = empty_office(tmp_path / DATABASE_NAME)
    elsewhere = replace(office, settings=make_settings(url))
    with pytest.raises(SampleRefused, match=r"demo\.db"):
        furnish(elsewhere, NOW)
    with office.database.reads() as session:
        assert session.scalar(select(func.count()).select_from(StaffAccount)) == 0
    office.database.close()
