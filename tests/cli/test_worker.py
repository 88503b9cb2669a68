"""`genkan worker` is the worker itself; what it does is shown in tests/test_worker.py."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.cli.commands import ROOT, genkan
from tests.houses import make_settings


def test_without_settings_it_names_them_and_ends(tmp_path: Path) -> None:
    done = genkan("worker")
    assert done.returncode == 2
    assert "SEALING_KEYS" in done.stderr and "Traceback" not in done.stderr


def test_it_works_until_it_is_told_to_stop(tmp_path: Path) -> None:
    settings = make_settings(f"sqlite:///{tmp_path / 'genkan.db'}")
    environ = {
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": settings.database_url,
        "LINE_CHANNEL_SECRET": settings.line_channel_secret,
        "LINE_CHANNEL_ACCESS_TOKEN": settings.line_channel_access_token,
        "SECRET_KEY": settings.secret_key,
        "SEALING_KEYS": settings.sealing_keys[0],
    }
    command = [sys.executable, "-c", "from app import cli; cli()", "worker"]
    log = tmp_path / "worker.log"
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + 30
        while "worker ready" not in log.read_text():
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
