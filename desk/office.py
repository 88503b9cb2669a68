"""What every matter at the desk needs, made once per process. No behaviour."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from routing.judge import Judge

from directory_data.model import Directory
from settings import Settings
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
