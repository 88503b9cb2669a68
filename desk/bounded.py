"""A call that may hang, on a thread of its own, so that nobody waits longer than agreed."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class StillHanging(Exception):
    """An earlier call has not come back; this one was not made."""


class Bounded(Generic[P, R]):
    """Wraps `call`; each use returns or raises within `seconds`, even when the call hangs.

    One use at a time. While a call that ran out of time still hangs, further uses fail at once.
    """

    def __init__(self, call: Callable[P, R], seconds: float) -> None:
        self._call = call
        self._seconds = seconds
        self._work: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._hanging: Future[R] | None = None
        self._thread: threading.Thread | None = None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._hanging is not None and not self._hanging.done():
            raise StillHanging
        future: Future[R] = Future()
        self._hanging = future
        self._start()
        self._work.put(lambda: self._run(future, args, kwargs))
        return future.result(self._seconds)

    def _start(self) -> None:
        """Started at the first use, because a server may fork after the app was made."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="bounded", daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        while True:
            self._work.get()()

    def _run(self, future: Future[R], args: tuple[object, ...], kwargs: dict[str, object]) -> None:
        try:
            future.set_result(self._call(*args, **kwargs))  # type: ignore[arg-type]
        except BaseException as error:
            future.set_exception(error)
