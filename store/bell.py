"""Ringing the workers through Redis: a hint without payload, sent from a thread of its own.

Nobody waits for it and nothing depends on it; what it loses, the sweeper finds.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Collection

import dramatiq
import redis
from dramatiq.brokers.redis import RedisBroker

LANE_QUEUE = "lanes"
LANE_ACTOR = "work_person"
_PAUSE_AFTER_FAILURE = 1.0

log = logging.getLogger("genkan.bell")


def silence(_people: Collection[str]) -> None:
    """The bell without Redis: the sweeper looks every 0.2 s anyway."""


def redis_broker(redis_url: str) -> RedisBroker:
    """Dramatiq's broker on Redis, with short timeouts so that a dead Redis never holds anybody."""
    return RedisBroker(  # type: ignore[no-untyped-call]
        url=redis_url, socket_timeout=2, socket_connect_timeout=1
    )


class Bell:
    """Enqueues one message per person; drops rings while Redis is away."""

    def __init__(self, redis_url: str) -> None:
        self._broker = redis_broker(redis_url)
        self._broker.declare_queue(LANE_QUEUE)
        self._people: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def ring(self, people: Collection[str]) -> None:
        """Say that these people have work. Returns at once, never raises."""
        self._start()
        for person_id in people:
            self._people.put(person_id)

    def _start(self) -> None:
        """Start on the first ring, because a server may fork after the app was made."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            waiting = {self._people.get()}
            while not self._people.empty():
                waiting.add(self._people.get())
            self._send(waiting)

    def _send(self, people: set[str]) -> None:
        try:
            for person_id in people:
                self._broker.enqueue(lane_message(person_id))
        except (redis.RedisError, dramatiq.BrokerConnectionError, OSError) as error:
            log.warning("bell not heard: %s", type(error).__name__)
            time.sleep(_PAUSE_AFTER_FAILURE)


def lane_message(person_id: str) -> dramatiq.Message[None]:
    """The message that the worker's actor takes: an id and nothing else."""
    return dramatiq.Message(
        queue_name=LANE_QUEUE, actor_name=LANE_ACTOR, args=(person_id,), kwargs={}, options={}
    )
