"""Working one person's lane: all waiting turns, then the sends, until nothing is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from desk import deliver, turn
from desk.addresses import address_of
from desk.office import Office
from desk.post import Post
from store import lanes
from store.inbox import next_event
from store.people import Person

log = logging.getLogger("genkan.lane")

_LONG_WAIT = timedelta(seconds=2)


@dataclass(frozen=True)
class LaneWorker:
    """What a worker needs to serve any person's lane."""

    office: Office
    post: Post
    read_event: turn.ReadEvent
    clock: Callable[[], datetime]
    stopping: Callable[[], bool] = lambda: False

    def work(self, person_id: str) -> None:
        """Serve the lane if it is free. A lane lost on the way is another worker's business."""
        token = self._take(person_id)
        if token is None:
            return
        try:
            while not self.stopping() and self._one_round(person_id, token):
                pass
            self._release(person_id, token)
        except lanes.LaneLost:
            log.info("lane of %s went to another worker", person_id)
        except OperationalError:
            # A deadlock or a lock waited for in vain is no fault of the event: others may go on
            # at once. Is the database away, then this fails too and the lease runs out.
            self._release(person_id, token)
            raise

    def _take(self, person_id: str) -> int | None:
        with self.office.database.sessions.begin() as session:
            taken = lanes.take(session, person_id, self.clock())
        if taken is None:
            return None
        token, abandoned = taken
        if abandoned:
            turn.set_back(self.office, person_id, token, self.clock(), None)
        self._show_working(person_id)
        return token

    def _one_round(self, person_id: str, token: int) -> bool:
        """Looks first, without a lock: every write would wait for the disk to find nothing."""
        turned = False
        while not self.stopping() and self._event_waits(person_id) and self._turn(person_id, token):
            turned = True
        if deliver.is_idle(self.office, person_id):
            return turned
        sent = deliver.deliver_next(self.office, self.post, person_id, token, self.clock)
        return turned or sent

    def _event_waits(self, person_id: str) -> bool:
        with self.office.database.reads() as session:
            return next_event(session, person_id) is not None

    def _turn(self, person_id: str, token: int) -> bool:
        now = self.clock()
        try:
            return turn.take_turn(self.office, self.read_event, person_id, token, now)
        except (lanes.LaneLost, OperationalError):
            raise
        except Exception as error:  # a poisoned event must not stop the person's lane for ever
            log.error("turn of %s failed: %s", person_id, type(error).__name__)
            turn.set_back(self.office, person_id, token, now, type(error).__name__)
            return False

    def _release(self, person_id: str, token: int) -> None:
        with self.office.database.sessions.begin() as session:
            lanes.release(session, person_id, token)

    def _show_working(self, person_id: str) -> None:
        """A resident whose words waited long sees that something is happening."""
        with self.office.database.reads() as session:
            event = next_event(session, person_id)
            person = session.get(Person, person_id)
            if event is None or person is None or person.kind != "user":
                return
            if self.clock() - event.accepted_at < _LONG_WAIT:
                return
            address = address_of(session, self.office.vault, person)
        if address:
            self.post.show_working(address)
