"""Trying the judgement: shown and forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desk.accounts import Role, Staff
from desk.office import Office
from tests.cases import a_staff
from tests.console.conftest import Browser

Enter = Callable[[Staff], Browser]
WORDS = "夫に殴られています。お金もありません"


def tried(client: Browser, text: str) -> tuple[int, str]:
    answer = client.send("/judgement", seen="/judgement", text=text)
    return answer.status_code, answer.text


def test_an_editor_sees_level_rules_worries_and_members(office: Office, enter: Enter) -> None:
    client = enter(a_staff(office, Role.EDITOR))
    assert "読み取りをためす" in client.get("/judgement").text
    status, page = tried(client, WORDS)
    assert status == 200
    for shown in ("violence.hit", "dv_women", "シェルターin熊本", "暴力", WORDS):
        assert shown in page


def test_small_talk_needs_nobody(office: Office, enter: Enter) -> None:
    _, page = tried(enter(a_staff(office, Role.EDITOR)), "こんにちは")
    assert "団体の紹介がいらない話" in page


@pytest.mark.parametrize(
    ("text", "told"), [("", "文を入れて"), (" \n", "文を入れて"), ("あ" * 5_001, "5000文字まで")]
)
def test_a_text_that_cannot_be_judged_is_told_beside_the_field(
    office: Office, enter: Enter, text: str, told: str
) -> None:
    status, page = tried(enter(a_staff(office, Role.EDITOR)), text)
    assert status == 422
    assert told in page
    assert text.strip() in page


def test_words_are_escaped_and_never_in_an_address(office: Office, enter: Enter) -> None:
    client = enter(a_staff(office, Role.COORDINATOR))
    status, page = tried(client, "<b>死にたい</b>")
    assert status == 200
    assert "&lt;b&gt;死にたい" in page and "<b>死" not in page
    assert 'method="post" action="/judgement"' in page


def test_the_page_speaks_english(office: Office, enter: Enter) -> None:
    client = enter(a_staff(office, Role.OPERATOR))
    client.send("/language", seen="/judgement", language="en", next="/judgement")
    assert "Try the judgement" in client.get("/judgement").text
