"""Every route × every role × nobody signed in; and what is not declared is refused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule

from console.guard import PUBLIC, SCREENS, may_open
from desk.accounts import Role, Staff
from desk.office import Office
from tests.cases import MEMBER, OTHER_MEMBER, a_handoff, a_staff, an_escalation
from tests.console.conftest import Browser

Enter = Callable[[Staff], Browser]
WHO = [*Role, None]


def routes(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("console.")]


def test_every_route_is_declared_and_every_declaration_has_a_route(app: Flask) -> None:
    assert {rule.endpoint for rule in routes(app)} == set(SCREENS)


@pytest.mark.parametrize("role", WHO)
def test_every_route_answers_only_its_roles(
    app: Flask, office: Office, enter: Enter, browser: Browser, role: Role | None
) -> None:
    client = enter(a_staff(office, role)) if role else browser
    seen = "/members" if role else "/sign-in"
    for rule in routes(app):
        if rule.endpoint == "console.static":
            continue
        path = rule.rule.replace("<case_id>", "no-such-case").replace("<int:seq>", "0")
        if rule.endpoint == "console.sign_out" and role:
            continue
        is_get = "GET" in (rule.methods or set())
        answer = client.get(path) if is_get else client.send(path, seen=seen)
        allowed = SCREENS[rule.endpoint]
        if allowed == PUBLIC:
            assert answer.status_code not in (404, 500), rule
        elif role is None:
            assert answer.status_code in (302, 401), rule
            assert answer.status_code == 401 or "/sign-in?next=" in answer.location
        elif role not in allowed:
            assert answer.status_code == 404, rule
        else:
            assert answer.status_code in (200, 302, 404, 422), rule
            assert answer.status_code != 404 or "no-such-case" in path or "/0/" in path, rule


@pytest.mark.parametrize("role", list(Role))
def test_cases_of_others_do_not_exist(office: Office, enter: Enter, role: Role) -> None:
    mine, theirs = a_handoff(office), a_handoff(office, member=OTHER_MEMBER)
    danger = an_escalation(office)
    client = enter(a_staff(office, role))
    sees_mine = role in (Role.STAFF, Role.LEAD)
    for case_id, visible in ((mine, sees_mine), (theirs, False)):
        for path in (f"/cases/{case_id}", f"/cases/{case_id}/partial"):
            assert client.get(path).status_code == (200 if visible else 404), (role, path)
    wanted = 200 if role is Role.COORDINATOR else 404
    assert client.get(f"/cases/{danger}").status_code == wanted
    for act in ("accept", "decline", "answer", "close"):
        path = f"/cases/{theirs}/{act}"
        fields = {"reason": "full", "outcome": "solved", "words": "のぞき見", "form": "f"}
        assert client.send(path, **fields).status_code == 404, (role, act)


def test_a_stranger_cannot_tell_a_hidden_page_from_one_that_is_not_there(
    office: Office, enter: Enter
) -> None:
    theirs = a_handoff(office, member=OTHER_MEMBER)
    client = enter(a_staff(office, member=MEMBER))
    hidden, absent = client.get(f"/cases/{theirs}"), client.get("/cases/none")
    assert hidden.status_code == absent.status_code == 404

    def page(text: str) -> str:
        return re.sub(r'name="csrf_token" value="[^"]+"', "", text.replace(theirs, "none"))

    assert page(hidden.text) == page(absent.text)


def test_an_undeclared_screen_is_refused_to_everybody(
    app: Flask, office: Office, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = {name: roles for name, roles in SCREENS.items() if name != "console.members"}
    monkeypatch.setattr("console.guard.SCREENS", without)
    for role in Role:
        assert enter(a_staff(office, role)).get("/members").status_code == 404
        assert not may_open("console.members", role)
    assert app.test_client().get("/members").status_code == 404


@pytest.mark.parametrize("path", ["/sign-in", "/language", "/sign-out"])
def test_a_form_without_its_token_is_refused(enter: Enter, office: Office, path: str) -> None:
    client = enter(a_staff(office))
    answer = client.post(path, data={"email": "a@example.org", "password": "x"})
    assert answer.status_code == 400
    assert "画面が古く" in answer.text


def test_a_post_without_a_session_shows_the_words_again(app: Flask) -> None:
    answer = app.test_client().post("/cases/c1/answer", data={"words": "大事な <言葉>"})
    assert answer.status_code == 401
    assert "大事な &lt;言葉&gt;" in answer.text


def test_other_doors_are_not_governed(app: Flask) -> None:
    app.add_url_rule("/healthz", "elsewhere", lambda: "ok")
    app.add_url_rule("/hook", "hook", lambda: "ok", methods=["POST"])
    client = app.test_client()
    assert client.get("/healthz").text == "ok"
    assert client.post("/hook").text == "ok"


def test_nul_is_refused_everywhere_before_a_database_sees_it(
    office: Office, enter: Enter, browser: Browser
) -> None:
    staff = enter(a_staff(office, Role.STAFF))
    assert staff.get("/cases/a%00b").status_code == 400
    assert staff.get("/members?x=%00").status_code == 400
    case = a_handoff(office)
    assert staff.send(f"/cases/{case}/decline", reason="full", note="a\x00b").status_code == 400
    signing_in = {"email": "a\x00@example.org", "password": "x"}
    assert browser.send("/sign-in", seen="/sign-in", **signing_in).status_code == 400
