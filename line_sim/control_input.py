"""Reads the JSON of the control API with errors that name the field; it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request

from line_sim.identifiers import CHAT_ID
from line_sim.phones import Choice

Json = dict[str, Any]
_MISSING = object()


class ControlError(Exception):
    """A control request cannot be carried out: a status, a sentence and helpful extras."""

    def __init__(self, status: int, message: str, more: Json | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.more = more or {}


@dataclass(frozen=True)
class Input:
    """The body of one control request."""

    body: Json

    @classmethod
    def read(cls) -> Input:
        """The request's JSON object; demanding JSON keeps other web pages from sending it."""
        if request.mimetype != "application/json":
            raise ControlError(415, "send JSON with content-type application/json")
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise ControlError(400, "the body must be a JSON object")
        return cls(body)

    def text(self, key: str, default: str) -> str:
        return str(self._typed(key, default, str, "a string"))

    def required(self, key: str) -> str:
        value = self.text(key, "")
        if not value:
            raise ControlError(400, f"{key} is missing")
        return value

    def word(self, key: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise ControlError(400, f"{key} must be one of {', '.join(allowed)}")
        return value

    def flag(self, key: str, default: bool) -> bool:
        return bool(self._typed(key, default, bool, "true or false"))

    def number(self, key: str, default: float) -> float:
        value = self._typed(key, default, int | float, "a number")
        if isinstance(value, bool):
            raise ControlError(400, f"{key} must be a number")
        return float(value)

    def object(self, key: str, default: Any = _MISSING) -> Json:
        if default is _MISSING and key not in self.body:
            raise ControlError(400, f"{key} is missing")
        return dict(self._typed(key, default, dict, "an object"))

    def strings(self, key: str) -> list[str]:
        return [str(each) for each in self._typed(key, [], list, "a list")]

    def user_id(self, key: str) -> str | None:
        value = self.text(key, "")
        if value and not (value.startswith("U") and CHAT_ID.fullmatch(value)):
            raise ControlError(400, f"{key} must look like U and 32 hexadecimal digits")
        return value or None

    def choice(self, choices: list[Choice]) -> Choice:
        """The choice meant by label or index; 404 lists what can be tapped."""
        wanted = self._narrowed(choices)
        label, index = self.text("label", ""), self.body.get("index")
        if label:
            found = [each for each in wanted if each.label == label]
        elif isinstance(index, int):
            found = wanted[index : index + 1] if index >= 0 else []
        else:
            raise ControlError(400, "label or index is missing")
        if not found:
            labels = [each.label for each in choices]
            raise ControlError(404, "nothing like that can be tapped now", {"labels": labels})
        return found[0]

    def _narrowed(self, choices: list[Choice]) -> list[Choice]:
        where, message_id = self.text("where", ""), self.text("message_id", "")
        return [
            each
            for each in choices
            if where in {"", each.where} and message_id in {"", each.message_id}
        ]

    def _typed(self, key: str, default: Any, kind: Any, what: str) -> Any:
        value = self.body.get(key)
        if value is None:
            return default
        if not isinstance(value, kind):
            raise ControlError(400, f"{key} must be {what}")
        return value
