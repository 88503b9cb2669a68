"""Cards stay readable: enough contrast, wrapped words."""

import pytest

from bot.conversation import Button, Card
from bot.line import looks
from bot.line.messages import action


def brightness(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (looks.INK, looks.PAPER),
        (looks.QUIET_INK, looks.PAPER),
        (looks.LEAF, looks.PAPER),
        (looks.INK, looks.CLAY_PALE),
        (looks.CLAY, looks.CLAY_PALE),
        ("#FFFFFF", looks.LEAF),
        ("#FFFFFF", looks.CLAY),
    ],
)
def test_contrast(ink: str, ground: str) -> None:
    light, dark = sorted((brightness(ink), brightness(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_every_text_wraps() -> None:
    card = Card("題", ("行",), "小さな字", (Button("押す", "x"),))
    bubble = looks.bubble(card, lambda b: action(b, "t"))
    texts = [part for part in bubble["body"]["contents"] if part["type"] == "text"]
    assert texts and all(part["wrap"] for part in texts)
