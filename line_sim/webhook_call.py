"""One webhook request: its signature, its two seconds, its outcome; no queue and no faults."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 2.0


def sign(channel_secret: str, body: bytes) -> str:
    """The value of `x-line-signature`: base64 of HMAC-SHA256 over exactly these bytes."""
    return base64.b64encode(hmac.digest(channel_secret.encode(), body, hashlib.sha256)).decode()


@dataclass
class Result:
    """What one request met: a status, or the reason LINE's console would show."""

    status: int | None
    reason: str
    ms: float

    @property
    def ok(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def post_webhook(url: str, body: bytes, headers: dict[str, str]) -> Result:
    """POST the bytes and wait two seconds at most; never raises for the network."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS)
    started = time.monotonic()
    status, reason = None, "unclassified"
    try:
        connection.request("POST", _target(parts.path, parts.query), body, headers)
        status = connection.getresponse().status
        reason = "ok" if 200 <= status < 300 else "error_status_code"
    except TimeoutError:
        reason = "request_timeout"
    except ConnectionRefusedError:
        reason = "could_not_connect"
    except (OSError, HTTPException, ValueError):
        reason = "unclassified"
    finally:
        connection.close()
    return Result(status, reason, round((time.monotonic() - started) * 1000, 1))


def _target(path: str, query: str) -> str:
    return (path or "/") + (f"?{query}" if query else "")
