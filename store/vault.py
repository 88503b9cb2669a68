"""Sealing: one data key per conversation, wrapped by `SEALING_KEYS`. No table is written here.

Words are sealed with AES-256-GCM; the context (table, column, row) is authenticated, so a sealed
value copied to another row does not open. Deleting a `data_key` row makes everything sealed with
it unreadable, backups included, as soon as the backups of that small table are gone too.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.orm import Session

from store.base import new_id
from store.people import DataKey

_NONCE = 12
INDEX_KEY_ID = "line-index"
"""The `data_key` row whose key hashes LINE ids; made once, wrapped again with the others."""


class SealBroken(Exception):
    """A sealed value or key does not open: wrong key, wrong row or damaged bytes."""


@dataclass(frozen=True)
class Key:
    """An open data key. Never logged, never stored; `repr` shows the id only."""

    id: str
    raw: bytes

    def __repr__(self) -> str:
        return f"Key({self.id})"

    def seal(self, context: str, words: str) -> bytes:
        """Seal text; `context` names where it stands, e.g. `message.words|<id>`."""
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(self.raw).encrypt(nonce, words.encode(), context.encode())

    def open(self, context: str, sealed: bytes) -> str:
        """The text again; `SealBroken` when key, context or bytes do not fit."""
        try:
            plain = AESGCM(self.raw).decrypt(sealed[:_NONCE], sealed[_NONCE:], context.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken(context.partition("|")[0]) from error
        return plain.decode()

    def digest(self, value: str) -> str:
        """A keyed hash (HMAC-SHA256, hex) by which a value can be found but not read."""
        return hmac.new(self.raw, value.encode(), hashlib.sha256).hexdigest()


class Vault:
    """Wraps and unwraps data keys with the operator's sealing keys, newest first."""

    def __init__(self, sealing_keys: Sequence[str]) -> None:
        self._wrapper = MultiFernet([Fernet(key) for key in sealing_keys])
        self._unwrap = lru_cache(maxsize=4096)(self._wrapper.decrypt)

    def wrap_new_key(self) -> tuple[Key, bytes]:
        """A fresh key and its wrapped bytes, for a `data_key` row with the key's id."""
        key = Key(new_id(), AESGCM.generate_key(256))
        return key, self._wrapper.encrypt(key.raw)

    def new_key(self, session: Session, now: datetime) -> Key:
        """A fresh key whose row is added to the session."""
        key, wrapped = self.wrap_new_key()
        session.add(DataKey(id=key.id, wrapped=wrapped, created_at=now))
        session.flush()
        return key

    def new_index_key(self, now: datetime) -> DataKey:
        """The row of the key under which people are found."""
        wrapped = self._wrapper.encrypt(AESGCM.generate_key(256))
        return DataKey(id=INDEX_KEY_ID, wrapped=wrapped, created_at=now)

    def open_key(self, key_id: str, wrapped: bytes) -> Key:
        """Unwrap; `SealBroken` when none of the sealing keys fits."""
        try:
            return Key(key_id, self._unwrap(wrapped))
        except InvalidToken as error:
            raise SealBroken("data_key: no key in SEALING_KEYS opens it") from error

    def key(self, session: Session, key_id: str | None) -> Key | None:
        """The key of a row, or None when it was destroyed."""
        row = session.get(DataKey, key_id) if key_id else None
        return self.open_key(row.id, row.wrapped) if row else None

    def rewrap(self, row: DataKey) -> None:
        """Wrap again with the newest sealing key; `SealBroken` when no sealing key opens it."""
        try:
            row.wrapped = self._wrapper.rotate(row.wrapped)
        except InvalidToken as error:
            raise SealBroken("data_key: no key in SEALING_KEYS opens it") from error
