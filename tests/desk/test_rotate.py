"""Rotation: every key is wrapped anew while somebody reads and somebody erases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, select

from desk import rotate as module
from desk.rotate import rotate
from store.people import DataKey
from store.vault import SealBroken, Vault
from tests.houses import SEALING_KEY
from tests.letterbox import House


def test_after_rotation_the_old_key_may_go(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PER_COMMIT", 2)
    for name in ("a", "b", "c"):
        house.resident(name).says("さみしくて だれかと話したいです")
    newest = Fernet.generate_key().decode()
    both = replace(house.office, vault=Vault([newest, SEALING_KEY]))
    with house.office.database.reads() as session:
        count = session.scalar(select(func.count()).select_from(DataKey))
    assert rotate(both) == count == 4
    only_new = House(replace(house.office, vault=Vault([newest])), clock=house.clock)
    resident = only_new.resident("a")
    assert resident.state.worry == "さみしくて だれかと話したいです"
    resident.says("どれもちがう")
    assert len(resident.cases("tray")) == 1
    only_new.close()
    with pytest.raises(SealBroken):
        house.resident("b").state  # noqa: B018 - opening it is the point


def test_who_runs_with_both_keys_reads_before_and_after(house: House) -> None:
    newest = Fernet.generate_key().decode()
    running = House(replace(house.office, vault=Vault([newest, SEALING_KEY])), clock=house.clock)
    resident = running.resident()
    resident.says("さみしくて だれかと話したいです")
    rotate(running.office)
    resident.says("どれもちがう")
    assert len(resident.cases("tray")) == 1
    running.close()


def test_without_the_former_key_nothing_is_touched(house: House) -> None:
    house.resident().says("さみしくて だれかと話したいです")
    stranger = replace(house.office, vault=Vault([Fernet.generate_key().decode()]))
    with pytest.raises(SealBroken):
        rotate(stranger)
    assert house.resident().state.worry
