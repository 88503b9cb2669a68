"""The security headers of every response."""

from __future__ import annotations

from flask import Response, g

_POLICY = (
    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
    "object-src 'none'"
)


def harden(response: Response) -> Response:
    """Nothing from elsewhere, nothing inline, no framing; nothing personal stays in a cache."""
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if "signed_in" in g or "personal" in g:
        response.headers["Cache-Control"] = "no-store"
    return response
