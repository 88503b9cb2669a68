"""Every limit of LINE's on message objects, with the error body LINE would answer.

Pure: it knows nothing of residents, tokens or time. The counting rules stand in text_length.
"""

from __future__ import annotations

import re
from typing import Any

from line_sim.action_limits import QUICK_REPLY, check_action
from line_sim.findings import Check, Finding, Json, Path
from line_sim.flex_limits import check_flex
from line_sim.template_limits import check_template
from line_sim.text_length import utf16_units

MESSAGE_TYPES = (
    "text",
    "textV2",
    "sticker",
    "image",
    "video",
    "audio",
    "location",
    "imagemap",
    "template",
    "flex",
)
_RESERVED_NAME = re.compile(r"line", re.IGNORECASE)
_UNIT_NAME = re.compile(r"[A-Za-z0-9_]{1,30}")
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{(\w{1,20})\}|[{}]")


def messages_error(body: Json) -> Json | None:
    """LINE's 400 body for `messages`, or None when all of them may be sent."""
    check = Check()
    flex_faults: dict[int, list[Finding]] = {}
    for message, path in check.objects(body, "messages", (), 1, 5):
        faults = _check_message(check, message, path)
        if faults:
            flex_faults[int(path[-1])] = faults
    if check.findings:
        return error_body(check.findings)
    if flex_faults:
        return _flex_error(*next(iter(flex_faults.items())))
    return None


def options_error(body: Json) -> Json | None:
    """LINE's 400 body for the switches beside `messages`."""
    check = Check()
    if not isinstance(body.get("notificationDisabled", False), bool):
        check.add(("notificationDisabled",), "Must be a boolean")
    units = body.get("customAggregationUnits")
    if units is not None:
        _check_units(check, units)
    return error_body(check.findings) if check.findings else None


def error_body(findings: list[Finding]) -> Json:
    """The error body for faults outside Flex contents."""
    details = [{"message": each.message, "property": each.dotted} for each in findings]
    return {"message": f"The request body has {len(details)} error(s)", "details": details}


def _flex_error(index: int, findings: list[Finding]) -> Json:
    details = [{"message": each.message, "property": each.pointer} for each in findings]
    return {
        "message": f"A message (messages[{index}]) in the request body is invalid",
        "details": details,
    }


def _check_units(check: Check, units: Any) -> None:
    path: Path = ("customAggregationUnits",)
    if not isinstance(units, list) or len(units) > 1:
        check.add(path, "Size must be between 0 and 1")
    elif units and not (isinstance(units[0], str) and _UNIT_NAME.fullmatch(units[0])):
        check.add((*path, 0), "Must be 1 to 30 half-width alphanumeric characters or underscores")


def _check_message(check: Check, message: Json, path: Path) -> list[Finding]:
    """Judge one message; faults inside Flex contents are returned apart: LINE words them apart."""
    kind = check.one_of(message, "type", path, MESSAGE_TYPES, required=True)
    if kind is None:
        return []
    _quick_reply(check, message, path)
    _sender(check, message, path)
    if kind == "flex":
        return _flex(check, message, path)
    _KINDS[kind](check, message, path)
    return []


def _flex(check: Check, message: Json, path: Path) -> list[Finding]:
    check.text(message, "altText", path, 1500)
    contents = check.object(message, "contents", path, required=True)
    inside = Check()
    if contents is not None:
        check_flex(inside, contents)
    return inside.findings


def _quick_reply(check: Check, message: Json, path: Path) -> None:
    quick_reply = check.object(message, "quickReply", path)
    if quick_reply is None:
        return
    place = (*path, "quickReply")
    for item, item_path in check.objects(quick_reply, "items", place, 1, 13):
        check.one_of(item, "type", item_path, ("action",))
        check.url(item, "imageUrl", item_path, required=False)
        action = check.object(item, "action", item_path, required=True)
        if action is not None:
            check_action(check, action, (*item_path, "action"), QUICK_REPLY)


def _sender(check: Check, message: Json, path: Path) -> None:
    sender = check.object(message, "sender", path)
    if sender is None:
        return
    place = (*path, "sender")
    name = check.text(sender, "name", place, 20, required=False)
    if name and _RESERVED_NAME.search(name):
        check.add((*place, "name"), "A word that may not be used is included")
    check.url(sender, "iconUrl", place, required=False)


def _text(check: Check, message: Json, path: Path) -> None:
    check.text(message, "text", path, 5000, count=utf16_units)
    if isinstance(message.get("emojis"), list):
        for emoji, place in check.objects(message, "emojis", path, 0, 20):
            check.integer(emoji, "index", place, 0, 5000, required=True)
            check.text(emoji, "productId", place, 100)
            check.text(emoji, "emojiId", place, 100)


def _text_v2(check: Check, message: Json, path: Path) -> None:
    text = check.text(message, "text", path, 5000, count=utf16_units)
    substitution = check.object(message, "substitution", path) or {}
    for found in _PLACEHOLDER.finditer(text or ""):
        if found[0] in {"{{", "}}"}:
            continue
        if found[1] is None or found[1] not in substitution:
            check.add((*path, "text"), "Invalid placeholder: escape braces as {{ and }}")
            return


def _sticker(check: Check, message: Json, path: Path) -> None:
    for key in ("packageId", "stickerId"):
        check.text(message, key, path, 20)


def _image(check: Check, message: Json, path: Path) -> None:
    check.url(message, "originalContentUrl", path)
    check.url(message, "previewImageUrl", path)


def _video(check: Check, message: Json, path: Path) -> None:
    _image(check, message, path)
    check.text(message, "trackingId", path, 100, required=False)


def _audio(check: Check, message: Json, path: Path) -> None:
    check.url(message, "originalContentUrl", path)
    check.integer(message, "duration", path, 1, 2**53, required=True)


def _location(check: Check, message: Json, path: Path) -> None:
    check.text(message, "title", path, 100)
    check.text(message, "address", path, 100)
    check.number(message, "latitude", path, -90, 90)
    check.number(message, "longitude", path, -180, 180)


def _imagemap(check: Check, message: Json, path: Path) -> None:
    check.url(message, "baseUrl", path)
    check.text(message, "altText", path, 1500)
    size = check.object(message, "baseSize", path, required=True)
    if size is not None:
        check.integer(size, "width", (*path, "baseSize"), 1040, 1040, required=True)
        check.integer(size, "height", (*path, "baseSize"), 1, 1_000_000, required=True)
    for action, place in check.objects(message, "actions", path, 0, 50):
        check.one_of(action, "type", place, ("uri", "message", "clipboard"), required=True)
        check.object(action, "area", place, required=True)


_KINDS = {
    "text": _text,
    "textV2": _text_v2,
    "sticker": _sticker,
    "image": _image,
    "video": _video,
    "audio": _audio,
    "location": _location,
    "imagemap": _imagemap,
    "template": check_template,
}
