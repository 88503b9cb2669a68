"""What the account asked of the platform: every API call with its outcome; it decides nothing."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

KEPT = 50_000


@dataclass
class Call:
    """One API call: `sent` are bubble ids, `accepted` says LINE took it, status 0 is a cut line."""

    endpoint: str
    method: str
    path: str
    at_ms: int
    request_id: str
    retry_key: str | None = None
    reply_token: str | None = None
    to: Any = None
    messages: list[Any] = field(default_factory=list)
    status: int = 0
    error: Any = None
    accepted: bool = False
    delivered: bool = False
    sent: list[str] = field(default_factory=list)
    accepted_request_id: str | None = None
    faults: list[str] = field(default_factory=list)
    ms: float = 0.0
    number: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Journal:
    """The last calls, numbered from 1."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._calls: deque[Call] = deque(maxlen=KEPT)
            self._count = 0

    def add(self, call: Call) -> None:
        with self._lock:
            self._count += 1
            call.number = self._count
            self._calls.append(call)

    def since(self, number: int = 0, endpoint: str | None = None) -> list[Call]:
        """Calls numbered above `number`, oldest first, of one endpoint or of all."""
        with self._lock:
            calls = list(self._calls)
        return [
            call
            for call in calls
            if call.number > number and (endpoint is None or call.endpoint == endpoint)
        ]
