"""Commands that cannot begin say in one line what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import genkan, refused

COMMANDS = [("db", "upgrade"), ("trace",), ("keys", "rotate")]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_missing_settings_are_named(words: tuple[str, ...]) -> None:
    line = refused(genkan(*words))
    assert "DATABASE_URL is missing" in line and "SEALING_KEYS is missing" in line


def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path / 'no' / 'such' / 'place.db'}"
    assert "DATABASE_URL" in refused(genkan("db", "upgrade", database_url=nowhere))
    away = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    assert "DATABASE_URL" in refused(genkan("trace", database_url=away))


@pytest.mark.parametrize("words", COMMANDS[1:], ids=" ".join)
def test_a_database_without_shape_is_told_the_command(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    line = refused(genkan(*words, database_url=f"sqlite:///{tmp_path / 'empty.db'}"))
    assert "genkan db upgrade" in line


def test_an_unknown_pack_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'genkan.db'}"
    line = refused(genkan("db", "upgrade", database_url=url, DATA_PACK="atlantis"))
    assert "atlantis" in line
