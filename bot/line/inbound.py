"""LINE's JSON of one event → `Inbound`. Tolerant: LINE adds kinds and fields without notice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from bot.conversation import Inbound, InboundKind
from bot.line.messages import parse_data

_MEDIA = {"image", "video", "audio", "file"}
_LONGEST_TEXT = 5_000
_LONGEST_TOKEN = 200
_LONGEST_ID = 64


def read_event(event: Mapping[str, Any]) -> tuple[Inbound, str | None]:
    """The event in Genkan's words, and its reply token when LINE allows an answer."""
    source = _mapping(event.get("source"))
    token = event.get("replyToken")
    can_answer = event.get("mode", "active") == "active"
    reply_token = token if can_answer and _is_token(token) else None
    if sender_of(source)[0] == "none":
        return Inbound(InboundKind.OTHER, can_answer=False), None
    if source.get("type") != "user":
        return _from_group(event, can_answer), reply_token
    read = _READERS.get(str(event.get("type")), _other)
    return read(event, can_answer), reply_token


_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def sender_of(source: object) -> tuple[str, str]:
    """Kind (`user`, `group`, `room`) and id of who is written to; `none` when nobody can be."""
    fields = _mapping(source)
    kind = fields.get("type")
    value = fields.get(f"{kind}Id") if kind in ("user", "group", "room") else None
    known = isinstance(value, str) and _PLAIN_ID.fullmatch(value)
    return (str(kind), str(value)) if known else ("none", "")


def _from_group(event: Mapping[str, Any], can_answer: bool) -> Inbound:
    """A group that added the account is told and left; its other events are nothing to us."""
    leaving = event.get("type") in ("leave", "memberLeft", "unsend")
    kind = InboundKind.OTHER if leaving else InboundKind.JOINED_GROUP
    return Inbound(kind, can_answer=can_answer and not leaving)


def _message(event: Mapping[str, Any], can_answer: bool) -> Inbound:
    message = _mapping(event.get("message"))
    kind, text = _message_kind(message)
    return Inbound(kind, text=text, message_id=_id(message.get("id")), can_answer=can_answer)


def _message_kind(message: Mapping[str, Any]) -> tuple[InboundKind, str]:
    kind = message.get("type")
    if kind == "text":
        return InboundKind.TEXT, _clean(message.get("text"))
    if kind == "sticker":
        return InboundKind.STICKER, _sticker_words(message)
    if kind == "location":
        return InboundKind.LOCATION, ""
    if kind in _MEDIA:
        return InboundKind.MEDIA, ""
    return InboundKind.OTHER, ""


def _sticker_words(message: Mapping[str, Any]) -> str:
    """Text on a message sticker, else its first keywords (LINE: experimental, at most 15)."""
    if isinstance(message.get("text"), str):
        return _clean(message["text"])
    keywords = message.get("keywords")
    return _clean(" ".join(map(str, keywords[:3]))) if isinstance(keywords, list) else ""


def _postback(event: Mapping[str, Any], can_answer: bool) -> Inbound:
    data = _mapping(event.get("postback")).get("data")
    action, talk = parse_data(data if isinstance(data, str) else "")
    return Inbound(InboundKind.POSTBACK, action=action, talk=talk, can_answer=can_answer)


def _unsend(event: Mapping[str, Any], can_answer: bool) -> Inbound:
    message_id = _id(_mapping(event.get("unsend")).get("messageId"))
    kind = InboundKind.UNSEND if message_id else InboundKind.OTHER
    return Inbound(kind, message_id=message_id, can_answer=can_answer)


def _plain(kind: InboundKind) -> Callable[[Mapping[str, Any], bool], Inbound]:
    return lambda _event, can_answer: Inbound(kind, can_answer=can_answer)


_other = _plain(InboundKind.OTHER)
_READERS: dict[str, Callable[[Mapping[str, Any], bool], Inbound]] = {
    "message": _message,
    "postback": _postback,
    "unsend": _unsend,
    "follow": _plain(InboundKind.FOLLOW),
    "unfollow": _plain(InboundKind.UNFOLLOW),
    "messageEdited": _plain(InboundKind.EDITED),
}


def _is_token(value: object) -> TypeGuard[str]:
    """Without a token that can be kept, the answer is pushed instead."""
    return isinstance(value, str) and value.isascii() and 0 < len(value) <= _LONGEST_TOKEN


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _id(value: object) -> str:
    return _clean(str(value or ""))[:_LONGEST_ID]


def _clean(value: object) -> str:
    """Text that every database and LINE itself takes: no NUL, no half surrogates."""
    if not isinstance(value, str):
        return ""
    whole = value.encode("utf-8", "replace").decode().replace("\x00", "")
    return whole[:_LONGEST_TEXT]
