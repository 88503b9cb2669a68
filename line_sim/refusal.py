"""LINE's refusals: a status with an error body; why something is refused is decided elsewhere."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
MONTHLY_LIMIT = "You have reached your monthly limit."
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."


class Refusal(Exception):
    """The platform refuses: a status and LINE's error body."""

    def __init__(self, status: int, body: Json | str, headers: dict[str, str] | None = None):
        super().__init__(status)
        self.status = status
        self.body = {"message": body} if isinstance(body, str) else body
        self.headers = headers or {}
