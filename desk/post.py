"""What the desk expects of the door that talks to LINE, and how that door reports. No sending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.conversation import Say


class Result(StrEnum):
    """How one call to LINE ended."""

    ACCEPTED = "accepted"
    """200, or 409 for a retry key that LINE already knows."""
    TRY_LATER = "try_later"
    """Certainly not accepted: 429, or the connection was refused."""
    AMBIGUOUS = "ambiguous"
    """No verdict: a timeout, a broken connection or a 5xx. LINE may have it."""
    INVALID_TOKEN = "invalid_token"  # noqa: S105 - a result, not a secret
    """400 Invalid reply token: used before, or too old."""
    REFUSED = "refused"
    """Another 4xx, or a message that breaks LINE's limits: trying again cannot help."""


@dataclass(frozen=True)
class Verdict:
    """The end of one call. `error` is an exception class or a short code, never words."""

    result: Result
    status: int | None = None
    request_id: str | None = None
    error: str | None = None


class Post(Protocol):
    """The door to LINE. No method raises for anything LINE or the network does."""

    def reply(self, reply_token: str, says: Sequence[Say], talk: str) -> Verdict:
        """Answer with a reply token; at most five bubbles. `talk` names the buttons' talk."""

    def push(self, address: str, says: Sequence[Say], talk: str, retry_key: str) -> Verdict:
        """Send without a token; the retry key makes repeats harmless for 24 hours."""

    def leave(self, kind: str, address: str) -> Verdict:
        """Leave a `group` or `room`."""

    def show_working(self, address: str) -> None:
        """Show the loading animation; best effort."""
