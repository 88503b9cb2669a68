"""Bars by day as plain geometry for an inline SVG; hidden counts are a stub of one fixed height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.figures import SMALLEST_SHOWN, Line

WIDTH, HEIGHT = 720, 220
_LEFT, _RIGHT, _BOTTOM, _TOP = 36, 22, 28, 12
_STUB = 5.0


@dataclass(frozen=True)
class Day:
    """What a bar stands for; `count` is None when it is hidden."""

    iso: str
    count: int | None
    labelled: bool


@dataclass(frozen=True)
class Bar:
    """One rectangle."""

    x: float
    y: float
    width: float
    height: float
    day: Day


@dataclass(frozen=True)
class Rule:
    """One horizontal line with its number."""

    y: float
    count: int


@dataclass(frozen=True)
class Chart:
    """A drawing of `WIDTH` × `HEIGHT`."""

    width: int
    height: int
    left: int
    floor: float
    bars: tuple[Bar, ...]
    rules: tuple[Rule, ...]


def chart_of(lines: Sequence[Line], measure: str = "talks") -> Chart:
    """Bars of one measure, the oldest day at the left."""
    counts = [line.counts[measure] for line in lines]
    top = _round_top(max((count or 0 for count in counts), default=0))
    room = HEIGHT - _TOP - _BOTTOM
    floor = HEIGHT - _BOTTOM
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(lines))
    every = max(1, round(len(lines) / 7))
    bars = tuple(
        _bar(
            _LEFT + place * step,
            floor,
            min(28.0, step * 0.7),
            _STUB if count is None else count * room / top,
            Day(line.key, count, (len(lines) - 1 - place) % every == 0),
        )
        for place, (line, count) in enumerate(zip(lines, counts, strict=True))
    )
    rules = tuple(Rule(floor - room * part / 2, top * part // 2) for part in range(3))
    return Chart(WIDTH, HEIGHT, _LEFT, floor, bars, rules)


def _bar(left: float, floor: float, width: float, height: float, day: Day) -> Bar:
    x = left + width * 0.2
    return Bar(round(x, 1), round(floor - height, 1), round(width, 1), round(height, 1), day)


def _round_top(highest: int) -> int:
    """An even number at or above the highest bar."""
    size = 2 * SMALLEST_SHOWN
    return max(size, -(-highest // size) * size)
