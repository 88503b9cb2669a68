"""The drawing of the figures: right heights, hidden days always alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.chart import HEIGHT, WIDTH, chart_of
from desk.figures import Line


def lines(counts: list[int | None]) -> list[Line]:
    return [Line(f"2026-11-{n:02}", {"talks": c}, None) for n, c in enumerate(counts, start=1)]


@given(st.lists(st.none() | st.integers(5, 5000), min_size=1, max_size=28))
def test_every_bar_lies_inside_the_drawing(counts: list[int | None]) -> None:
    chart = chart_of(lines(counts))
    assert len(chart.bars) == len(counts)
    for bar in chart.bars:
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH
        assert bar.y >= 0 and bar.y + bar.height <= HEIGHT


def test_bars_are_in_proportion_and_hidden_ones_alike() -> None:
    chart = chart_of(lines([10, 20, None, None]))
    ten, twenty, one, other = chart.bars
    assert abs(twenty.height - 2 * ten.height) < 0.2
    assert one.height == other.height < ten.height
    assert [rule.count for rule in chart.rules] == [0, 10, 20]
    assert chart.bars[-1].day.labelled
