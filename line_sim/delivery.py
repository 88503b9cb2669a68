"""Carries events to the webhook as LINE does: signed, within 2 seconds, in order, on threads.

It decides nothing about residents or messages; the event bodies arrive finished.
"""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import Any

from line_sim.events import Event
from line_sim.faults import Fault, FaultPanel
from line_sim.later import Later
from line_sim.webhook_call import TIMEOUT_SECONDS, Result, post_webhook, sign

LANES = 8


@dataclass(frozen=True)
class Parcel:
    """One webhook request to be: its events and what shall go wrong with it."""

    events: tuple[Event, ...]
    delay_ms: int = 0
    bad_signature: bool = False
    copies: int = 1
    again_as_redelivery: bool = False
    redelivery: bool = False
    attempt: int = 1


@dataclass
class Sending:
    """How events are carried; the control API changes it while the simulator runs.

    `redelivery_after` are seconds of wall time between a failure and the next try.
    """

    webhook_url: str
    redelivery: bool = False
    redelivery_after: tuple[float, ...] = (1.0, 3.0, 10.0, 30.0, 60.0)
    hold: bool = False


@dataclass
class _Batch:
    events: list[Event] = field(default_factory=list)


Sent = Callable[[Parcel, Result], None]
Starting = Callable[[Parcel], None]


class Webhooks:
    """The lanes to the webhook. Events of one chat keep their order; chats travel side by side."""

    def __init__(self, secret: str, destination: str, sending: Sending, faults: FaultPanel) -> None:
        self._secret = secret
        self._destination = destination
        self.sending = sending
        self._faults = faults
        self._later = Later()
        self._lock = threading.Lock()
        self._idle = threading.Condition(self._lock)
        self._busy = 0
        self._lanes: list[SimpleQueue[tuple[int, Parcel]]] = []
        self._batch = _Batch()
        self._held: list[Event] = []
        self._era = 0
        self.before: Starting = lambda _parcel: None
        self.after: Sent = lambda _parcel, _result: None

    def submit(self, event: Event) -> None:
        """Send an event on its way, through the faults that strike it."""
        if self.sending.hold:
            with self._lock:
                event.held = True
                self._held.append(event)
            return
        struck = self._faults.webhook_strikes()
        parcel = _parcel(event, struck)
        if "batch" in struck:
            self._collect(event, struck["batch"])
        elif "reorder" in struck:
            self._later.after(struck["reorder"].ms / 1000, lambda: self.enqueue(parcel))
        else:
            self.enqueue(parcel)

    def held(self) -> list[Event]:
        with self._lock:
            return list(self._held)

    def take_held(self) -> list[Event]:
        """Empty the hold and hand its events over, oldest first."""
        with self._lock:
            held, self._held = self._held, []
        for event in held:
            event.held = False
        return held

    def enqueue(self, parcel: Parcel) -> None:
        lane = zlib.crc32(parcel.events[0].chat_id.encode()) % LANES if parcel.events else 0
        with self._lock:
            if not self._lanes:
                self._open_lanes()
            self._lanes[lane].put((self._era, parcel))

    def post(self, body: bytes, signature: str | None = None) -> Result:
        """Send bytes as they are, signed unless a signature is given."""
        headers = {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "LineBotWebhook/2.0",
            "x-line-signature": sign(self._secret, body) if signature is None else signature,
        }
        return post_webhook(self.sending.webhook_url, body, headers)

    def clear(self) -> None:
        """Forget everything waiting, and see the requests already on their way to their end."""
        self._later.clear()
        with self._idle:
            self._era += 1
            self._held.clear()
            self._batch = _Batch()
            self._idle.wait_for(lambda: self._busy == 0, TIMEOUT_SECONDS + 1)

    def _open_lanes(self) -> None:
        for number in range(LANES):
            lane: SimpleQueue[tuple[int, Parcel]] = SimpleQueue()
            self._lanes.append(lane)
            threading.Thread(
                target=self._work, args=(lane,), name=f"lane-{number}", daemon=True
            ).start()

    def _work(self, lane: SimpleQueue[tuple[int, Parcel]]) -> None:
        while True:
            era, parcel = lane.get()
            with self._idle:
                if era != self._era:
                    continue
                self._busy += 1
            try:
                self._carry(parcel)
            finally:
                with self._idle:
                    self._busy -= 1
                    self._idle.notify_all()

    def _carry(self, parcel: Parcel) -> None:
        if parcel.delay_ms:
            time.sleep(parcel.delay_ms / 1000)
        for _ in range(parcel.copies):
            result = self._send(parcel)
        if parcel.again_as_redelivery:
            result = self._send(replace(parcel, redelivery=True))
        if not result.ok and self.sending.redelivery:
            self._try_again(parcel)

    def _send(self, parcel: Parcel) -> Result:
        body = self._body(parcel)
        signature = sign(self._secret + "?", body) if parcel.bad_signature else None
        self.before(parcel)
        result = self.post(body, signature)
        self.after(parcel, result)
        return result

    def _body(self, parcel: Parcel) -> bytes:
        events = [
            event.body | {"deliveryContext": {"isRedelivery": parcel.redelivery}}
            for event in parcel.events
        ]
        body: dict[str, Any] = {"destination": self._destination, "events": events}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

    def _try_again(self, parcel: Parcel) -> None:
        pauses = self.sending.redelivery_after
        if parcel.attempt > len(pauses):
            return
        again = Parcel(parcel.events, redelivery=True, attempt=parcel.attempt + 1)
        self._later.after(pauses[parcel.attempt - 1], lambda: self.enqueue(again))

    def _collect(self, event: Event, fault: Fault) -> None:
        with self._lock:
            batch = self._batch
            batch.events.append(event)
            first, full = len(batch.events) == 1, len(batch.events) >= fault.size
        if full:
            self._flush(batch)
        elif first:
            self._later.after(fault.ms / 1000, lambda: self._flush(batch))

    def _flush(self, batch: _Batch) -> None:
        with self._lock:
            if self._batch is not batch or not batch.events:
                return
            self._batch = _Batch()
        self.enqueue(Parcel(tuple(batch.events)))


def _parcel(event: Event, struck: dict[str, Fault]) -> Parcel:
    return Parcel(
        (event,),
        delay_ms=struck["delay"].ms if "delay" in struck else 0,
        bad_signature="bad_signature" in struck,
        copies=2 if "duplicate" in struck else 1,
        again_as_redelivery="redeliver" in struck,
    )
