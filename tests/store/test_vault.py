"""Sealing: bound to its place, opened by no other key, gone with its row."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from store.engine import Database
from store.people import DataKey
from store.vault import Key, SealBroken, Vault
from tests.houses import SEALING_KEY
from tests.letterbox import START

VAULT = Vault([SEALING_KEY])


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text("abc|", min_size=1))
def test_what_was_sealed_opens_again(words: str, context: str) -> None:
    key, _ = VAULT.wrap_new_key()
    assert key.open(context, key.seal(context, words)) == words


def test_a_seal_opens_only_at_its_place_and_with_its_key() -> None:
    key, _ = VAULT.wrap_new_key()
    other, _ = VAULT.wrap_new_key()
    sealed = key.seal("message.words|1", "ひみつ")
    assert "ひみつ".encode() not in sealed
    for wrong_key, context in ((key, "message.words|2"), (other, "message.words|1")):
        with pytest.raises(SealBroken):
            wrong_key.open(context, sealed)


@pytest.mark.parametrize("cut", [0, 1, 11, 12, 20, -1])
def test_damaged_bytes_are_named_and_not_quoted(cut: int) -> None:
    key, _ = VAULT.wrap_new_key()
    sealed = key.seal("message.words|17", "ひみつ")
    with pytest.raises(SealBroken, match=r"^message\.words$"):
        key.open("message.words|17", sealed[:cut])
    with pytest.raises(SealBroken):
        key.open("message.words|17", sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_the_same_words_never_look_the_same() -> None:
    key, _ = VAULT.wrap_new_key()
    assert key.seal("a", "ひみつ") != key.seal("a", "ひみつ")


def test_a_key_shows_nothing_of_itself() -> None:
    key, _ = VAULT.wrap_new_key()
    assert repr(key) == f"Key({key.id})" == str(key) == f"{key}"
    assert key.raw.hex() not in repr(key) and len(key.raw) == 32


def test_a_wrong_sealing_key_opens_nothing() -> None:
    key, wrapped = VAULT.wrap_new_key()
    stranger = Vault([Fernet.generate_key().decode()])
    with pytest.raises(SealBroken, match="SEALING_KEYS"):
        stranger.open_key(key.id, wrapped)
    row = DataKey(id=key.id, wrapped=wrapped, created_at=START)
    with pytest.raises(SealBroken, match="SEALING_KEYS"):
        stranger.rewrap(row)
    assert row.wrapped == wrapped


def test_rotation_goes_over_to_the_newest_key() -> None:
    newest = Fernet.generate_key().decode()
    key, wrapped = VAULT.wrap_new_key()
    both = Vault([newest, SEALING_KEY])
    assert both.open_key(key.id, wrapped) == key
    row = DataKey(id=key.id, wrapped=wrapped, created_at=START)
    both.rewrap(row)
    assert Vault([newest]).open_key(key.id, row.wrapped) == key
    with pytest.raises(SealBroken):
        VAULT.open_key(key.id, row.wrapped)


def test_a_destroyed_key_is_gone_although_it_was_open_before(database: Database) -> None:
    with database.sessions.begin() as session:
        key = VAULT.new_key(session, START)
    with database.sessions.begin() as session:
        assert VAULT.key(session, key.id) == key
        session.delete(session.get_one(DataKey, key.id))
    with database.reads() as session:
        assert VAULT.key(session, key.id) is None
        assert VAULT.key(session, None) is None


def test_a_digest_needs_the_key() -> None:
    one, other = Key("1", b"1" * 32), Key("2", b"2" * 32)
    assert one.digest("user:U1") == one.digest("user:U1")
    assert len({one.digest("user:U1"), other.digest("user:U1"), one.digest("user:U2")}) == 3
