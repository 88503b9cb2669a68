"""LINE's way in: check the signature over the raw bytes, split the body, keep, answer 200.

No event is parsed further than keeping it needs, and no LINE library is used (ADR 0002).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from bot.line.body import BodyRefused, split
from desk.arrivals import Arrival
from desk.counters import Counters
from desk.intake import Intake, NotKept

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/line/webhook"
MOST_BYTES = 1024 * 1024
"""Far above what LINE sends in one body; a larger one is refused before it is read."""
_KEEP_WITHIN = 0.9
"""Seconds. LINE waits two; an answer of 503 makes it send the events again."""

log = logging.getLogger("genkan.webhook")


def signature_matches(secret: str, body: bytes, signature: str | None) -> bool:
    """LINE's check: base64 of HMAC-SHA256 over the raw body (verify-webhook-signature)."""
    if not signature:
        return False
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(digest), signature.encode("utf-8", "replace"))


class Webhook:
    """`POST /line/webhook` in front of the Flask app.

    Plain WSGI, because every message of every resident passes here: sessions, routing and response
    objects, which no webhook needs, would cost more than keeping the events.
    """

    def __init__(self, app: WSGIApplication, secret: str, intake: Intake, counters: Counters):
        self._app = app
        self._secret = secret
        self._intake = intake
        self._counters = counters

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return self._app(environ, start_response)
        status = self._status(environ)
        text = status.phrase.encode()
        headers = [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))]
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers.append(("Allow", "POST"))
        start_response(f"{status.value} {status.phrase}", headers)
        return [text]

    def _status(self, environ: WSGIEnvironment) -> HTTPStatus:
        """What LINE is told; only 200 says that the events are kept."""
        if environ["REQUEST_METHOD"] != "POST":
            return HTTPStatus.METHOD_NOT_ALLOWED
        body = _read(environ)
        if body is None:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if not signature_matches(self._secret, body, environ.get("HTTP_X_LINE_SIGNATURE")):
            self._counters.add("webhook_bad_signature")
            return HTTPStatus.UNAUTHORIZED
        try:
            arrivals = split(body, datetime.now(UTC))
        except BodyRefused:
            self._counters.add("webhook_bad_body")
            return HTTPStatus.BAD_REQUEST
        return self._keep(arrivals) if arrivals else HTTPStatus.OK

    def _keep(self, arrivals: list[Arrival]) -> HTTPStatus:
        try:
            self._intake.keep(arrivals, _KEEP_WITHIN)
        except NotKept as error:
            log.error("events not kept (%s); LINE is asked to send them again", error)
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.OK


def _read(environ: WSGIEnvironment) -> bytes | None:
    """The raw body, or None when it is larger than LINE would ever send."""
    length = environ.get("CONTENT_LENGTH") or ""
    wanted = int(length) if length.isdecimal() else MOST_BYTES + 1
    if length and wanted > MOST_BYTES:
        return None
    body: bytes = environ["wsgi.input"].read(wanted)
    return body if len(body) <= MOST_BYTES else None
