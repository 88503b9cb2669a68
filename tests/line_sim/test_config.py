"""Settings from the environment, and a process that says what it misses."""

from __future__ import annotations

import pytest

from line_sim.config import ConfigError, SimConfig

CHANNEL = {"LINE_CHANNEL_SECRET": "s", "LINE_CHANNEL_ACCESS_TOKEN": "t"}


def test_defaults() -> None:
    config = SimConfig.from_env(CHANNEL)
    assert (config.host, config.port, config.plan_limit) == ("127.0.0.1", 8001, None)
    assert config.webhook_url == "http://127.0.0.1:8000/line/webhook"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SIM_PORT", "http"),
        ("SIM_PORT", "70000"),
        ("SIM_PLAN_LIMIT", "-1"),
        ("WEBHOOK_URL", "localhost:8000"),
        ("LINE_CHANNEL_SECRET", " "),
        ("LINE_CHANNEL_ACCESS_TOKEN", ""),
    ],
)
def test_a_faulty_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        SimConfig.from_env(CHANNEL | {name: value})
