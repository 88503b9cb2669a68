"""Residents' phones: who is a friend, what stands in the chat, what can be tapped.

No HTTP, no signatures, no tokens of the platform; the platform's lock guards everything here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
WEEK_MS = 7 * 24 * 3600 * 1000


@dataclass
class Bubble:
    """One bubble of a chat. `side` is resident, account or notice; times in ms."""

    id: str
    side: str
    message: Json
    at_ms: int
    quote_token: str = ""
    read_token: str = ""
    read: bool = False
    unsent: bool = False
    via: str = ""
    request_id: str = ""
    last_of_send: bool = False
    silent: bool = False
    author: str = ""

    def as_json(self) -> Json:
        message = {"type": "unsent"} if self.unsent else self.message
        return {
            "id": self.id,
            "side": self.side,
            "type": message.get("type", ""),
            "message": message,
            "at": self.at_ms,
            "read": self.read,
            "unsent": self.unsent,
            "via": self.via,
            "request_id": self.request_id,
            "silent": self.silent,
            "author": self.author,
            "sender": (self.message.get("sender") or {}).get("name", ""),
        }


@dataclass
class Chat:
    """A talk with the account: one resident's, or a group's."""

    id: str
    bubbles: list[Bubble] = field(default_factory=list)
    last_event_ms: int = 0
    changed: int = 0

    def find(self, message_id: str) -> Bubble | None:
        return next((each for each in self.bubbles if each.id == message_id), None)

    def quick_replies(self) -> list[Json]:
        """Only the last bubble of a send shows them, and only until anything new arrives."""
        last = self.bubbles[-1] if self.bubbles else None
        if last is None or last.side != "account" or not last.last_of_send:
            return []
        return list((last.message.get("quickReply") or {}).get("items", []))

    def account_bubbles(self) -> int:
        return sum(each.side == "account" for each in self.bubbles)


@dataclass
class Phone(Chat):
    """A resident's phone. `pc_view` shows the talk as LINE on a PC: no quick replies, no menu."""

    name: str = ""
    language: str = "ja"
    friend: bool = True
    blocked: bool = False
    pc_view: bool = False
    last_wrote_ms: int | None = None
    loading_until_ms: int = 0
    rich_menu_id: str | None = None

    def reachable(self, now_ms: int) -> bool:
        """Whether a message arrives: a friend, or somebody who wrote within the last 7 days."""
        if self.blocked:
            return False
        return self.friend or (
            self.last_wrote_ms is not None and now_ms - self.last_wrote_ms <= WEEK_MS
        )

    def known(self, now_ms: int) -> bool:
        """Whether LINE gives the profile away: not for blockers and not for strangers."""
        return not self.blocked and (self.friend or self.last_wrote_ms is not None)


@dataclass
class Group(Chat):
    """A group (C…) or an old multi-person chat (R…) with the account in it."""

    members: list[str] = field(default_factory=list)
    joined: bool = True

    @property
    def kind(self) -> str:
        return "group" if self.id.startswith("C") else "room"


@dataclass(frozen=True)
class Choice:
    """Something that can be tapped: the words on it and the action behind it."""

    label: str
    action: Json
    where: str
    message_id: str = ""

    def as_json(self) -> Json:
        return {
            "label": self.label,
            "action": self.action,
            "where": self.where,
            "message_id": self.message_id,
        }


def quick_reply_choices(chat: Chat) -> list[Choice]:
    last_id = chat.bubbles[-1].id if chat.bubbles else ""
    items = [item["action"] for item in chat.quick_replies()]
    return [Choice(action.get("label", ""), action, "quick_reply", last_id) for action in items]


def bubble_choices(bubble: Bubble) -> list[Choice]:
    """Every action of a bubble, in reading order, with the words a resident would see on it."""
    if bubble.unsent or bubble.side != "account":
        return []
    found = _actions(bubble.message.get("template") or bubble.message.get("contents") or {})
    return [Choice(label, action, "bubble", bubble.id) for label, action in found]


def _actions(node: Any, words: str = "") -> Iterator[tuple[str, Json]]:
    if isinstance(node, list):
        for each in node:
            yield from _actions(each)
        return
    if not isinstance(node, dict):
        return
    words = node.get("text") or words
    for key, value in node.items():
        if key in {"action", "defaultAction"} and isinstance(value, dict):
            yield value.get("label") or str(words), value
        elif key == "actions" and isinstance(value, list):
            yield from ((action.get("label", ""), action) for action in value)
        elif isinstance(value, dict | list):
            yield from _actions(value)
