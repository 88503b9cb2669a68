"""Takes the README's pictures from a running demo: `python docs/pictures/take.py` (see --help).

It writes as a resident in the simulator, answers as a member in the console, and photographs both.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from pathlib import Path

import requests
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
WORRY = "夜になるとさびしくて眠れません。だれかに話を聞いてほしいです。"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="the demo's PORT")
    parser.add_argument("--place", type=Path, default=Path("var"), help="the demo's folder")
    wanted = parser.parse_args()
    saved = json.loads((wanted.place / "demo.json").read_text(encoding="utf-8"))
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        _phone(browser, f"http://127.0.0.1:{wanted.port + 1}")
        _console(browser, f"http://127.0.0.1:{wanted.port}", saved["accounts"][0])
        browser.close()


def _phone(browser: Browser, simulator: str) -> None:
    """A new resident writes one worry and sees who could help."""
    phones = requests.get(f"{simulator}/sim/phones", timeout=10).json()["phones"]
    user_id = phones[0]["user_id"]
    for act, body in (("follow", {}), ("text", {"text": WORRY})):
        address = f"{simulator}/sim/phones/{user_id}/{act}"
        requests.post(address, json=body, timeout=10).raise_for_status()
        time.sleep(3)
    page = _page(browser, 1300, 900)
    page.goto(simulator)
    phone = page.locator("#phones article.phone").first
    phone.locator("li.from-account").last.wait_for()
    page.wait_for_timeout(1500)
    phone.locator("li.row:not(.from-account)").last.evaluate("e => e.scrollIntoView()")
    phone.screenshot(path=HERE / "phone.png")


def _console(browser: Browser, console: str, account: dict[str, str]) -> None:
    """A member's staff in the middle of a talk."""
    page = _page(browser, 1100, 1180)
    page.goto(f"{console}/sign-in")
    page.fill("#email", account["email"])
    page.fill("#password", account["password"])
    page.click("main button")
    page.goto(f"{console}/inbox")
    page.locator("section[aria-labelledby=open] a").first.click()
    page.locator("ol.talk").wait_for()
    page.screenshot(path=HERE / "console.png")


def _page(browser: Browser, width: int, height: int) -> Page:
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, locale="ja-JP", timezone_id="Asia/Tokyo")  # type: ignore[arg-type]
    return context.new_page()


if __name__ == "__main__":
    main()
