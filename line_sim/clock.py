"""The platform's clock: wall time plus an offset that tests move; nothing else reads the time."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta, timezone

_JST = timezone(timedelta(hours=9))


class Clock:
    """Milliseconds since 1970 as LINE stamps them, with an offset in whole milliseconds."""

    def __init__(self) -> None:
        self._offset_ms = 0
        self._lock = threading.Lock()

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000 + self._offset_ms

    @property
    def offset_ms(self) -> int:
        return self._offset_ms

    def advance(self, seconds: float) -> None:
        """Move the platform's time by `seconds` (negative moves it back)."""
        with self._lock:
            self._offset_ms += int(seconds * 1000)

    def set_offset(self, seconds: float) -> None:
        """Place the platform's time `seconds` away from wall time; 0 is the real time again."""
        with self._lock:
            self._offset_ms = int(seconds * 1000)

    def month(self) -> str:
        """The billing month as `YYYY-MM` in Japan's time, which LINE's plans follow."""
        return datetime.fromtimestamp(self.now_ms() / 1000, _JST).strftime("%Y-%m")
