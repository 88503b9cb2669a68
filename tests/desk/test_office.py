"""An office is put together once per process and touches nothing until it is used."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from desk.office import open_office
from directory_data.load import PackFaults
from store.bell import silence
from tests.houses import make_settings


def test_opening_touches_no_database_and_no_redis(tmp_path: Path) -> None:
    office = open_office(
        make_settings(f"sqlite:///{tmp_path / 'genkan.db'}", REDIS_URL="redis://127.0.0.1:1/0")
    )
    assert not (tmp_path / "genkan.db").exists()
    assert office.ring is not silence and len(office.directory.members) == 34
    with pytest.raises(FrozenInstanceError):
        office.vault = None  # type: ignore[misc, assignment]


def test_without_redis_nobody_is_rung() -> None:
    assert open_office(make_settings("sqlite:///:memory:")).ring is silence


def test_a_pack_that_is_not_there_is_named() -> None:
    with pytest.raises(PackFaults, match="atlantis"):
        open_office(make_settings("sqlite:///:memory:", DATA_PACK="atlantis"))
