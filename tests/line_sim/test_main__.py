"""`python -m line_sim`: what it says when a setting is missing, and what it takes from outside."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.line_sim.rig import ROOT, listening, running


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
