"""LINE's limits on messages that its SDK does not enforce; names every fault, sends nothing.

Counting follows LINE: text of a bubble in UTF-16 units, labels and the texts of actions and
templates in grapheme clusters.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

TEXT = 5_000
ALT_TEXT = 1_500
LABEL, FLEX_LABEL, IMAGE_LABEL = 20, 40, 12
DATA = 300
DISPLAY_TEXT = 300
URI, MEDIA_URL = 1_000, 2_000
CLIPBOARD = 1_000
QUICK_REPLIES = 13
SENDER = 20
BUBBLES = 5
BODY_BYTES = 2 * 1024 * 1024
FLEX_BUBBLE_BYTES, FLEX_CAROUSEL_BYTES, FLEX_BUBBLES = 30 * 1024, 50 * 1024, 12
PLACE = 100
SCHEMES = ("http", "https", "line", "tel")
_SIZES = ("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")
_QUICK_REPLY_ONLY = ("camera", "cameraRoll", "location")


def faults_in_call(messages: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every fault of one reply or push: count, size, and each message."""
    found = [f"message {n}: {fault}" for n, m in enumerate(messages) for fault in faults(m)]
    if not 1 <= len(messages) <= BUBBLES:
        found.append(f"{len(messages)} messages in one call, 1 to {BUBBLES} are allowed")
    if _size(list(messages)) > BODY_BYTES:
        found.append("the call is larger than 2 MB")
    return found


def faults(message: Mapping[str, Any]) -> list[str]:
    """Every fault of one message object; an empty list when LINE will take it."""
    check = _MESSAGES.get(str(message.get("type")))
    if check is None:
        return [f"type {message.get('type')} is not a message that can be sent"]
    return [*check(message), *_quick_replies(message), *_sender(message)]


def units(text: str) -> int:
    """UTF-16 units: an emoji counts two or more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Grapheme clusters, counted from Unicode categories; never fewer than a reader would see."""
    seen, joined, flags = 0, False, 0
    for sign in text:
        flag = 0x1F1E6 <= ord(sign) <= 0x1F1FF
        flags = flags + 1 if flag else 0
        extends = _extends(sign) or joined or (flag and flags % 2 == 0)
        seen += 0 if extends and seen else 1
        joined = sign == "\u200d"
    return seen


def _extends(sign: str) -> bool:
    """Combining marks, joiners, variation selectors and skin tones belong to the sign before."""
    tone = 0x1F3FB <= ord(sign) <= 0x1F3FF
    return tone or sign == "\u200d" or unicodedata.category(sign) in ("Mn", "Me")


def _text(message: Mapping[str, Any]) -> Iterator[str]:
    yield from _length("text", message.get("text"), units, TEXT)


def _text_v2(message: Mapping[str, Any]) -> Iterator[str]:
    yield from _text(message)
    text = str(message.get("text", "")).replace("{{", "").replace("}}", "")
    named = set(message.get("substitution") or {})
    for part in text.split("{")[1:]:
        if part.partition("}")[0] not in named:
            yield "text: a brace is neither doubled nor a known substitution"


def _flex(message: Mapping[str, Any]) -> Iterator[str]:
    yield from _length("altText", message.get("altText"), units, ALT_TEXT)
    contents = message.get("contents") or {}
    if contents.get("type") == "bubble":
        yield from _bubble(contents)
    elif contents.get("type") == "carousel":
        yield from _carousel(contents)
    else:
        yield "contents: a flex message holds a bubble or a carousel"


def _carousel(contents: Mapping[str, Any]) -> Iterator[str]:
    bubbles = contents.get("contents") or []
    if not 1 <= len(bubbles) <= FLEX_BUBBLES:
        yield f"carousel: {len(bubbles)} bubbles, 1 to {FLEX_BUBBLES} are allowed"
    if len({b.get("size", "mega") for b in bubbles}) > 1:
        yield "carousel: all bubbles need one width"
    if _size(contents) > FLEX_CAROUSEL_BYTES:
        yield "carousel: larger than 50 KB"
    for bubble in bubbles:
        yield from _bubble(bubble)


def _bubble(bubble: Mapping[str, Any]) -> Iterator[str]:
    if bubble.get("size", "mega") not in _SIZES:
        yield f"bubble: size {bubble.get('size')} does not exist"
    if _size(bubble) > FLEX_BUBBLE_BYTES:
        yield "bubble: larger than 30 KB"
    for part in _parts(bubble):
        yield from _component(part)


def _component(part: Mapping[str, Any]) -> Iterator[str]:
    if part.get("type") == "text" and not (part.get("text") or part.get("contents")):
        yield "flex text: empty"
    if part.get("type") == "box" and "contents" not in part:
        yield "flex box: without contents"
    if part.get("type") in ("image", "icon"):
        yield from _media_url("flex image url", part.get("url"))
    if "action" in part:
        yield from _action(part["action"], FLEX_LABEL, needs_label=part.get("type") == "button")


def _parts(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every component below a bubble, actions left inside their component."""
    if isinstance(node, Mapping):
        if node.get("type") not in ("bubble", None):
            yield node
        for name, below in node.items():
            if name != "action":
                yield from _parts(below)
    elif isinstance(node, list):
        for below in node:
            yield from _parts(below)


def _template(message: Mapping[str, Any]) -> Iterator[str]:
    yield from _length("altText", message.get("altText"), units, ALT_TEXT)
    template = message.get("template") or {}
    check = _TEMPLATES.get(str(template.get("type")))
    if check is None:
        yield f"template type {template.get('type')} does not exist"
    else:
        yield from check(template)


def _buttons(template: Mapping[str, Any]) -> Iterator[str]:
    short = template.get("title") or template.get("thumbnailImageUrl")
    yield from _title_and_text("buttons", template, 60 if short else 160)
    yield from _actions("buttons", template.get("actions") or [], 1, 4)


def _confirm(template: Mapping[str, Any]) -> Iterator[str]:
    yield from _length("confirm text", template.get("text"), graphemes, 240)
    yield from _actions("confirm", template.get("actions") or [], 2, 2)


def _template_carousel(template: Mapping[str, Any]) -> Iterator[str]:
    columns = template.get("columns") or []
    if not 1 <= len(columns) <= 10:
        yield f"carousel: {len(columns)} columns, 1 to 10 are allowed"
    if len({len(c.get("actions") or []) for c in columns}) > 1:
        yield "carousel: every column needs the same number of actions"
    for column in columns:
        short = column.get("title") or column.get("thumbnailImageUrl")
        yield from _title_and_text("column", column, 60 if short else 120)
        yield from _actions("column", column.get("actions") or [], 1, 3)


def _image_carousel(template: Mapping[str, Any]) -> Iterator[str]:
    columns = template.get("columns") or []
    if not 1 <= len(columns) <= 10:
        yield f"image carousel: {len(columns)} columns, 1 to 10 are allowed"
    for column in columns:
        yield from _media_url("imageUrl", column.get("imageUrl"))
        yield from _action(column.get("action") or {}, IMAGE_LABEL)


def _title_and_text(where: str, holder: Mapping[str, Any], longest: int) -> Iterator[str]:
    if "title" in holder:
        yield from _length(f"{where} title", holder["title"], graphemes, 40)
    yield from _length(f"{where} text", holder.get("text"), graphemes, longest)


def _actions(
    where: str, actions: Sequence[Mapping[str, Any]], fewest: int, most: int
) -> Iterator[str]:
    if not fewest <= len(actions) <= most:
        yield f"{where}: {len(actions)} actions, {fewest} to {most} are allowed"
    for action in actions:
        yield from _action(action, LABEL)


def _action(
    action: Mapping[str, Any], longest_label: int, *, needs_label: bool = True, quick: bool = False
) -> Iterator[str]:
    kind = str(action.get("type"))
    if needs_label or "label" in action:
        yield from _length(f"{kind} label", action.get("label"), graphemes, longest_label)
    if kind in _QUICK_REPLY_ONLY and not quick:
        yield f"{kind}: only in a quick reply"
    if kind == "richmenuswitch" and quick:
        yield "richmenuswitch: never in a quick reply"
    if kind == "uri":
        yield from _uri(action.get("uri"))
    for name, (count, longest, needed) in _ACTION_FIELDS.get(kind, {}).items():
        if needed or name in action:
            yield from _length(f"{kind} {name}", action.get(name), count, longest)


def _uri(uri: object) -> Iterator[str]:
    yield from _length("uri", uri, units, URI)
    if urlsplit(str(uri)).scheme not in SCHEMES:
        yield f"uri: the scheme must be one of {', '.join(SCHEMES)}"


def _media_url(where: str, url: object) -> Iterator[str]:
    yield from _length(where, url, units, MEDIA_URL)
    if urlsplit(str(url)).scheme != "https":
        yield f"{where}: must be https"


def _picture(message: Mapping[str, Any]) -> Iterator[str]:
    yield from _media_url("originalContentUrl", message.get("originalContentUrl"))
    yield from _media_url("previewImageUrl", message.get("previewImageUrl"))


def _audio(message: Mapping[str, Any]) -> Iterator[str]:
    yield from _media_url("originalContentUrl", message.get("originalContentUrl"))
    if not isinstance(message.get("duration"), int) or message["duration"] <= 0:
        yield "duration: milliseconds above 0"


def _location(message: Mapping[str, Any]) -> Iterator[str]:
    yield from _length("title", message.get("title"), graphemes, PLACE)
    yield from _length("address", message.get("address"), graphemes, PLACE)


def _sticker(message: Mapping[str, Any]) -> Iterator[str]:
    if not (message.get("packageId") and message.get("stickerId")):
        yield "sticker: packageId and stickerId are needed"


def _quick_replies(message: Mapping[str, Any]) -> Iterator[str]:
    if "quickReply" not in message:
        return
    items = message["quickReply"].get("items") or []
    if not 1 <= len(items) <= QUICK_REPLIES:
        yield f"quickReply: {len(items)} items, 1 to {QUICK_REPLIES} are allowed"
    for item in items:
        yield from _action(item.get("action") or {}, LABEL, quick=True)


def _sender(message: Mapping[str, Any]) -> Iterator[str]:
    sender = message.get("sender") or {}
    if "name" in sender:
        yield from _length("sender name", sender["name"], units, SENDER)
        if "line" in str(sender["name"]).casefold():
            yield "sender name: LINE refuses its own name in it"
    if "iconUrl" in sender:
        yield from _media_url("sender iconUrl", sender["iconUrl"])


def _length(where: str, text: object, count: Callable[[str], int], longest: int) -> Iterator[str]:
    if not isinstance(text, str) or not text:
        yield f"{where}: empty"
    elif count(text) > longest:
        yield f"{where}: {count(text)} characters, at most {longest}"


def _size(node: Any) -> int:
    return len(json.dumps(node, ensure_ascii=False, separators=(",", ":")).encode())


_ACTION_FIELDS: Mapping[str, Mapping[str, tuple[Callable[[str], int], int, bool]]] = {
    "postback": {
        "data": (units, DATA, True),
        "displayText": (graphemes, DISPLAY_TEXT, False),
        "text": (graphemes, DISPLAY_TEXT, False),
        "fillInText": (graphemes, DISPLAY_TEXT, False),
    },
    "message": {"text": (graphemes, DISPLAY_TEXT, True)},
    "clipboard": {"clipboardText": (units, CLIPBOARD, True)},
    "datetimepicker": {"data": (units, DATA, True)},
    "richmenuswitch": {"data": (units, DATA, True)},
}
_TEMPLATES: Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "buttons": _buttons,
    "confirm": _confirm,
    "carousel": _template_carousel,
    "image_carousel": _image_carousel,
}
_MESSAGES: Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "text": _text,
    "textV2": _text_v2,
    "flex": _flex,
    "template": _template,
    "image": _picture,
    "video": _picture,
    "audio": _audio,
    "location": _location,
    "sticker": _sticker,
}
