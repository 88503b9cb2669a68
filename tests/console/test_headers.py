"""Security headers on every answer; nothing personal stays in a cache; nothing inline."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import console
from desk.accounts import Role, Staff
from desk.office import Office
from tests.cases import a_staff
from tests.console.conftest import Browser

TEMPLATES = sorted((Path(console.__file__).parent / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", ["/sign-in", "/inbox", "/nope", "/static/console.css"])
def test_every_answer_is_hardened(
    office: Office, enter: Callable[[Staff], Browser], path: str
) -> None:
    with enter(a_staff(office)).get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    for rule in ("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/inbox", "/inbox/partial", "/members", "/nope"])
def test_signed_in_pages_are_not_stored(
    office: Office, enter: Callable[[Staff], Browser], path: str
) -> None:
    answer = enter(a_staff(office, Role.STAFF)).get(path)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_inline_script_or_style_or_a_foreign_address(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|style=|\son\w+=|javascript:|https?://|\|\s*safe", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
