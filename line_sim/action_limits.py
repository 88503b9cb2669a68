"""The limits of actions: what a tap may carry, by the place the action stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from line_sim.findings import Check, Json, Path
from line_sim.text_length import graphemes, utf16_units

URI_SCHEMES = ("http", "https", "line", "tel")
_COMMON = ("postback", "message", "uri", "datetimepicker", "clipboard")
_ONLY_QUICK_REPLY = ("camera", "cameraRoll", "location")
_INPUT_OPTIONS = ("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")
_DATE_FORMATS = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime": "%Y-%m-%dT%H:%M"}
_DATE_SHAPES = {
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "time": re.compile(r"\d{2}:\d{2}"),
    "datetime": re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}"),
}
_ALIAS = re.compile(r"[a-z0-9_-]{1,32}")


@dataclass(frozen=True)
class Place:
    """Where an action stands: how long its label may be, whether it needs one, which kinds fit."""

    label_most: int
    label_required: bool
    kinds: tuple[str, ...] = _COMMON


QUICK_REPLY = Place(20, True, (*_COMMON, *_ONLY_QUICK_REPLY))
TEMPLATE = Place(20, True)
TEMPLATE_DEFAULT = Place(20, False)
IMAGE_CAROUSEL = Place(12, False)
FLEX_BUTTON = Place(40, True)
FLEX_OTHER = Place(40, False)
RICH_MENU = Place(20, False, (*_COMMON, "richmenuswitch"))


def check_action(check: Check, action: Json, path: Path, place: Place) -> None:
    """Judge one action object; findings land in `check`."""
    kind = check.one_of(action, "type", path, place.kinds, required=True)
    if kind is None:
        return
    required = place.label_required or kind in _ONLY_QUICK_REPLY
    check.text(action, "label", path, place.label_most, required=required)
    judge = _KINDS.get(kind)
    if judge:
        judge(check, action, path)


def _postback(check: Check, action: Json, path: Path) -> None:
    check.text(action, "data", path, 300, required=False, count=utf16_units)
    if not isinstance(action.get("data"), str):
        check.add((*path, "data"), "May not be null")
    for key in ("displayText", "text"):
        check.text(action, key, path, 300, required=False)
    if action.get("displayText") is not None and action.get("text") is not None:
        check.add((*path, "displayText"), "displayText and text may not both be specified")
    option = check.one_of(action, "inputOption", path, _INPUT_OPTIONS)
    if check.text(action, "fillInText", path, 300, required=False) and option != "openKeyboard":
        check.add((*path, "fillInText"), "fillInText needs inputOption openKeyboard")


def _message(check: Check, action: Json, path: Path) -> None:
    check.text(action, "text", path, 300)


def _uri(check: Check, action: Json, path: Path) -> None:
    check.url(action, "uri", path, schemes=URI_SCHEMES, most=1000)
    alternative = check.object(action, "altUri", path)
    if alternative is not None:
        place = (*path, "altUri")
        check.url(alternative, "desktop", place, schemes=URI_SCHEMES, most=1000)


def _clipboard(check: Check, action: Json, path: Path) -> None:
    check.text(action, "clipboardText", path, 1000, count=graphemes)


def _rich_menu_switch(check: Check, action: Json, path: Path) -> None:
    check.text(action, "data", path, 300, count=utf16_units)
    alias = check.text(action, "richMenuAliasId", path, 32)
    if alias is not None and not _ALIAS.fullmatch(alias):
        check.add((*path, "richMenuAliasId"), "invalid richMenuAliasId")


def _datetime_picker(check: Check, action: Json, path: Path) -> None:
    check.text(action, "data", path, 300, count=utf16_units)
    mode = check.one_of(action, "mode", path, tuple(_DATE_FORMATS), required=True)
    if mode is None:
        return
    values = {key: _moment(check, action, key, path, mode) for key in ("initial", "min", "max")}
    low, high = values["min"], values["max"]
    if low and high and low >= high:
        check.add((*path, "min"), "min must be less than max")


def _moment(check: Check, action: Json, key: str, path: Path, mode: str) -> datetime | None:
    value = action.get(key)
    if value is None:
        return None
    text = str(value).replace("t", "T")
    try:
        if not _DATE_SHAPES[mode].fullmatch(text):
            raise ValueError(text)
        moment = datetime.strptime(text, _DATE_FORMATS[mode])  # noqa: DTZ007 - LINE sends no zone
    except ValueError:
        check.add((*path, key), f"invalid {mode} format")
        return None
    if mode != "time" and not 1900 <= moment.year <= 2100:
        check.add((*path, key), "Must be between 1900-01-01 and 2100-12-31")
    return moment


_KINDS = {
    "postback": _postback,
    "message": _message,
    "uri": _uri,
    "clipboard": _clipboard,
    "richmenuswitch": _rich_menu_switch,
    "datetimepicker": _datetime_picker,
}
