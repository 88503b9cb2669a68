"""What LINE would bill: replies are free, pushes count one per reached person and month."""

from __future__ import annotations

from collections import Counter

from line_sim.clock import Clock


class Billing:
    """Counters of one channel; the caller holds the platform's lock."""

    def __init__(self, clock: Clock, plan_limit: int | None) -> None:
        self._clock = clock
        self.plan_limit = plan_limit
        self.reserved = 0
        self._used: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()

    @property
    def used(self) -> int:
        """Messages counted this month (Japan's calendar)."""
        return self._used[self._clock.month()]

    @used.setter
    def used(self, count: int) -> None:
        self._used[self._clock.month()] = count

    def has_room(self, recipients: int) -> bool:
        """False when the plan is spent, a broadcast's reservation included."""
        if self.plan_limit is None or recipients == 0:
            return True
        return self.used + self.reserved + recipients <= self.plan_limit

    def count_reply(self, bubbles: int, reached: int) -> None:
        self._counts["replies"] += 1
        self._counts["reply_bubbles"] += bubbles
        self._counts["undelivered"] += reached == 0

    def count_push(self, bubbles: int, reached: int, undelivered: int) -> None:
        self._used[self._clock.month()] += reached
        self._counts["pushes"] += 1
        self._counts["push_bubbles"] += bubbles
        self._counts["billed"] += reached
        self._counts["undelivered"] += undelivered

    def as_json(self) -> dict[str, int | None]:
        """`billed` counts since the start, `month_used` this month's share of the plan."""
        names = ("replies", "reply_bubbles", "pushes", "push_bubbles", "billed", "undelivered")
        counts: dict[str, int | None] = {name: self._counts[name] for name in names}
        return counts | {
            "month_used": self.used,
            "plan_limit": self.plan_limit,
            "reserved": self.reserved,
        }
