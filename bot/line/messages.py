"""One `Say` → one LINE message object (JSON), and a tapped button's data back; pure, no SDK.

The look lives in `bot.line.looks`; what LINE allows in `bot.line.limits`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from bot.conversation import Button, Say
from bot.line import limits, looks
from bot.phrases import phrase

MOST_QUICK_REPLIES = 13
SENDER_LENGTH = 20


def render(say: Say, talk: str, language: str = "ja") -> dict[str, Any]:
    """The message object for one bubble. `talk` goes into every button, so old ones are known.

    A bubble without cards is a text message; cards become one Flex message whose altText is the
    bubble's whole text, as far as it fits.
    """
    message: dict[str, Any] = _flex(say, talk) if say.cards else {"type": "text", "text": say.text}
    if say.choices:
        items = [_quick_reply(b, talk) for b in say.choices[:MOST_QUICK_REPLIES]]
        message["quickReply"] = {"items": items}
    if say.speaker:
        message["sender"] = {"name": sender_name(say.speaker, language)}
    return message


def action(button: Button, talk: str, label_length: int = limits.LABEL) -> dict[str, Any]:
    """A tap as LINE wants it: a URI (tel:, https:) or a postback shown in the resident's words."""
    label = cut(button.label, label_length)
    if button.uri:
        return {"type": "uri", "label": label, "uri": button.uri}
    return {
        "type": "postback",
        "label": label,
        "data": data(button.action, talk),
        "displayText": cut(button.label, limits.DISPLAY_TEXT),
    }


def data(name: str, talk: str) -> str:
    """What a button carries: `a=<action>&t=<talk>`."""
    return urlencode({"a": name, "t": talk}, safe=":,")


def parse_data(raw: str) -> tuple[str, str]:
    """The inverse of `data`: action and talk; empty strings for what is not there."""
    try:
        found = dict(parse_qsl(raw, max_num_fields=20))
    except ValueError:
        return "", ""
    return found.get("a", ""), found.get("t", "")


def sender_name(speaker: str, language: str) -> str:
    """The speaker's name as LINE shows it: short, and without the word LINE, which it refuses."""
    if "line" in speaker.casefold():
        return phrase("speaker.member", language)
    return cut(speaker, SENDER_LENGTH)


def cut(text: str, longest: int) -> str:
    """At most `longest` characters as LINE counts them; what is cut ends in an ellipsis."""
    if max(limits.graphemes(text), limits.units(text)) <= longest:
        return text
    kept = text
    while limits.units(kept) >= longest:
        kept = kept[: min(len(kept) - 1, longest - 1)]
    return kept.rstrip() + "…"


def _flex(say: Say, talk: str) -> dict[str, Any]:
    bubbles = [looks.bubble(card, lambda b: _flex_action(b, talk)) for card in say.cards]
    contents = bubbles[0] if len(bubbles) == 1 else {"type": "carousel", "contents": bubbles}
    return {"type": "flex", "altText": cut(say.text, limits.ALT_TEXT), "contents": contents}


def _flex_action(button: Button, talk: str) -> dict[str, Any]:
    return action(button, talk, limits.FLEX_LABEL)


def _quick_reply(button: Button, talk: str) -> Mapping[str, Any]:
    return {"type": "action", "action": action(button, talk)}
