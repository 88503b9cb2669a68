"""The gate every Messaging API call passes: token, faults, rate, size, JSON, request id, journal.

What a call means is decided behind it, in account.py, people.py and rich_menus.py.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, request

from line_sim import identifiers
from line_sim.account import Outcome
from line_sim.faults import Fault
from line_sim.journal import Call
from line_sim.platform import Platform
from line_sim.refusal import MONTHLY_LIMIT, RATE_LIMIT, Refusal

BODY_BYTES = 2 * 1024 * 1024
SERVER_ERROR = "An unexpected error has occurred on the server"
UNAUTHORISED = (
    "Authentication failed due to the following reason: invalid token. "
    "Confirm that the access token in the authorization header is valid."
)


@dataclass
class Answer:
    """What goes back: a JSON object, or bytes with their kind."""

    body: Any = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    mime: str = "application/json"


@dataclass
class Visit:
    """One call on its way through the gate: its journal entry and its JSON body."""

    call: Call
    body: dict[str, Any]


Handler = Callable[..., Answer | Outcome | dict[str, Any] | None]


class Door:
    """Registers API endpoints on a blueprint, all behind the same gate."""

    def __init__(self, platform: Platform) -> None:
        self.blueprint = Blueprint("messaging_api", __name__)
        self._platform = platform

    def add(self, rule: str, name: str, handler: Handler, method: str, raw: bool = False) -> None:
        """Serve `rule` with `handler(visit, **path)`; `raw` leaves the body's bytes alone."""

        def view(**path: str) -> Response:
            return self._pass(name, handler, path, raw)

        self.blueprint.add_url_rule(
            rule, f"{method}:{name}".replace(".", "-"), view, methods=[method]
        )

    def _pass(self, name: str, handler: Handler, path: dict[str, str], raw: bool) -> Response:
        started = time.monotonic()
        visit = Visit(self._call(name), {})
        struck: dict[str, Fault] = {}
        try:
            self._check_token()
            struck = self._platform.faults.api_strikes(name)
            visit.call.faults = list(struck)
            self._before(name, struck)
            visit.body = {} if raw or request.method != "POST" else _json_body()
            _note(visit)
            answer = self._answer(visit, handler(visit, **path))
            answer = _after(struck, answer)
        except Refusal as refusal:
            answer = Answer(refusal.body, refusal.status, refusal.headers)
        dropped = bool(struck.keys() & {"drop_before", "drop_after"})
        self._keep(visit.call, answer, started, 0 if dropped else answer.status)
        if dropped and not _hang_up():
            raise ConnectionAbortedError("the fault panel cut this connection")
        return self._response(visit.call, answer)

    def _call(self, name: str) -> Call:
        return Call(
            name,
            request.method,
            request.path,
            self._platform.clock.now_ms(),
            identifiers.request_id(),
            retry_key=request.headers.get("X-Line-Retry-Key"),
        )

    def _check_token(self) -> None:
        expected = f"Bearer {self._platform.config.channel_access_token}"
        if request.headers.get("Authorization", "").strip() != expected:
            raise Refusal(401, UNAUTHORISED)

    def _before(self, name: str, struck: dict[str, Fault]) -> None:
        """Faults that keep the call from being processed, then the real rate limit."""
        if "delay" in struck:
            time.sleep(struck["delay"].ms / 1000)
        if "drop_before" in struck or "error_500" in struck:
            raise Refusal(500, SERVER_ERROR)
        if "monthly_429" in struck:
            raise Refusal(429, MONTHLY_LIMIT)
        if "rate_429" in struck or not self._platform.rates.allows(name):
            raise Refusal(429, RATE_LIMIT)

    def _answer(self, visit: Visit, result: Answer | Outcome | dict[str, Any] | None) -> Answer:
        visit.call.accepted = True
        if isinstance(result, Answer):
            return result
        if isinstance(result, Outcome):
            visit.call.delivered = result.delivered
            visit.call.sent = result.sent
            return Answer(result.body)
        return Answer(result or {})

    def _keep(self, call: Call, answer: Answer, started: float, status: int) -> None:
        call.status = status
        call.ms = round((time.monotonic() - started) * 1000, 1)
        call.error = answer.body if answer.status >= 400 else None
        call.accepted_request_id = answer.headers.get("x-line-accepted-request-id")
        self._platform.journal.add(call)
        with self._platform.lock:
            self._platform.touch()

    def _response(self, call: Call, answer: Answer) -> Response:
        body = answer.body
        if answer.mime == "application/json":
            body = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        response = Response(body, answer.status, mimetype=answer.mime)
        response.headers["x-line-request-id"] = call.request_id
        response.headers.update(answer.headers)
        return response


def _after(struck: dict[str, Fault], answer: Answer) -> Answer:
    """The call was processed; the account shall believe it was not."""
    if "accepted_500" in struck or "drop_after" in struck:
        return Answer({"message": SERVER_ERROR}, 500)
    return answer


def _note(visit: Visit) -> None:
    """Write down what tests ask about, whatever becomes of the call."""
    visit.call.reply_token = visit.body.get("replyToken")
    visit.call.to = visit.body.get("to")
    messages = visit.body.get("messages")
    visit.call.messages = messages if isinstance(messages, list) else []


def _json_body() -> dict[str, Any]:
    if (request.content_length or 0) > BODY_BYTES:
        raise Refusal(413, "Request Entity Too Large")
    data = request.get_data(cache=False)
    if not data:
        return {}
    if len(data) > BODY_BYTES:
        raise Refusal(413, "Request Entity Too Large")
    if request.mimetype != "application/json":
        raise Refusal(415, f"The content type, {request.mimetype}, is not supported")
    try:
        body = json.loads(data)
    except json.JSONDecodeError as fault:
        place = f"(line: {fault.lineno}, column: {fault.colno})"
        raise Refusal(400, f"The request body could not be parsed as JSON {place}") from fault
    except (UnicodeDecodeError, RecursionError) as fault:
        raise Refusal(400, "The request body could not be parsed as JSON") from fault
    if not isinstance(body, dict):
        raise Refusal(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
    return body


def _hang_up() -> bool:
    """Cut the connection under the answer; False when the server gives no socket away."""
    connection = request.environ.get("gunicorn.socket") or request.environ.get("werkzeug.socket")
    if connection is None:
        return False
    connection.shutdown(socket.SHUT_RDWR)
    return True
