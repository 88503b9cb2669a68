"""How a card looks on LINE: calm colours, large enough letters, one column; no words of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any

from bot.conversation import Button, Card

PAPER, INK, QUIET_INK = "#FFFBF5", "#3D3A36", "#6B645C"
LEAF, LEAF_PALE = "#4A6B59", "#E4EDE6"
CLAY, CLAY_PALE = "#A2402B", "#FBE9E3"
"""Soft, and dark enough on their ground to be read (WCAG AA)."""

Act = Callable[[Button], dict[str, Any]]


def bubble(card: Card, act: Act) -> dict[str, Any]:
    """One Flex bubble for a card: title, lines, small print, buttons."""
    ground = CLAY_PALE if card.crisis else PAPER
    body = _crisis_rows(card, act) if card.crisis else _rows(card)
    shape: dict[str, Any] = {
        "type": "bubble",
        "size": "mega",
        "body": {**_column(body, "md"), "backgroundColor": ground, "paddingAll": "18px"},
    }
    if card.buttons and not card.crisis:
        buttons = [
            _button(b, act, LEAF, "link" if n else "primary") for n, b in enumerate(card.buttons)
        ]
        shape["footer"] = {**_column(buttons, "sm"), "backgroundColor": ground}
    return shape


def _rows(card: Card) -> list[dict[str, Any]]:
    rows = [_text(card.title, "lg", LEAF, weight="bold")]
    rows += [_text(line, "md", INK) for line in card.lines if line]
    if card.note:
        rows += [
            {"type": "separator", "color": LEAF_PALE},
            _text(card.note, "sm", QUIET_INK),
        ]
    return rows


def _crisis_rows(card: Card, act: Act) -> list[dict[str, Any]]:
    """Each number beside its button, first number first; the words stay above them."""
    rows = [_text(card.title, "lg", CLAY, weight="bold")]
    if card.note:
        rows.append(_text(card.note, "md", INK))
    return [*rows, *_contacts(card, act)]


def _contacts(card: Card, act: Act) -> Iterator[dict[str, Any]]:
    for line, button in zip_longest(card.lines, card.buttons):
        row = [_text(line, "md", INK, weight="bold")] if line else []
        if button:
            row.append(_button(button, act, CLAY, "primary"))
        yield _column(row, "xs")


def _column(contents: list[dict[str, Any]], spacing: str) -> dict[str, Any]:
    return {"type": "box", "layout": "vertical", "spacing": spacing, "contents": contents}


def _text(text: str, size: str, colour: str, weight: str = "regular") -> dict[str, Any]:
    return {
        "type": "text",
        "text": text,
        "size": size,
        "color": colour,
        "weight": weight,
        "wrap": True,
    }


def _button(button: Button, act: Act, colour: str, style: str) -> dict[str, Any]:
    return {
        "type": "button",
        "style": style,
        "color": colour,
        "height": "sm",
        "adjustMode": "shrink-to-fit",
        "action": act(button),
    }
