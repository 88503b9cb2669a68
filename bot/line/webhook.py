"""LINE's way in: check the signature over the raw bytes, split the body, keep, answer 200.

No event is parsed further than keeping it needs, and no LINE library is used (ADR 0002).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import TimeoutError as KeepTimeout
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, request

from desk.arrivals import Arrival
from desk.counters import Counters
from desk.intake import Intake

MOST_BYTES = 1024 * 1024
"""Far above what LINE sends in one body; a larger one is refused before it is read."""
_MOST_AHEAD_MS = 24 * 60 * 60 * 1000
_KEEP_WITHIN = 0.9
"""Seconds. LINE waits two; an answer of 503 makes it send the events again."""

log = logging.getLogger("genkan.webhook")


class BodyRefused(ValueError):
    """The body is signed but is not a webhook body."""


def signature_matches(secret: str, body: bytes, signature: str | None) -> bool:
    """LINE's check: base64 of HMAC-SHA256 over the raw body (verify-webhook-signature)."""
    if not signature:
        return False
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(digest), signature.encode("utf-8", "replace"))


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


def blueprint(secret: str, intake: Intake, counters: Counters) -> Blueprint:
    """The route `POST /line/webhook`."""
    line = Blueprint("line", __name__)

    @line.post("/line/webhook")
    def webhook() -> Response:
        if (request.content_length or 0) > MOST_BYTES:
            return _plain(413, "body too large")
        body = request.get_data(cache=False)
        if not signature_matches(secret, body, request.headers.get("X-Line-Signature")):
            counters.add("webhook_bad_signature")
            return _plain(401, "signature does not match")
        try:
            arrivals = split(body, datetime.now(UTC))
        except BodyRefused as error:
            counters.add("webhook_bad_body")
            return _plain(400, str(error))
        return _keep(intake, arrivals)

    return line


def _keep(intake: Intake, arrivals: list[Arrival]) -> Response:
    if not arrivals:
        return _plain(200, "ok")
    try:
        intake.keep(arrivals, _KEEP_WITHIN)
    except KeepTimeout:
        log.error("events not kept in time; LINE is asked to send them again")
        return _plain(503, "busy")
    except Exception as error:  # whatever it was, only a 200 may say that the events are kept
        log.error("events not kept: %s", type(error).__name__)
        return _plain(503, "not kept")
    return _plain(200, "ok")


def _plain(status: int, text: str) -> Response:
    return Response(text, status, mimetype="text/plain")


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
    source_kind, source_id = _source(fields.get("source"))
    return Arrival(
        event_id=_event_id(fields.get("webhookEventId"), raw),
        source_kind=source_kind,
        source_id=source_id,
        event_ms=_event_ms(fields.get("timestamp"), now),
        kind=_kind(fields),
        raw=raw,
    )


_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _source(source: object) -> tuple[str, str]:
    if isinstance(source, dict):
        for kind in ("user", "group", "room"):
            value = source.get(f"{kind}Id")
            known = isinstance(value, str) and _PLAIN_ID.fullmatch(value)
            if source.get("type") == kind and known:
                return kind, str(value)
    return "none", ""


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
