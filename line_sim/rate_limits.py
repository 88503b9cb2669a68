"""LINE's rate limits per endpoint as token buckets; the only place that counts calls per second."""

from __future__ import annotations

import threading
import time

HOUR = 3600
DEFAULT = (2000, 1)
PER_SECONDS = {
    "multicast": (200, 1),
    "loading": (100, 1),
    "broadcast": (60, HOUR),
    "narrowcast": (60, HOUR),
    "richmenu.create": (100, HOUR),
    "richmenu.delete": (100, HOUR),
    "richmenu.list": (10, 1),
    "webhook.set": (1000, 60),
    "webhook.get": (1000, 60),
    "webhook.test": (60, HOUR),
}


class RateLimits:
    """One bucket per endpoint: full at first, refilled evenly in wall time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def allows(self, endpoint: str) -> bool:
        """Take one call out of the endpoint's bucket; False when it is empty."""
        calls, seconds = PER_SECONDS.get(endpoint, DEFAULT)
        now = time.monotonic()
        with self._lock:
            level, at = self._buckets.get(endpoint, (float(calls), now))
            level = min(float(calls), level + (now - at) * calls / seconds)
            allowed = level >= 1
            self._buckets[endpoint] = (level - 1 if allowed else level, now)
        return allowed

    def clear(self) -> None:
        with self._lock:
            self._buckets.clear()
