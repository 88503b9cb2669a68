"""Sending what waits for a person, in order: journal, call without a transaction, verdict.

Reply token first (free), else push with the batch's id as retry key. An ambiguous reply is tried
again only with the same token; what stays unknown becomes visible and is never silently resent.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from desk.erase import leaving_talk
from desk.journal import Call, end, journal, token_died
from desk.office import Office
from desk.post import Post, Result, Verdict
from store import lanes, outbox
from store.letterbox import OutboxMessage
from store.people import Person

_LONGEST_PAUSE = 300.0


def is_idle(office: Office, person_id: str) -> bool:
    """Nothing waits to be sent to the person, and no address waits to be forgotten."""
    with office.database.reads() as session:
        person = session.get_one(Person, person_id)
        return not outbox.open_rows(session, person_id) and leaving_talk(session, person) is None


def deliver_next(
    office: Office, post: Post, person_id: str, token: int, clock: Callable[[], datetime]
) -> bool:
    """Send the person's next batch; False when nothing is due. Raises `LaneLost`."""
    call = journal(office, person_id, token, clock())
    if call is None:
        return False
    verdict = call.make(post)
    _conclude(office, person_id, token, call, verdict, clock())
    return True


def _conclude(
    office: Office, person_id: str, token: int, call: Call, verdict: Verdict, now: datetime
) -> None:
    """Write the verdict of a call; a worker that lost the lane writes nothing."""
    with office.database.sessions.begin() as session:
        lanes.hold(session, person_id, token, now)
        rows = outbox.batch_rows(session, call.batch_id)
        for row in rows:
            row.status, row.error = verdict.status, verdict.error
            row.line_request_id = verdict.request_id or row.line_request_id
        _settle(session, rows, call, verdict, now)


def _settle(
    session: Session, rows: Sequence[OutboxMessage], call: Call, verdict: Verdict, now: datetime
) -> None:
    result = verdict.result
    if result is Result.ACCEPTED:
        end(rows, "sent", None, now)
    elif result is Result.INVALID_TOKEN and call.token and rows[0].ambiguous:
        end(rows, "sent", "accepted_before", now)
    elif result is Result.INVALID_TOKEN and call.token:
        _wait(rows, now)
        for row in rows:
            row.via = "push"
    elif result in (Result.TRY_LATER, Result.AMBIGUOUS):
        _wait(rows, now + _pause(rows[0].attempts))
        for row in rows:
            row.ambiguous = row.ambiguous or result is Result.AMBIGUOUS
            if row.via == "push":
                continue
            if not row.ambiguous and token_died(session, row, now):
                row.via = "push"
    else:
        end(rows, "failed", verdict.error, now)


def _wait(rows: Sequence[OutboxMessage], until: datetime) -> None:
    for row in rows:
        row.state, row.next_try_at = "waiting", until


def _pause(attempts: int) -> timedelta:
    """Exponential backoff with jitter, so that many people do not knock at the same moment."""
    ceiling = min(_LONGEST_PAUSE, 0.4 * 2**attempts)
    return timedelta(seconds=ceiling * random.uniform(0.5, 1))  # noqa: S311 - jitter
