"""How Flex components may look: words, colours, measures that mean the same everywhere.

Which component may stand where is flex_limits.py's matter.
"""

from __future__ import annotations

import re

from line_sim.findings import Check, Json, Path

OFFSETS = {"position", "offsetTop", "offsetBottom", "offsetStart", "offsetEnd"}
PADDING = {"paddingAll", "paddingTop", "paddingBottom", "paddingStart", "paddingEnd"}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?")
_SPACES = ("none", "xs", "sm", "md", "lg", "xl", "xxl")
PIXELS = re.compile(r"-?\d+(?:\.\d+)?px")
PIXELS_OR_SHARE = re.compile(r"\d+(?:\.\d+)?(?:px|%)")
TEXT_SIZES = ("xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl")
_BORDERS = ("none", "light", "normal", "medium", "semi-bold", "bold")
_WORDS: dict[str, tuple[str, ...]] = {
    "align": ("start", "end", "center"),
    "gravity": ("top", "bottom", "center"),
    "weight": ("regular", "bold"),
    "decoration": ("none", "underline", "line-through"),
    "position": ("relative", "absolute"),
    "aspectMode": ("cover", "fit"),
    "adjustMode": ("shrink-to-fit",),
    "justifyContent": (
        "center",
        "flex-start",
        "flex-end",
        "space-between",
        "space-around",
        "space-evenly",
    ),
    "alignItems": ("center", "flex-start", "flex-end"),
}
_STYLES = {"button": ("primary", "secondary", "link"), "text": ("normal", "italic")}
_COLOURS = ("color", "backgroundColor", "borderColor")
Measure = tuple[tuple[str, ...], re.Pattern[str]]

_MEASURES: dict[str, Measure] = {
    "margin": (_SPACES, PIXELS),
    "spacing": (_SPACES, PIXELS),
    **{key: (_SPACES, PIXELS_OR_SHARE) for key in sorted(PADDING)},
    **{
        key: (_SPACES, re.compile(r"-?\d+(?:\.\d+)?(?:px|%)"))
        for key in sorted(OFFSETS - {"position"})
    },
    "cornerRadius": (_SPACES, PIXELS),
    "borderWidth": (_BORDERS, PIXELS),
    "width": ((), PIXELS_OR_SHARE),
    "maxWidth": ((), PIXELS_OR_SHARE),
    "maxHeight": ((), PIXELS_OR_SHARE),
    "lineSpacing": ((), PIXELS),
}


def check_looks(check: Check, component: Json, path: Path, kind: str) -> None:
    """Words, colours and measures that mean the same in every component."""
    for key, words in _WORDS.items():
        check.one_of(component, key, path, words)
    check.one_of(component, "style", path, _STYLES.get(kind, _STYLES["text"]))
    for key in _COLOURS:
        check_colour(check, component, key, path)
    for key, measure in _MEASURES.items():
        check_measure(check, component, key, path, measure)
    check.integer(component, "flex", path, 0, 1_000_000)
    check.integer(component, "maxLines", path, 0, 1_000_000)


def check_aspect_ratio(check: Check, component: Json, path: Path) -> None:
    ratio = component.get("aspectRatio")
    if ratio is None:
        return
    shape = re.fullmatch(r"(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)", str(ratio))
    if not shape or not 1 <= float(shape[1]) <= 100_000 or float(shape[2]) > 3 * float(shape[1]):
        check.add((*path, "aspectRatio"), "invalid property")


def check_measure(check: Check, holder: Json, key: str, path: Path, measure: Measure) -> None:
    words, shape = measure
    value = holder.get(key)
    if value is None or value in words:
        return
    if not isinstance(value, str) or not shape.fullmatch(value):
        check.add((*path, key), "invalid property")


def check_colour(check: Check, holder: Json, key: str, path: Path, required: bool = False) -> None:
    value = holder.get(key)
    if value is None and not required:
        return
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        check.add((*path, key), "invalid color")
