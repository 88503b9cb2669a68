"""Writing arrived events in one transaction, and knowing whose they are. No threads in here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from desk.office import Office
from store import inbox
from store.base import new_id
from store.vault import INDEX_KEY_ID, Key

_PEOPLE_REMEMBERED = 5_000


@dataclass(frozen=True)
class Arrival:
    """One webhook event, read only as far as keeping it needs."""

    event_id: str
    source_kind: str
    """`user`, `group`, `room` or `none`."""
    source_id: str
    event_ms: int
    kind: str
    """LINE's type; for message events `message.<type>`."""
    raw: str
    """The event's JSON."""


class NotMigrated(Exception):
    """The database has no index key yet: `genkan db upgrade` has not run."""


class Arrivals:
    """Keeps batches of arrivals and remembers the keys of people who wrote lately.

    Used by one thread. Rows whose remembered key was destroyed meanwhile (an erasure) are left
    out by the insert; the batch is then written again from what the database says.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._people: dict[str, tuple[str, Key]] = {}
        self._index_key: Key | None = None
        self._connection: Connection | None = None

    def write(self, arrivals: Sequence[Arrival], now: datetime) -> set[str]:
        """Commit all arrivals; returns the ids of their people. Repeats fall away."""
        try:
            people = self._write(arrivals, now)
        except DBAPIError:
            # The connection kept open for speed may have died since the last batch.
            self._hang_up()
            people = self._write(arrivals, now)
        if people is None:
            self._people.clear()
            people = self._write(arrivals, now)
        return people or set()

    def _write(self, arrivals: Sequence[Arrival], now: datetime) -> set[str] | None:
        """None when a remembered key was destroyed meanwhile."""
        connection = self._open_connection()
        with self._office.database.first_in_line(), connection.begin():
            senders = [(self._hash(connection, arrival), arrival) for arrival in arrivals]
            self._meet(connection, dict(senders), now)
            rows = [_event_row(arrival, *self._people[h]) for h, arrival in senders]
            complete = inbox.add_events(connection, rows, now)
        return {row["person_id"] for row in rows} if complete else None

    def _open_connection(self) -> Connection:
        """One connection for all batches, each statement its own transaction: the events of a
        batch are one statement, and a key or person left without events harms nobody."""
        if self._connection is None:
            self._connection = self._office.database.connect_autocommit()
        return self._connection

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _hash(self, connection: Connection, arrival: Arrival) -> str:
        if self._index_key is None:
            wrapped = inbox.wrapped_key(connection, INDEX_KEY_ID)
            if wrapped is None:
                raise NotMigrated("run: genkan db upgrade")
            self._index_key = self._office.vault.open_key(INDEX_KEY_ID, wrapped)
        return self._index_key.digest(f"{arrival.source_kind}:{arrival.source_id}")

    def _meet(self, connection: Connection, senders: Mapping[str, Arrival], now: datetime) -> None:
        """Remember the person and key of every hash, adding those who write for the first time."""
        unknown = senders.keys() - self._people.keys()
        if not unknown:
            return
        if len(self._people) > _PEOPLE_REMEMBERED:
            self._people = {h: self._people[h] for h in senders.keys() - unknown}
        owners = self._owners(connection, {h: senders[h] for h in sorted(unknown)}, now)
        for line_hash, owner in owners.items():
            self._people[line_hash] = (
                owner.person_id,
                self._key(connection, owner, senders[line_hash], now),
            )

    def _owners(
        self, connection: Connection, senders: Mapping[str, Arrival], now: datetime
    ) -> dict[str, inbox.Owner]:
        owners = inbox.owners(connection, senders.keys())
        strangers = {h: arrival for h, arrival in senders.items() if h not in owners}
        if strangers:
            self._add(connection, strangers, now)
            owners |= inbox.owners(connection, strangers.keys())
        return owners

    def _add(self, connection: Connection, strangers: Mapping[str, Arrival], now: datetime) -> None:
        people = []
        keys = []
        for line_hash, arrival in strangers.items():
            key, wrapped = self._office.vault.wrap_new_key()
            person_id = new_id()
            keys.append({"id": key.id, "wrapped": wrapped, "created_at": now})
            people.append(
                {
                    "id": person_id,
                    "line_hash": line_hash,
                    "kind": arrival.source_kind,
                    "data_key_id": key.id,
                    "address_sealed": key.seal(f"person.address|{person_id}", arrival.source_id),
                    "created_at": now,
                    "last_event_ms": 0,
                    "lane_token": 0,
                }
            )
        inbox.add_keys(connection, keys)
        inbox.add_people(connection, people)

    def _key(
        self, connection: Connection, owner: inbox.Owner, arrival: Arrival, now: datetime
    ) -> Key:
        """The person's key; after an erasure a new one, with the address sealed again."""
        if owner.key_id is not None and owner.wrapped is not None:
            return self._office.vault.open_key(owner.key_id, owner.wrapped)
        key, wrapped = self._office.vault.wrap_new_key()
        inbox.add_keys(connection, [{"id": key.id, "wrapped": wrapped, "created_at": now}])
        address = key.seal(f"person.address|{owner.person_id}", arrival.source_id)
        inbox.give_key(connection, owner.person_id, key.id, address)
        return key


def _event_row(arrival: Arrival, person_id: str, key: Key) -> dict[str, Any]:
    return {
        "event_id": arrival.event_id,
        "person_id": person_id,
        "data_key_id": key.id,
        "raw_sealed": key.seal(f"inbound_event.raw|{arrival.event_id}", arrival.raw),
        "event_ms": arrival.event_ms,
        "kind": arrival.kind,
    }
