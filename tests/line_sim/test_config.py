"""Settings from the environment, and a process that says what it misses."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from line_sim.config import ConfigError, SimConfig
from tests.line_sim.rig import ROOT, listening, running

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


def test_the_process_names_every_missing_setting() -> None:
    environ = {key: value for key, value in os.environ.items() if not key.startswith("LINE_")}
    done = subprocess.run(
        [sys.executable, "-m", "line_sim"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert "LINE_CHANNEL_SECRET is missing" in done.stderr
    assert "LINE_CHANNEL_ACCESS_TOKEN is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_plan_limit_comes_from_the_environment() -> None:
    with listening() as sink, running(sink.url, SIM_PLAN_LIMIT="200") as sim:
        assert sim.api("GET", "/message/quota").json == {"type": "limited", "value": 200}
