"""Keeping the promise of the greeting: words of talks that ended long ago are destroyed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from desk.erase import destroy
from desk.office import Office
from routing.case import OPEN
from store.cases import Case
from store.letterbox import WAITING, InboundEvent
from store.people import Person
from store.talks import Talk

_PER_COMMIT = 100


def purge(office: Office, now: datetime) -> int:
    """Destroy the keys of talks that ended, or fell silent, longer ago than the pack promises.

    A talk with an open case stays until that case ends. Returns how many talks were destroyed.
    """
    before = now - timedelta(days=office.directory.city.retention_days)
    done = 0
    while count := _purge_some(office, before, now):
        done += count
    return done


def _purge_some(office: Office, before: datetime, now: datetime) -> int:
    with office.database.sessions.begin() as session:
        rows = session.scalars(_over(before).limit(_PER_COMMIT)).all()
        for row in rows:
            _forget(session, row, now)
    return len(rows)


def _over(before: datetime) -> Select[Talk]:
    """Not while words wait to be read: somebody who comes back after long may have used the key."""
    still_open = exists().where(Case.conversation_id == Talk.id, Case.status.in_(OPEN))
    waits = exists().where(InboundEvent.person_id == Talk.person_id, InboundEvent.state == WAITING)
    return select(Talk).where(
        Talk.data_key_id.is_not(None),
        Talk.updated_at < before,
        ~still_open,
        ~waits,
    )


def _forget(session: Session, row: Talk, now: datetime) -> None:
    person = session.get_one(Person, row.person_id)
    if person.data_key_id == row.data_key_id:
        person.address_sealed = None
    destroy(session, row, now)
