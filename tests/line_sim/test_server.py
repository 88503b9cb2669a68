"""The application as a whole: settings from the environment, headers, unknown pages."""

from __future__ import annotations

import pytest

from line_sim.config import ConfigError
from line_sim.server import create_app
from tests.line_sim.rig import Sim


def test_the_screen_allows_nothing_foreign_or_inline(sim: Sim) -> None:
    answer = sim.send("GET", "/")
    page = answer.data.decode()
    assert answer.headers["content-security-policy"].startswith("default-src 'self';")
    assert "style=" not in page
    assert "http://" not in page
    assert "https://" not in page
    assert page.count("<script") == page.count('<script type="module" src=') == 1


def test_the_factory_reads_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINE_CHANNEL_SECRET", raising=False)
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", "t")
    with pytest.raises(ConfigError, match="LINE_CHANNEL_SECRET"):
        create_app()
    monkeypatch.setenv("LINE_CHANNEL_SECRET", "s")
    assert create_app().test_client().get("/healthz").get_json() == {"ok": True}
