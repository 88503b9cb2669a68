"""What every matter at the desk needs, made once per process. No behaviour."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from directory_data.load import load_pack
from directory_data.model import Directory
from routing.judge import Judge
from settings import Settings
from store.bell import Bell, silence
from store.engine import Database
from store.vault import Vault

Ring = Callable[[Collection[str]], None]
"""Tell the workers that these people have work. A hint: it may be lost, and it never raises."""


@dataclass(frozen=True)
class Office:
    """The opened database, the vault, the address book, the judge and the bell."""

    settings: Settings
    database: Database
    vault: Vault
    directory: Directory
    judge: Judge
    ring: Ring


def open_office(settings: Settings) -> Office:
    """Everything a process needs. Raises `PackFaults` when the data pack is faulty."""
    directory = load_pack(settings.data_pack)
    return Office(
        settings=settings,
        database=Database(settings.database_url),
        vault=Vault(settings.sealing_keys),
        directory=directory,
        judge=Judge(directory),
        ring=Bell(settings.redis_url).ring if settings.redis_url else silence,
    )
