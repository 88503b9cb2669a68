"""Signing in and out through the form."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from desk.accounts import NewAccount, add_account
from desk.office import Office
from tests.cases import MEMBER, PASSWORD
from tests.console.conftest import Browser

EMAIL = "kimura@example.org"


@pytest.fixture(autouse=True)
def account(office: Office) -> str:
    new = NewAccount(EMAIL, "staff", PASSWORD, MEMBER, "木村")
    return add_account(office.database, new, datetime.now(UTC))


def sign_in(browser: Browser, **fields: str) -> object:
    given = {"email": EMAIL, "password": PASSWORD} | fields
    return browser.send("/sign-in", seen="/sign-in", **given)


def test_signing_in_leads_to_where_one_wanted_to_go(browser: Browser) -> None:
    wanted = browser.get("/members?x=1")
    assert wanted.location == "/sign-in?next=/members?x%3D1"
    answer = sign_in(browser, next="/members?x=1")
    assert answer.location == "/members?x=1"  # type: ignore[attr-defined]
    assert "木村" in browser.get("/inbox").text


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_nobody_is_led_elsewhere(browser: Browser, elsewhere: str) -> None:
    assert sign_in(browser, next=elsewhere).location == "/"  # type: ignore[attr-defined]


def test_unknown_address_and_wrong_password_look_alike(app: Flask) -> None:
    pages = []
    for fields in ({"password": "wrong"}, {"email": "nobody@example.org"}):
        answer = sign_in(app.test_client(), **fields)  # type: ignore[arg-type]
        assert answer.status_code == 401  # type: ignore[attr-defined]
        pages.append("合いませんでした" in answer.text)  # type: ignore[attr-defined]
    assert pages == [True, True]


def test_the_address_stays_and_the_password_goes(browser: Browser) -> None:
    page = sign_in(browser, password="not-this-one").text  # type: ignore[attr-defined]
    assert f'value="{EMAIL}"' in page
    assert "not-this-one" not in page


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
def test_after_ten_failures_the_pause_is_told_kindly(browser: Browser, email: str) -> None:
    for _ in range(10):
        sign_in(browser, email=email, password="wrong")
    answer = sign_in(browser, email=email)
    assert answer.status_code == 429  # type: ignore[attr-defined]
    assert "お休みしています" in answer.text  # type: ignore[attr-defined]


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: Browser) -> None:
    cookie = sign_in(browser).headers["Set-Cookie"]  # type: ignore[attr-defined]
    assert cookie.startswith("genkan=")
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert "Secure" not in cookie, "the test address is http"


def test_a_token_fixed_beforehand_is_worth_nothing(browser: Browser) -> None:
    with browser.session_transaction() as kept:
        kept["token"], kept["planted"] = "planted", "yes"
    sign_in(browser)
    with browser.session_transaction() as kept:
        assert kept["token"] != "planted"
        assert "planted" not in kept


def test_signing_out_ends_the_session_on_the_server(browser: Browser) -> None:
    sign_in(browser)
    with browser.session_transaction() as kept:
        stolen = kept["token"]
    assert browser.send("/sign-out").location == "/sign-in?bye=1"
    with browser.session_transaction() as kept:
        kept["token"] = stolen
    assert browser.get("/inbox").status_code == 302
