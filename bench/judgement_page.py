"""The report of `bench.judgement` as a page with tables and as a picture; measures nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

Report = Mapping[str, Any]

_SHOWN = (
    "hit@3",
    "primary@3",
    "chat found",
    "worry taken for chat",
    "danger found",
    "false alarms",
    "over-alerts",
    "emergency found",
    "emergency at least urgent",
    "emergency at least concern",
    "kind right",
)
_ROW, _LEFT, _BAR, _GAP = 22, 250, 360, 20
_COLOURS = {"danger found": "#a1272d", "hit@3": "#2f6656"}


def page(report: Report) -> str:
    """Markdown."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield "# How well the judgement judges"
    yield ""
    yield (
        f"Written by `make bench-judgement` from {report['rows']:,} corpus rows. All writers are "
        "invented, and one family of hands wrote corpus and held-out sets: real messages will "
        "differ, and a clinician must read the levels before residents rely on them."
    )
    yield ""
    yield "![Danger found and right worry among three, by slice](judgement.svg)"
    for hand, slices in report["held_out"].items():
        yield from _section(f"{hand}: never learned from, with `[semantic]`", slices)
    yield from _section("The same sets by the default install", report["held_out_letters"])
    yield from _section(
        "Corpus by slice, each writer judged by a judge that never read them", report["slices"]
    )
    yield from _section("Ways beside one another, same folds", report["ways"])
    yield from _section(
        "Spread over five folds of whole hands",
        {
            "mean": {name: pair[0] for name, pair in report["spread"].items()},
            "standard deviation": {name: pair[1] for name, pair in report["spread"].items()},
        },
    )
    yield from _small(report)


def _section(title: str, table: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    yield from ("", f"## {title}", "")
    yield "| | " + " | ".join(_SHOWN) + " |"
    yield "|---|" + "---|" * len(_SHOWN)
    for name, found in table.items():
        yield f"| {name} | " + " | ".join(_cell(found, figure) for figure in _SHOWN) + " |"


def _cell(found: Mapping[str, float], figure: str) -> str:
    """Empty where a slice has no rows for a figure."""
    return f"{found[figure]:.3f}" if figure in found else ""


def _small(report: Report) -> Iterator[str]:
    yield from ("", "## Confusions on the held-out sets (wanted → put first)", "")
    for wanted, got, count in report["confusions"]:
        yield f"- {wanted} → {got}: {count}"
    yield from ("", "## Time, memory, the one question", "")
    for name, times in report["speed"].items():
        yield f"- {name}: p50 {times['p50 ms']:.2f} ms, p99 {times['p99 ms']:.2f} ms a message"
    memory, asking = report["memory"], report["clarifying"]
    yield f"- memory: {memory['pack']:.0f} MB with the pack, {memory['judge']:.0f} MB judging"
    yield (
        f"- members on the first page that deal with the right worry: {asking['without']:.3f} "
        f"without a question, {asking['with']:.3f} with it; {asking['asked']:.3f} are asked, "
        f"and among them it rises from {asking['asked_without']:.3f} to {asking['asked_with']:.3f}"
    )


def picture(report: Report) -> str:
    """An SVG with two bars for each slice of the cross-validated corpus."""
    rows = [(name, found) for name, found in report["slices"].items() if "danger found" in found]
    height = _ROW * 2 * len(rows) + _GAP * 3
    bars = "".join(_bars(number, name, found) for number, (name, found) in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _BAR + 80} {height}" '
        'font-family="sans-serif" font-size="13" role="img" '
        'aria-label="Danger found and right worry among three, by slice">'
        '<rect width="100%" height="100%" fill="#fffdfa"/>'
        f"{_legend()}{bars}</svg>\n"
    )


def _legend() -> str:
    marks = []
    for number, (figure, colour) in enumerate(_COLOURS.items()):
        x = _LEFT + number * 150
        marks.append(
            f'<rect x="{x}" y="8" width="12" height="12" fill="{colour}"/>'
            f'<text x="{x + 18}" y="19" fill="#38312a">{figure}</text>'
        )
    return "".join(marks)


def _bars(number: int, name: str, found: Mapping[str, float]) -> str:
    top = _GAP * 2 + number * _ROW * 2
    text = f'<text x="{_LEFT - 10}" y="{top + 20}" text-anchor="end">{escape(name)}</text>'
    return text + "".join(
        _bar(top + n * 15, found[figure], colour)
        for n, (figure, colour) in enumerate(_COLOURS.items())
        if figure in found
    )


def _bar(top: int, share: float, colour: str) -> str:
    return (
        f'<rect x="{_LEFT}" y="{top}" width="{share * _BAR:.0f}" height="13" fill="{colour}"/>'
        f'<text x="{_LEFT + share * _BAR + 6:.0f}" y="{top + 11}" font-size="11">{share:.2f}</text>'
    )
