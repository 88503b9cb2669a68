"""Cutting a signed webhook body into events, whatever each of them holds. Nothing is kept here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.line.inbound import sender_of
from desk.arrivals import Arrival

_MOST_AHEAD_MS = 24 * 60 * 60 * 1000


class BodyRefused(ValueError):
    """The body is signed but is not a webhook body."""


def split(body: bytes, now: datetime) -> list[Arrival]:
    """The events of a body; each is kept whatever it holds. `BodyRefused` for anything else."""
    try:
        events = _load(body)["events"]
        if not isinstance(events, list):
            raise BodyRefused("events is not a list")
        return [_arrival(event, now, json.dumps(event)) for event in events]
    except RecursionError:
        return _split_by_brackets(body, now)
    except (ValueError, KeyError, TypeError) as error:
        raise BodyRefused("not a webhook body") from error


def _number(digits: str) -> float:
    """Python refuses to read whole numbers of thousands of digits; no event is lost for one."""
    return int(digits) if len(digits) < 20 else float(digits)


def _load(body: bytes | str) -> Any:
    return json.loads(body, parse_int=_number)


_SIGNS = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{},]')


def _split_by_brackets(body: bytes, now: datetime) -> list[Arrival]:
    """One event nested beyond all measure must not lose its neighbours."""
    arrivals = [_arrival(_load_piece(piece), now, piece) for piece in _pieces(body)]
    if not arrivals:
        raise BodyRefused("not a webhook body")
    return arrivals


def _pieces(body: bytes) -> Iterator[str]:
    """The events of a body nested too deeply to be read at once, cut out by brackets alone."""
    text = body.decode("utf-8", "replace")
    depth, start, previous = 0, None, ""
    for found in _SIGNS.finditer(text):
        sign = found.group()
        if sign in "]}" or sign == ",":
            depth -= sign != ","
            ends = start is not None and depth == (2 if sign == "," else 1)
            if ends and text[start : found.start()].strip():
                yield text[start : found.start()]
            if ends:
                start = found.end() if sign == "," else None
        elif sign in "[{":
            depth += 1
            if depth == 2 and sign == "[" and previous == '"events"':
                start = found.end()
        previous = sign


def _load_piece(piece: str) -> object:
    try:
        return _load(piece)
    except (ValueError, RecursionError):
        return None


def _arrival(event: object, now: datetime, raw: str) -> Arrival:
    """Read what keeping needs, tolerating everything: a strange event is set aside later."""
    fields: Mapping[str, Any] = event if isinstance(event, dict) else {}
    source_kind, source_id = sender_of(fields.get("source"))
    return Arrival(
        event_id=_event_id(fields.get("webhookEventId"), raw),
        source_kind=source_kind,
        source_id=source_id,
        event_ms=_event_ms(fields.get("timestamp"), now),
        kind=_kind(fields),
        raw=raw,
    )


_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _event_id(value: object, raw: str) -> str:
    if isinstance(value, str) and _PLAIN_ID.fullmatch(value):
        return value
    return "sha256:" + hashlib.sha256(raw.encode()).hexdigest()


def _event_ms(value: object, now: datetime) -> int:
    """LINE's time of the event; ours when there is none, or one that no clock can show."""
    now_ms = int(now.timestamp() * 1000)
    if isinstance(value, int | float) and 0 < value < now_ms + _MOST_AHEAD_MS:
        return int(value)
    return now_ms


def _kind(event: Mapping[str, Any]) -> str:
    """`follow`, `message.text` …; anything that is not a plain word becomes `unknown`."""
    kind = _word(event.get("type"))
    message = event.get("message")
    if kind == "message" and isinstance(message, dict):
        return f"message.{_word(message.get('type'))}"
    return kind


def _word(value: object) -> str:
    return value if isinstance(value, str) and re.fullmatch(r"\w{1,25}", value, re.A) else "unknown"
