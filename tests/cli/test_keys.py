"""`genkan keys`: a new key, rotation, and a wrong key that is explained."""

from __future__ import annotations

from pathlib import Path

from cryptography.fernet import Fernet

from tests.cli.commands import genkan, refused
from tests.houses import SEALING_KEY


def test_a_new_key_is_one_that_can_be_used(tmp_path: Path) -> None:
    key = genkan("keys", "new").stdout.strip()
    Fernet(key)
    url = f"sqlite:///{tmp_path / 'genkan.db'}"
    assert genkan("db", "upgrade", database_url=url).returncode == 0
    both = genkan("keys", "rotate", database_url=url, SEALING_KEYS=f"{key},{SEALING_KEY}")
    assert both.stdout.startswith("1 data keys")
    alone = genkan("keys", "rotate", database_url=url, SEALING_KEYS=key)
    assert alone.returncode == 0
    former = refused(genkan("keys", "rotate", database_url=url))
    assert "SEALING_KEYS" in former and key not in former
