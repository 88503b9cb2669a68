"""The web door: what is put together, and that a fault in the settings is named."""

from __future__ import annotations

import pytest

from app import cli, create_app
from cli import command_names, find_command
from settings import Settings, SettingsError
from store.engine import Database


def test_every_door_is_open(settings: Settings, database: Database) -> None:
    client = create_app(settings).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.get("/metrics").status_code == 200
    assert client.post("/line/webhook", data=b"{}").status_code == 401
    assert client.get("/sign-in").status_code == 200


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "SECRET_KEY", "SEALING_KEYS"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        create_app()


def test_every_command_can_be_found() -> None:
    assert cli.list_commands(None) == command_names()  # type: ignore[arg-type]
    for name in command_names():
        command = cli.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None and command.name == name
        assert command.help, f"genkan {name} does not say what it does"
    assert find_command("no-such-command") is None
