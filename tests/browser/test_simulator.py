"""The simulator's screen in a real browser: write, receive, tap, read, break things."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.line_sim.rig import SECRET, Sim, Sink, listening, running, text

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


@pytest.fixture(scope="module")
def process(sink: Sink) -> Iterator[Sim]:
    with running(sink.url) as sim:
        yield sim


@pytest.fixture
def sim(process: Sim, sink: Sink) -> Sim:
    process.sim("POST", "/reset")
    sink.forget()
    return process


@pytest.fixture
def screen(page: Page, sim: Sim) -> Iterator[Page]:
    """The open screen; any script error or refused resource fails the test."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: line.type == "error" and complaints.append(line.text))
    page.goto(sim.url)
    expect(page.get_by_text("まだ電話がありません")).to_be_visible()
    yield page
    assert complaints == []


def suggestion(name: str) -> dict[str, Any]:
    words = {"type": "text", "text": name, "weight": "bold", "size": "lg", "wrap": True}
    action = {"type": "postback", "label": f"{name}に相談", "data": name, "displayText": name}
    button = {"type": "button", "style": "primary", "action": action}
    return {
        "type": "bubble",
        "body": {"type": "box", "layout": "vertical", "contents": [words]},
        "footer": {"type": "box", "layout": "vertical", "contents": [button]},
    }


def carousel(*names: str) -> dict[str, Any]:
    contents = {"type": "carousel", "contents": [suggestion(name) for name in names]}
    items = [{"type": "action", "action": {"type": "message", "label": "やめる", "text": "やめる"}}]
    return {
        "type": "flex",
        "altText": "団体",
        "contents": contents,
        "quickReply": {"items": items},
    }


def test_a_talk_from_first_word_to_tap(screen: Page, sim: Sim, sink: Sink) -> None:
    screen.get_by_role("button", name="電話を足す").click()
    phone = screen.locator("article.phone")
    expect(phone).to_have_count(1)
    assert sink.events(1)[0]["type"] == "follow"

    phone.get_by_role("textbox").fill("話す人がいません")
    phone.get_by_role("textbox").press("Enter")
    hit = sink.wait(2)[1]
    digest = hmac.new(SECRET.encode(), hit.body, hashlib.sha256).digest()
    assert hit.signature == base64.b64encode(digest).decode()
    assert hit.events[0]["message"]["text"] == "話す人がいません"
    expect(phone.get_by_text("既読")).to_be_visible()

    user_id = hit.events[0]["source"]["userId"]
    assert sim.push(user_id, text("こちらです"), carousel("甲の会", "乙の会")).status == 200
    expect(phone.locator(".flex-carousel .flex-bubble")).to_have_count(2)
    expect(phone.get_by_role("button", name="やめる")).to_be_visible()

    phone.get_by_role("button", name="乙の会に相談").click()
    assert sink.events(3)[2]["postback"] == {"data": "乙の会"}
    expect(phone.locator(".from-resident").last).to_contain_text("乙の会")
    expect(phone.get_by_role("button", name="やめる")).to_have_count(0)


def test_pc_view_block_unsend_and_sticker(screen: Page, sim: Sim, sink: Sink) -> None:
    user_id = sim.phone(name="はなこ")
    sim.push(user_id, carousel("甲の会"))
    phone = screen.locator("article.phone")
    expect(phone.get_by_role("heading", name="はなこ")).to_be_visible()
    phone.get_by_role("button", name="PC表示").click()
    expect(phone.get_by_role("button", name="やめる")).to_have_count(0)

    phone.get_by_role("button", name="そのほか").click()
    phone.get_by_role("button", name="スタンプ 1988").click()
    assert sink.events(1)[0]["message"]["type"] == "sticker"
    own = phone.locator(".from-resident")
    own.locator("summary").click()
    own.get_by_role("button", name="送信取消").click()
    assert sink.events(2)[1]["type"] == "unsend"
    expect(phone.get_by_text("送信を取り消しました")).to_be_visible()

    phone.get_by_role("button", name="ブロック").click()
    assert sink.events(3)[2]["type"] == "unfollow"
    expect(phone.get_by_text("ブロック中")).to_be_visible()


def test_faults_and_journal_at_the_workbench(screen: Page, sim: Sim) -> None:
    screen.get_by_role("heading", name="故障パネル").click()
    screen.get_by_role("button", name="500エラー: 次の1回").click()
    expect(screen.get_by_text("待ち 1")).to_be_visible()
    assert sim.push(sim.phone()).status == 500
    expect(screen.locator(".journal .status.bad").first).to_have_text("500")
    screen.get_by_role("button", name="故障をすべて止める").click()
    expect(screen.locator(".faults li.armed")).to_have_count(0)


def test_english_words_and_back(screen: Page) -> None:
    screen.get_by_role("button", name="English").click()
    expect(screen.get_by_role("heading", name="LINE simulator")).to_be_visible()
    assert screen.locator("html").get_attribute("lang") == "en"
    screen.get_by_role("button", name="日本語").click()
    expect(screen.get_by_role("heading", name="LINEシミュレーター")).to_be_visible()


def test_the_keyboard_reaches_a_button_in_a_bubble(screen: Page, sim: Sim, sink: Sink) -> None:
    user_id = sim.phone()
    sim.push(user_id, carousel("甲の会"))
    button = screen.get_by_role("button", name="甲の会に相談")
    button.focus()
    screen.keyboard.press("Enter")
    assert sink.events(1)[0]["postback"]["data"] == "甲の会"


@pytest.mark.parametrize("width", [1360, 390])
def test_nothing_hinders_and_nothing_overflows(screen: Page, sim: Sim, width: int) -> None:
    screen.set_viewport_size({"width": width, "height": 860})
    user_id = sim.phone(name="たろう")
    sim.say(user_id, "こんにちは 0120-279-338")
    sim.push(user_id, text("電話は tel:119 へ"), carousel("甲の会", "乙の会", "丙の会"))
    expect(screen.locator(".flex-bubble")).to_have_count(3)
    for section in ("故障パネル", "設定と時計"):
        screen.get_by_role("heading", name=section).click()
    report = Axe().run(screen)
    assert report.violations_count == 0, report.generate_report()
    assert screen.evaluate("document.documentElement.scrollWidth") <= width
