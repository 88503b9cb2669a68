"""The limits of Flex contents: sizes, known properties, components that may stand where."""

from __future__ import annotations

import json
import re

from line_sim.action_limits import FLEX_BUTTON, FLEX_OTHER, check_action
from line_sim.findings import Check, Json, Path
from line_sim.flex_looks import (
    OFFSETS,
    PADDING,
    PIXELS,
    PIXELS_OR_SHARE,
    TEXT_SIZES,
    check_aspect_ratio,
    check_colour,
    check_looks,
    check_measure,
)

BUBBLE_BYTES = 30 * 1024
CAROUSEL_BYTES = 50 * 1024
SIZES = ("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")

_PLACED = OFFSETS | {"type", "flex", "margin"}
_SPAN = {"type", "text", "size", "color", "weight", "style", "decoration"}
_PROPERTIES: dict[str, set[str]] = {
    "box": _PLACED
    | PADDING
    | {"layout", "contents", "spacing", "backgroundColor", "borderColor", "borderWidth"}
    | {"cornerRadius", "width", "maxWidth", "height", "maxHeight", "action", "background"}
    | {"justifyContent", "alignItems"},
    "button": _PLACED | {"action", "height", "style", "color", "gravity", "adjustMode", "scaling"},
    "text": _PLACED
    | _SPAN
    | {"align", "gravity", "wrap", "lineSpacing", "maxLines", "action", "contents"}
    | {"adjustMode", "scaling"},
    "span": _SPAN,
    "image": _PLACED
    | {"url", "align", "gravity", "size", "aspectRatio", "aspectMode", "backgroundColor"}
    | {"action", "animated"},
    "icon": OFFSETS | {"type", "url", "margin", "size", "aspectRatio", "scaling"},
    "video": {"type", "url", "previewUrl", "altContent", "aspectRatio", "action"},
    "separator": {"type", "margin", "color"},
    "filler": {"type", "flex"},
}
_BUBBLE = {"type", "size", "direction", "header", "hero", "body", "footer", "styles", "action"}
_CHILDREN = {
    "horizontal": ("box", "button", "image", "text", "separator", "filler"),
    "vertical": ("box", "button", "image", "text", "separator", "filler"),
    "baseline": ("icon", "text", "filler"),
}


def check_flex(check: Check, contents: Json) -> None:
    """Judge the contents of a Flex message; paths start at the container."""
    kind = check.one_of(contents, "type", (), ("bubble", "carousel"), required=True)
    if kind == "bubble":
        _bubble(check, contents, ())
    elif kind == "carousel":
        _carousel(check, contents)


def _carousel(check: Check, carousel: Json) -> None:
    _unknown(check, carousel, (), {"type", "contents"})
    widths = set()
    for bubble, place in check.objects(carousel, "contents", (), 1, 12):
        if check.one_of(bubble, "type", place, ("bubble",), required=True):
            _bubble(check, bubble, place)
            widths.add(bubble.get("size", "mega"))
    if len(widths) > 1:
        check.add(("contents",), "bubbles in a carousel must have the same size")
    _weight(check, carousel, (), CAROUSEL_BYTES)


def _bubble(check: Check, bubble: Json, path: Path) -> None:
    _unknown(check, bubble, path, _BUBBLE)
    check.one_of(bubble, "size", path, SIZES)
    check.one_of(bubble, "direction", path, ("ltr", "rtl"))
    blocks = [key for key in ("header", "hero", "body", "footer") if bubble.get(key) is not None]
    if not blocks:
        check.add(path, "At least one block must be specified")
    for key in blocks:
        block = check.object(bubble, key, path)
        if block is not None:
            allowed = ("image", "box", "video") if key == "hero" else ("box",)
            _component(check, block, (*path, key), allowed)
    styles = check.object(bubble, "styles", path)
    if styles is not None:
        _block_styles(check, styles, (*path, "styles"))
    _action(check, bubble, path, "bubble")
    _weight(check, bubble, path, BUBBLE_BYTES)


def _block_styles(check: Check, styles: Json, path: Path) -> None:
    _unknown(check, styles, path, {"header", "hero", "body", "footer"})
    for key in styles:
        style = check.object(styles, key, path)
        if style is not None:
            place = (*path, key)
            _unknown(check, style, place, {"backgroundColor", "separator", "separatorColor"})
            for colour in ("backgroundColor", "separatorColor"):
                check_colour(check, style, colour, place)


def _component(check: Check, component: Json, path: Path, allowed: tuple[str, ...]) -> None:
    kind = check.one_of(component, "type", path, allowed, required=True)
    if kind is None:
        return
    _unknown(check, component, path, _PROPERTIES[kind])
    check_looks(check, component, path, kind)
    _action(check, component, path, kind)
    judge = _KINDS.get(kind)
    if judge:
        judge(check, component, path)


def _box(check: Check, box: Json, path: Path) -> None:
    layout = check.one_of(box, "layout", path, tuple(_CHILDREN), required=True)
    check_measure(check, box, "height", path, ((), PIXELS_OR_SHARE))
    for child, place in check.objects(box, "contents", path, 0, 1_000_000):
        if layout is not None:
            _component(check, child, place, _CHILDREN[layout])
    background = check.object(box, "background", path)
    if background is not None:
        place = (*path, "background")
        check.one_of(background, "type", place, ("linearGradient",), required=True)
        for key in ("startColor", "endColor"):
            check_colour(check, background, key, place, required=True)
        if not re.fullmatch(r"\d+(\.\d+)?deg", str(background.get("angle", ""))):
            check.add((*place, "angle"), "invalid property")


def _button(check: Check, button: Json, path: Path) -> None:
    check.one_of(button, "height", path, ("sm", "md"))
    if not isinstance(button.get("action"), dict):
        check.add((*path, "action"), "must be specified")


def _text(check: Check, text: Json, path: Path) -> None:
    check_measure(check, text, "size", path, (TEXT_SIZES, PIXELS))
    if text.get("contents") is not None:
        for span, place in check.objects(text, "contents", path, 1, 1_000_000):
            _component(check, span, place, ("span",))
    elif not isinstance(text.get("text"), str) or not text["text"]:
        check.add((*path, "text"), "must be non-empty text")


def _span(check: Check, span: Json, path: Path) -> None:
    check_measure(check, span, "size", path, (TEXT_SIZES, PIXELS))
    if not isinstance(span.get("text"), str):
        check.add((*path, "text"), "must be specified")


def _picture(check: Check, picture: Json, path: Path) -> None:
    check.url(picture, "url", path)
    size = picture.get("size")
    if size is not None and not re.fullmatch(
        r"xxs|xs|sm|md|lg|xl|xxl|[345]xl|full|\d+(\.\d+)?(px|%)", str(size)
    ):
        check.add((*path, "size"), "invalid property")
    check_aspect_ratio(check, picture, path)


def _video(check: Check, video: Json, path: Path) -> None:
    check.url(video, "url", path)
    check.url(video, "previewUrl", path)
    check_aspect_ratio(check, video, path)
    content = check.object(video, "altContent", path, required=True)
    if content is not None:
        _component(check, content, (*path, "altContent"), ("image", "box"))


def _action(check: Check, holder: Json, path: Path, kind: str) -> None:
    action = check.object(holder, "action", path)
    if action is not None:
        place = FLEX_BUTTON if kind == "button" else FLEX_OTHER
        check_action(check, action, (*path, "action"), place)


def _unknown(check: Check, holder: Json, path: Path, known: set[str]) -> None:
    for key in holder:
        if key not in known:
            check.add((*path, key), "unknown field")


def _weight(check: Check, contents: Json, path: Path, most: int) -> None:
    size = len(json.dumps(contents, ensure_ascii=False, separators=(",", ":")).encode())
    if size > most:
        check.add(path, f"The size of the JSON data must be at most {most // 1024} KB")


_KINDS = {
    "box": _box,
    "button": _button,
    "text": _text,
    "span": _span,
    "image": _picture,
    "icon": _picture,
    "video": _video,
}
