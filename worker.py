"""The worker door: Dramatiq actors that carry only a person's id, and the sweeper.

With `REDIS_URL` any number of workers share the work; without it the same actors run on Dramatiq's
in-process StubBroker. The sweeper asks the database who is due, so nothing depends on a bell.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import dramatiq
import redis
from dramatiq.brokers.stub import StubBroker
from sqlalchemy.exc import SQLAlchemyError

from bot.line.client import LineClient
from bot.line.inbound import read_event
from desk import timers
from desk.bounded import Bounded, StillHanging
from desk.health import database_fault
from desk.lane import LaneWorker
from desk.office import Office, open_office
from desk.purge import purge
from desk.triage import Triage
from directory_data.load import PackFaults
from settings import Settings, SettingsError
from store.bell import LANE_ACTOR, LANE_QUEUE, lane_message, redis_broker
from store.lanes import due_people

log = logging.getLogger("genkan.worker")

_SWEEP_WITH_REDIS = 0.25
_SWEEP_ALONE = 0.2
_CHORES: dict[Callable[[Office, datetime], int], float] = {timers.run_due: 5.0, purge: 3600.0}
"""What happens because time passes, and every how many seconds to look."""
_ALARM_THREADS = 2
_STILL_QUEUED = 3.0
_HAND_OVER_WITHIN = 1.0
"""Seconds. A Redis that hangs costs one sweep this much, not every person the socket's timeout."""
_STOP_WITHIN_MS = 20_000


class Worker:
    """One worker process: a Dramatiq worker with threads, and a sweeper beside it."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._settings = office.settings
        self._stopping = threading.Event()
        self._queued: dict[str, float] = {}
        self._next_chore: dict[Callable[[Office, datetime], int], float] = {}
        self._lanes = LaneWorker(
            office,
            LineClient(self._settings.line_api_host, self._settings.line_channel_access_token),
            read_event,
            lambda: datetime.now(UTC),
            self._stopping.is_set,
        )
        url = self._settings.redis_url
        self._broker: dramatiq.Broker = redis_broker(url) if url else StubBroker()
        self._hand_over = Bounded(self._broker.enqueue, _HAND_OVER_WITHIN)
        dramatiq.actor(
            self._work_person,
            broker=self._broker,
            actor_name=LANE_ACTOR,
            queue_name=LANE_QUEUE,
            max_retries=0,
        )
        self._own_hands = ThreadPoolExecutor(self._settings.worker_threads, "lane")
        self._triage = Triage(office, read_event)
        self._alarm_hands = ThreadPoolExecutor(_ALARM_THREADS, "alarm")
        self._is_busy = False

    def run(self) -> None:
        """Work until told to stop; the turn in hand is finished first."""
        engine = dramatiq.Worker(
            self._broker, worker_threads=self._settings.worker_threads, worker_timeout=200
        )
        self._office.judge.warm_up()
        engine.start()
        log.info("worker ready")
        while not self._stopping.is_set():
            self._sweep()
            calm = self._settings.redis_url and not self._is_busy
            self._stopping.wait(_SWEEP_WITH_REDIS if calm else _SWEEP_ALONE)
        engine.stop(timeout=_STOP_WITHIN_MS)
        self._own_hands.shutdown()
        self._alarm_hands.shutdown(cancel_futures=True)
        self._broker.close()
        self._office.database.close()

    def stop(self, *_signal: object) -> None:
        """Take no new turns. Safe in a signal handler."""
        self._stopping.set()

    def _work_person(self, person_id: str) -> None:
        """The actor. Failures are named by class only: a traceback could carry words."""
        self._queued.pop(person_id, None)
        if self._stopping.is_set():
            return
        try:
            self._lanes.work(person_id)
        except Exception as error:  # the sweeper brings the person back
            log.error("lane of %s stopped: %s", person_id, type(error).__name__)

    def _sweep(self) -> None:
        try:
            due = self._due()
            if self._is_busy:
                self._look_for_alarms()
            for person_id in due:
                self._enqueue(person_id)
            self._do_chores()
        except SQLAlchemyError as error:
            fault = database_fault(self._office.database)
            log.error("%s (%s)", fault or "the database failed", type(error).__name__)
            self._stopping.wait(1)

    def _look_for_alarms(self) -> None:
        """More people wait than hands are free: danger does not queue behind them."""
        for person_id in self._triage.look():
            self._alarm_hands.submit(self._work_person, person_id)

    def _do_chores(self) -> None:
        for chore, seconds in _CHORES.items():
            if time.monotonic() >= self._next_chore.get(chore, 0.0):
                self._next_chore[chore] = time.monotonic() + seconds
                chore(self._office, datetime.now(UTC))

    def _due(self) -> list[str]:
        """People who are due and not already queued here a moment ago."""
        if self._settings.redis_url:
            self._forget_lost(time.monotonic())
        with self._office.database.reads() as session:
            people = due_people(session, datetime.now(UTC))
        self._is_busy = len(people) > self._settings.worker_threads
        return [person_id for person_id in people if person_id not in self._queued]

    def _forget_lost(self, now: float) -> None:
        """What was handed to Redis may be gone with it; in this process nothing gets lost."""
        for person_id, at in list(self._queued.items()):
            if now - at >= _STILL_QUEUED:
                self._queued.pop(person_id, None)

    def _enqueue(self, person_id: str) -> None:
        self._queued[person_id] = time.monotonic()
        try:
            self._hand_over(lane_message(person_id))
        except (redis.RedisError, dramatiq.BrokerConnectionError, OSError, StillHanging) as error:
            log.warning("Redis is away (%s): working without it", type(error).__name__)
            self._own_hands.submit(self._work_person, person_id)


def main() -> int:
    """Run one worker until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        worker = Worker(open_office(Settings.from_env(os.environ)))
    except (SettingsError, PackFaults) as error:
        log.error("%s", error)
        return 2
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    worker.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
