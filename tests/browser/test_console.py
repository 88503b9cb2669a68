"""The console in a real Chromium: the work of each role, both languages, phone and desk, axe."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

import console
from desk import handoff, schema
from desk.accounts import Role, Staff
from desk.answer import answer
from desk.handoff import Outcome
from desk.office import Office
from desk.passwords import hashed
from routing.judgement import Level, UrgentKind
from store.engine import Database
from store.vault import Vault
from tests.cases import (
    PASSWORD,
    WORRY,
    a_handoff,
    a_staff,
    a_talk,
    a_tray_case,
    an_escalation,
    case_of,
    hear,
)
from tests.houses import kumamoto, make_office, make_settings

pytestmark = pytest.mark.browser

PASSWORD_HASH = hashed(PASSWORD)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A migrated house on SQLite; the screens were proven on PostgreSQL in tests/console."""
    settings = make_settings(f"sqlite:///{tmp_path / 'genkan.db'}")
    database = Database(settings.database_url)
    schema.upgrade(database, Vault(settings.sealing_keys), kumamoto()[0], datetime.now(UTC))
    yield make_office(settings, database)
    database.close()


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    """The console on a real server on a free port."""
    app = Flask("console-browser", static_folder=None)
    console.register(app, office)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def ago(minutes: float) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


def a_person(office: Office, role: Role, name: str = "木村") -> Staff:
    email = f"{role}@example.org"
    return a_staff(office, role, name=name, email=email, password_hash=PASSWORD_HASH)


def sign_in(page: Page, address: str, role: Role) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("メールアドレス").fill(f"{role}@example.org")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="サインインする").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_a_member_accepts_answers_and_closes(office: Office, address: str, page: Page) -> None:
    a_person(office, Role.STAFF)
    case_id = a_handoff(office, at=ago(12))
    sign_in(page, address, Role.STAFF)
    page.get_by_role("link", name=case_of(office, case_id).pseudonym).click()
    expect(page.get_by_text(WORRY)).to_be_visible()
    page.get_by_role("button", name="この相談を受ける").click()
    page.get_by_label("返事").fill("こんばんは。\n読みました。")
    page.get_by_role("button", name="送る", exact=True).click()
    sent = page.locator(".talk .staff")
    expect(sent).to_contain_text("読みました。")
    expect(sent).to_contain_text("送信待ち")
    expect(page.get_by_label("返事")).to_have_value("")
    page.get_by_text("相談を終わりにする").click()
    page.get_by_label("つながった").check()
    page.get_by_role("button", name="終わりにする").click()
    expect(page.get_by_role("heading", name="最近終わった相談")).to_be_visible()
    assert case_of(office, case_id).outcome == "connected"


def test_a_member_passes_a_case_on(office: Office, address: str, page: Page) -> None:
    a_person(office, Role.STAFF)
    case_id = a_handoff(office, at=ago(3))
    sign_in(page, address, Role.STAFF)
    page.goto(f"{address}/cases/{case_id}")
    page.get_by_text("いまは受けられないとき").click()
    page.get_by_role("button", name="見送る").click()
    expect(page.get_by_text("理由をひとつ選んでください。")).to_be_visible()
    page.get_by_label("いま手いっぱい").check()
    page.get_by_role("button", name="見送る").click()
    expect(page.get_by_role("status").first).to_contain_text("ほかの行き先を伝えました")


def test_new_words_appear_by_themselves_and_the_draft_stays(
    office: Office, address: str, page: Page
) -> None:
    staff = a_person(office, Role.STAFF)
    case_id = a_handoff(office, at=ago(3))
    handoff.accept(office, staff, case_id, ago(2))
    sign_in(page, address, Role.STAFF)
    page.goto(f"{address}/cases/{case_id}")
    page.get_by_label("返事").fill("書きかけの言葉")
    hear(office, case_id, "いま届いた言葉", at=ago(0))
    expect(page.get_by_text("いま届いた言葉")).to_be_visible(timeout=9000)
    expect(page.get_by_label("返事")).to_have_value("書きかけの言葉")
    page.reload()
    expect(page.get_by_label("返事")).to_have_value("書きかけの言葉")
    handoff.close(office, staff, case_id, Outcome.SOLVED, ago(0))
    expect(page.get_by_text("この相談は終わりました")).to_be_visible(timeout=9000)
    expect(page.get_by_text("いま届いた言葉")).to_have_count(0)


def test_a_coordinator_watches_acknowledges_and_answers(
    office: Office, address: str, page: Page
) -> None:
    a_person(office, Role.COORDINATOR, name="中川")
    an_escalation(office, at=ago(26.5))
    sign_in(page, address, Role.COORDINATOR)
    expect(page.get_by_text("いま、当番がいません")).to_be_visible()
    page.get_by_role("button", name="当番に入る").click()
    expect(page.locator(".watch.on")).to_contain_text("中川さん")
    expect(page.get_by_text("あと4分")).to_be_visible()
    page.get_by_role("button", name="わたしが確認します").click()
    expect(page.locator(".facts")).to_contain_text("中川")
    page.get_by_label("返事").fill("読みました。いま、どこか安全な場所にいますか。")
    page.get_by_role("button", name="送る", exact=True).click()
    expect(page.locator(".talk .staff")).to_contain_text("安全な場所")


@pytest.mark.parametrize("width", [390, 1200])
def test_an_editor_tries_the_judgement(
    office: Office, address: str, chromium: Browser, width: int
) -> None:
    a_person(office, Role.EDITOR)
    page = chromium.new_page(viewport={"width": width, "height": 850})
    sign_in(page, address, Role.EDITOR)
    page.get_by_role("link", name="読み取り").click()
    page.get_by_label("ためす文").fill("夫に殴られています。子どもを連れて出たいです")
    page.get_by_role("button", name="読み取る").click()
    expect(page.locator("#danger + .level")).to_have_text("急ぎ")
    expect(page.get_by_text("violence.hit")).to_be_visible()
    expect(page.locator("section", has=page.locator("#members"))).to_contain_text("シェルター")
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_board_draws_a_new_danger_by_itself(office: Office, address: str, page: Page) -> None:
    a_person(office, Role.COORDINATOR)
    sign_in(page, address, Role.COORDINATOR)
    expect(page.get_by_text("いま確認を待っている知らせはありません。")).to_be_visible()
    an_escalation(office, words="たすけて", at=ago(0))
    expect(page.get_by_text("たすけて")).to_be_visible(timeout=9000)
    assert page.title().startswith("(1)")


def test_the_page_works_without_scripts(office: Office, address: str, chromium: Browser) -> None:
    a_person(office, Role.STAFF)
    case_id = a_handoff(office, at=ago(3))
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, address, Role.STAFF)
    page.goto(f"{address}/cases/{case_id}")
    page.get_by_role("button", name="この相談を受ける").click()
    page.get_by_label("返事").fill("スクリプトなしでも届く")
    page.get_by_role("button", name="送る", exact=True).click()
    expect(page.locator(".talk .staff")).to_contain_text("スクリプトなしでも届く")
    context.close()


@pytest.fixture
def furnished(office: Office) -> dict[Role, list[str]]:
    """A house in which every screen has something to show; the paths of each role."""
    people = {role: a_person(office, role) for role in Role}
    staff, coordinator = people[Role.STAFF], people[Role.COORDINATOR]
    waiting = a_handoff(office, at=ago(47), level=Level.URGENT)
    talking, closed = a_handoff(office, at=ago(90)), a_handoff(office, at=ago(300))
    handoff.accept(office, staff, talking, ago(80))
    hear(office, talking, "ありがとうございます", at=ago(79))
    answer(office, staff, talking, "こんばんは", "f", ago(70))
    handoff.accept(office, staff, closed, ago(290))
    handoff.close(office, staff, closed, Outcome.CONNECTED, ago(280))
    danger = an_escalation(office, at=ago(20))
    an_escalation(office, level=Level.EMERGENCY, kind=UrgentKind.VIOLENCE, at=ago(12))
    taken = an_escalation(office, at=ago(50))
    handoff.accept(office, coordinator, taken, ago(49))
    tray = a_tray_case(office, at=ago(600))
    for _ in range(8):
        a_talk(office, at=ago(60))
    cases = {
        Role.STAFF: [waiting, talking, closed],
        Role.COORDINATOR: [danger, taken, tray],
    }
    screens = {
        Role.STAFF: ["/inbox", "/no-such-page"],
        Role.COORDINATOR: ["/board"],
        Role.MONITOR: ["/figures?days=7", "/figures?days=90"],
        Role.OPERATOR: ["/operation"],
        Role.EDITOR: ["/members", "/judgement"],
    }
    return {
        role: [*paths, *(f"/cases/{case_id}" for case_id in cases.get(role, []))]
        for role, paths in screens.items()
    }


@pytest.mark.parametrize("width", [390, 1200])
def test_every_screen_is_accessible_and_fits(
    address: str, chromium: Browser, furnished: dict[Role, list[str]], width: int
) -> None:
    faults: list[str] = []
    for role, paths in furnished.items():
        context = chromium.new_context(viewport={"width": width, "height": 850})
        page = context.new_page()
        page.on("console", _complaints(faults))
        _examine(page, f"{address}/sign-in", width, faults)
        sign_in(page, address, role)
        for path in paths:
            _examine(page, address + path, width, faults)
        page.goto(address + paths[0])
        page.get_by_role("button", name="English").click()
        for path in paths:
            _examine(page, address + path, width, faults)
        context.close()
    assert faults == []


def _complaints(faults: list[str]) -> Callable[[object], None]:
    def note(message: object) -> None:
        text = str(getattr(message, "text", message))
        if "404" not in text:
            faults.append(f"console: {text}")

    return note


def _examine(page: Page, url: str, width: int, faults: list[str]) -> None:
    page.goto(url)
    found = Axe().run(page).response["violations"]
    faults.extend(f"{url}: {one['id']} {one['nodes'][0]['target']}" for one in found)
    if page.evaluate("document.documentElement.scrollWidth") > width:
        faults.append(f"{url}: wider than {width}")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .button, nav a, summary, select')]
            .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 43.5)
            .map((e) => e.textContent.trim())"""
    )
    faults.extend(f"{url}: {name} is too small to tap" for name in small)
