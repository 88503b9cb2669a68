"""What screens reach for: one clock per request, parts that know when they have not changed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from console.door import now, office
from desk.accounts import Staff
from desk.office import Office
from tests.cases import a_staff
from tests.console.conftest import Browser


def test_the_clock_stands_still_within_a_request(app: Flask) -> None:
    with app.test_request_context():
        first = now()
        assert now() is first
        assert first.tzinfo is not None


def test_two_apps_keep_their_offices_apart(app: Flask) -> None:
    with app.test_request_context():
        assert office() is app.extensions["genkan.office"]


def test_a_part_carries_a_tag(office: Office, enter: Callable[[Staff], Browser]) -> None:
    part = enter(a_staff(office)).get("/inbox/partial")
    assert part.headers["ETag"].strip('"')
    assert "<html" not in part.text
