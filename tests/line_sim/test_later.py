"""Jobs after a delay: in the order they fall due, and none after clearing."""

from __future__ import annotations

import threading
import time

from line_sim.later import Later


def test_jobs_run_when_they_fall_due() -> None:
    later, done, ran = Later(), threading.Event(), []
    later.after(0.15, lambda: (ran.append("late"), done.set()))
    later.after(0.05, lambda: ran.append("early"))
    assert done.wait(2)
    assert ran == ["early", "late"]


def test_cleared_jobs_never_run() -> None:
    later, ran = Later(), []
    later.after(0.05, lambda: ran.append(1))
    later.clear()
    time.sleep(0.15)
    assert ran == []
