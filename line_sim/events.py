"""The JSON of webhook events and received messages, in the full shape LINE sends; no state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from line_sim import identifiers

Json = dict[str, Any]

_MARKABLE = {"text", "sticker", "image", "video", "audio", "file", "location"}
_QUOTABLE = {"text", "sticker", "image", "video"}
_MEDIA = {"image", "video", "audio"}


@dataclass
class Event:
    """One webhook event as it goes out, and what became of it."""

    body: Json
    chat_id: str
    deliveries: list[Json] = field(default_factory=list)
    held: bool = False

    @property
    def id(self) -> str:
        return str(self.body["webhookEventId"])

    def as_json(self) -> Json:
        return {
            "event": self.body,
            "chat_id": self.chat_id,
            "held": self.held,
            "deliveries": self.deliveries,
        }


def frame(kind: str, at_ms: int, mode: str, source: Json | None) -> Json:
    """What every event has; `source` is absent where LINE leaves it out."""
    event: Json = {"type": kind}
    if source is not None:
        event["source"] = source
    return event | {
        "timestamp": at_ms,
        "mode": mode,
        "webhookEventId": identifiers.ulid(at_ms),
        "deliveryContext": {"isRedelivery": False},
    }


def received(message: Json) -> Json:
    """A message as the webhook carries it: with an id and the tokens its kind has."""
    kind = message.get("type")
    full = {**message, "id": identifiers.message_id()}
    if kind in _QUOTABLE:
        full["quoteToken"] = identifiers.long_token()
    if kind in _MARKABLE:
        full["markAsReadToken"] = identifiers.long_token()
    if kind in _MEDIA:
        full.setdefault("contentProvider", {"type": "line"})
    return full


def user_source(user_id: str) -> Json:
    return {"type": "user", "userId": user_id}


def group_source(kind: str, group_id: str, user_id: str | None) -> Json:
    source = {"type": kind, f"{kind}Id": group_id}
    return source if user_id is None else source | {"userId": user_id}
