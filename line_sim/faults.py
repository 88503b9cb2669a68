"""The fault panel: which calls and webhooks go wrong, by chance from a seed or for the next N.

It only decides; carrying a fault out is the door's and the delivery's work.
"""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

API_FAULTS = (
    "delay",
    "rate_429",
    "monthly_429",
    "error_500",
    "drop_before",
    "drop_after",
    "accepted_500",
)
WEBHOOK_FAULTS = (
    "delay",
    "duplicate",
    "reorder",
    "batch",
    "redeliver",
    "bad_signature",
)
_DEFAULT_MS = {"delay": 500, "reorder": 800, "batch": 500}


class FaultError(ValueError):
    """A fault's description is malformed; the message names the field."""


@dataclass
class Fault:
    """One kind of fault: strikes the next `next` times, then with `probability` (0 to 1).

    `ms` is how long a delay lasts (or a reordered or batched event is kept), `size` how many
    people's events make a batch, `only` limits it to these endpoints (empty: all of them).
    """

    probability: float = 0.0
    next: int = 0
    ms: int = 0
    size: int = 3
    only: tuple[str, ...] = ()
    hits: int = 0

    def strikes(self, dice: Random, endpoint: str) -> bool:
        if self.only and endpoint not in self.only:
            return False
        if self.next > 0:
            self.next -= 1
            self.hits += 1
            return True
        if self.probability > 0 and dice.random() < self.probability:
            self.hits += 1
            return True
        return False


class FaultPanel:
    """All faults with one seeded source of chance, safe to use from many threads."""

    def __init__(self, seed: int = 1) -> None:
        self._lock = threading.Lock()
        self.reset(seed)

    def reset(self, seed: int = 1) -> None:
        """Switch every fault off and begin the chances anew from `seed`."""
        with self._lock:
            self._seed = seed
            self._dice = Random(seed)
            self._api = {name: Fault(ms=_DEFAULT_MS.get(name, 0)) for name in API_FAULTS}
            self._webhook = {name: Fault(ms=_DEFAULT_MS.get(name, 0)) for name in WEBHOOK_FAULTS}

    def set(self, side: str, name: str, wanted: Any) -> None:
        """Change one fault; raise `FaultError` when the side, name or a field is wrong."""
        with self._lock:
            panel = {"api": self._api, "webhook": self._webhook}.get(side)
            if panel is None or name not in panel:
                raise FaultError(f"there is no fault {side}.{name}")
            panel[name] = _changed(panel[name], wanted, f"{side}.{name}")

    def api_strikes(self, endpoint: str) -> dict[str, Fault]:
        """The faults that strike this call, in panel order; at most one besides the delay."""
        with self._lock:
            return _struck(self._api, self._dice, endpoint)

    def webhook_strikes(self) -> dict[str, Fault]:
        """The faults that strike this event; several may combine."""
        with self._lock:
            return {
                name: fault
                for name, fault in self._webhook.items()
                if fault.strikes(self._dice, "")
            }

    def as_json(self) -> dict[str, Any]:
        with self._lock:
            return {
                "seed": self._seed,
                "api": {name: asdict(fault) for name, fault in self._api.items()},
                "webhook": {name: asdict(fault) for name, fault in self._webhook.items()},
            }


def _struck(panel: dict[str, Fault], dice: Random, endpoint: str) -> dict[str, Fault]:
    struck = {}
    if panel["delay"].strikes(dice, endpoint):
        struck["delay"] = panel["delay"]
    for name, fault in panel.items():
        if name != "delay" and fault.strikes(dice, endpoint):
            struck[name] = fault
            break
    return struck


def _changed(fault: Fault, wanted: Any, where: str) -> Fault:
    if not isinstance(wanted, dict):
        raise FaultError(f'{where} must be an object such as {{"next": 1}}')
    unknown = set(wanted) - {"probability", "next", "ms", "size", "only", "hits"}
    if unknown:
        raise FaultError(f"{where}: unknown field {sorted(unknown)[0]}")
    return Fault(
        probability=_number(wanted, "probability", fault.probability, 1.0, where),
        next=int(_number(wanted, "next", fault.next, 1_000_000, where)),
        ms=int(_number(wanted, "ms", fault.ms, 120_000, where)),
        size=int(_number(wanted, "size", fault.size, 100, where)),
        only=_names(wanted.get("only", fault.only), where),
        hits=fault.hits,
    )


def _number(wanted: dict[str, Any], key: str, default: float, most: float, where: str) -> float:
    value = wanted.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise FaultError(f"{where}.{key} must be a number from 0 to {most:g}")
    return value


def _names(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        raise FaultError(f"{where}.only must be a list of endpoint names")
    return tuple(value)
