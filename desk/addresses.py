"""A person's LINE id: sealed with the key of the present talk, opened only to send."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from store.people import Person
from store.vault import Key, Vault


def address_of(session: Session, vault: Vault, person: Person) -> str | None:
    """The LINE id, or None once it was erased."""
    key = vault.key(session, person.data_key_id)
    if key is None or person.address_sealed is None:
        return None
    return key.open(f"person.address|{person.id}", person.address_sealed)


def change_key(session: Session, vault: Vault, person: Person, now: datetime) -> Key:
    """Give the person a new key, for a talk that begins; the address is sealed again with it."""
    address = address_of(session, vault, person)
    key = vault.new_key(session, now)
    person.data_key_id = key.id
    if address is not None:
        person.address_sealed = key.seal(f"person.address|{person.id}", address)
    return key
