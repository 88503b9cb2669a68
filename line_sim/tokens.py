"""Reply tokens and retry keys: what may be used once, until when; no message passes here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from line_sim import identifiers

MINUTE_MS = 60_000
REDELIVERY_WINDOW_MS = 20 * MINUTE_MS
RETRY_KEY_MS = 24 * 60 * MINUTE_MS


@dataclass
class ReplyToken:
    """A token that came with one event of one chat."""

    chat_id: str
    event_ms: int
    delivered_ms: int | None = None
    redelivered: bool = False
    used: bool = False

    def is_good(self, now_ms: int) -> bool:
        """Once, a minute from its last delivery; redelivered: 20 minutes from the event at most."""
        if self.used:
            return False
        if self.redelivered and now_ms - self.event_ms > REDELIVERY_WINDOW_MS:
            return False
        received = self.event_ms if self.delivered_ms is None else self.delivered_ms
        return now_ms - received <= MINUTE_MS


class ReplyTokens:
    """All tokens ever issued; the caller holds the platform's lock."""

    def __init__(self) -> None:
        self._tokens: dict[str, ReplyToken] = {}

    def issue(self, chat_id: str, event_ms: int) -> str:
        token = identifiers.token()
        self._tokens[token] = ReplyToken(chat_id, event_ms)
        return token

    def mark_delivered(self, token: str, now_ms: int, redelivery: bool) -> None:
        """The minute starts (again) when the webhook with this token goes out."""
        held = self._tokens.get(token)
        if held is not None:
            held.delivered_ms = now_ms
            held.redelivered = held.redelivered or redelivery

    def find(self, token: str, now_ms: int) -> ReplyToken | None:
        """The token if it may be used now; using it is the caller's decision."""
        held = self._tokens.get(token)
        return held if held is not None and held.is_good(now_ms) else None


@dataclass(frozen=True)
class Accepted:
    """A request LINE took: what a repetition with the same retry key is answered with."""

    request_id: str
    at_ms: int
    body: dict[str, Any]


class RetryKeys:
    """Keys of accepted requests, each remembered for 24 hours; the caller holds the lock."""

    def __init__(self) -> None:
        self._accepted: dict[str, Accepted] = {}

    def find(self, key: str | None, now_ms: int) -> Accepted | None:
        accepted = self._accepted.get((key or "").lower())
        if accepted is None or now_ms - accepted.at_ms > RETRY_KEY_MS:
            return None
        return accepted

    def remember(self, key: str | None, accepted: Accepted) -> None:
        if key:
            self._accepted[key.lower()] = accepted
