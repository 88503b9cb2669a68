"""Wrapping data keys again after the sealing keys changed; the words stay as they are."""

from __future__ import annotations

from sqlalchemy import select

from desk.office import Office
from store.people import DataKey

_PER_COMMIT = 500


def rotate(office: Office) -> int:
    """Wrap every data key with the newest sealing key; returns how many. Safe while running."""
    done, after = 0, ""
    while True:
        with office.database.sessions.begin() as session:
            page = select(DataKey).where(DataKey.id > after).order_by(DataKey.id)
            rows = session.scalars(page.limit(_PER_COMMIT).with_for_update()).all()
            for row in rows:
                office.vault.rewrap(row)
        if not rows:
            return done
        done, after = done + len(rows), rows[-1].id
