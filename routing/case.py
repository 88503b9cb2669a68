"""The one table of how a case may move, and who may move it. No storing, no words."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a case stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.WAITING: frozenset({Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN}),
    Status.ACCEPTED: frozenset({Status.CLOSED, Status.WITHDRAWN}),
    Status.DECLINED: frozenset(),
    Status.WITHDRAWN: frozenset(),
    Status.CLOSED: frozenset(),
}
"""For handoffs, escalations and the tray alike; what is not listed is refused."""

OPEN = frozenset({Status.WAITING, Status.ACCEPTED})


class TransitionRefused(Exception):
    """The case no longer stands where the caller thought (somebody else was first)."""

    def __init__(self, current: Status, wanted: Status) -> None:
        super().__init__(f"{current} → {wanted} is not a step a case can take")
        self.current = current
        self.wanted = wanted


def move(current: Status, wanted: Status) -> Status:
    """The new status, or `TransitionRefused`."""
    if wanted not in TRANSITIONS[current]:
        raise TransitionRefused(current, wanted)
    return wanted
