"""Running `genkan …` as an operator does, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.houses import SEALING_KEY

ROOT = Path(__file__).parents[2]


def genkan(
    *words: str, database_url: str | None = None, **environ: str
) -> subprocess.CompletedProcess[str]:
    """The finished command; without `database_url` no setting at all is given."""
    given = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "error"}
    if database_url is not None:
        given |= {
            "DATABASE_URL": database_url,
            "LINE_CHANNEL_SECRET": "secret",
            "LINE_CHANNEL_ACCESS_TOKEN": "token",
            "SECRET_KEY": "a secret key of this house",
            "SEALING_KEYS": SEALING_KEY,
        }
    return subprocess.run(
        [sys.executable, "-c", "from app import cli; cli()", *words],
        cwd=ROOT,
        env=given | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line in which a command explains itself; never a traceback."""
    assert done.returncode != 0 and "Traceback" not in done.stderr, done.stderr
    (line,) = [each for each in done.stderr.splitlines() if each.startswith("Error")]
    return line
