"""Kind pages for what goes wrong, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, abort

from console.errors import _KNOWN
from desk.accounts import Staff
from desk.office import Office
from tests.cases import a_staff
from tests.console.conftest import Browser


@pytest.mark.parametrize("code", sorted(_KNOWN))
def test_every_error_has_a_page_in_both_languages(
    app: Flask, office: Office, enter: Callable[[Staff], Browser], code: int
) -> None:
    app.add_url_rule("/broken", "broken", lambda: abort(code))
    client = enter(a_staff(office))
    japanese = client.get("/broken")
    client.send("/language", language="en")
    english = client.get("/broken")
    assert japanese.status_code == english.status_code == code
    assert "うまくいきませんでした" in japanese.text
    assert "That did not work" in english.text


def test_a_crash_is_told_kindly_and_without_details(app: Flask, browser: Browser) -> None:
    def crash() -> str:
        raise RuntimeError("ひみつの言葉")

    app.add_url_rule("/crash", "crash", crash)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = browser.get("/crash")
    assert answer.status_code == 500
    assert "こちらの調子が" in answer.text and "ひみつ" not in answer.text
