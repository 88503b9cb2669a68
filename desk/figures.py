"""Counts and waits for the city's monitors. Never a word, never a person, no count under five.

A count under five is hidden, and with it as much of its column as it takes that nobody can find
it by subtracting what is shown from the total: at least two cells are hidden, and together they
hold at least five. Which further cell is hidden depends on its place alone, never on its value,
so the choice itself tells nothing. The days are treated in the blocks that tell the periods
apart, so that two periods laid beside each other do not undo it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desk.office import Office
from store.cases import Case
from store.talks import Talk

SMALLEST_SHOWN = 5
PERIODS = (7, 30, 90)
MEASURES = ("talks", "suggested", "handoffs", "accepted", "answered", "escalations")
_JST = ZoneInfo("Asia/Tokyo")
_BLOCKS = ((0, 7), (7, 30), (30, 90))
"""Days before today, newest first: what 7 shows, what 30 adds, what 90 adds."""


@dataclass(frozen=True)
class Wait:
    """Minutes from the wish for a person to that person's first answer."""

    median: float
    ninetieth: float


@dataclass(frozen=True)
class Line:
    """One day, one category, or the sum. A hidden count is None."""

    key: str
    counts: Mapping[str, int | None]
    wait: Wait | None

    @property
    def is_hidden(self) -> bool:
        """No count of the line may be shown."""
        return all(count is None for count in self.counts.values())


@dataclass(frozen=True)
class Figures:
    """One period, ready to be shown: newest day last, categories in the pack's order."""

    days: int
    by_day: tuple[Line, ...]
    by_category: tuple[Line, ...]
    total: Line


@dataclass(frozen=True)
class Happened:
    """One thing that is counted: which measure, on which day, in which category."""

    measure: str
    day: date
    category: str
    wait: float | None = None
    """Minutes, for `answered`."""


def hidden_cells(counts: Sequence[int]) -> tuple[bool, ...]:
    """Which cells of a column must not be shown, given that their sum may be known."""
    hidden = [count < SMALLEST_SHOWN for count in counts]
    if any(hidden) and _is_deducible(counts, hidden):
        shown = [place for place, is_hidden in enumerate(hidden) if not is_hidden]
        if shown:
            hidden[_next_shown(hidden)] = True
    return tuple(hidden)


def shown_total(counts: Sequence[int]) -> int | None:
    """The sum of a column, or None when it is itself under five."""
    total = sum(counts)
    return total if total >= SMALLEST_SHOWN else None


def figures(office: Office, days: int, now: datetime) -> Figures:
    """The figures of the last 7, 30 or 90 days in Japan, today included."""
    if days not in PERIODS:
        raise ValueError(f"{days} is not one of {PERIODS}")
    today = now.astimezone(_JST).date()
    since = today - timedelta(days=PERIODS[-1] - 1)
    with office.database.reads() as session:
        happened = list(_happened(session, since))
    return arranged(happened, today, days, tuple(office.directory.categories))


def arranged(
    happened: Sequence[Happened], today: date, days: int, categories: Sequence[str]
) -> Figures:
    """Count, hide and lay out; pure, so that its promises can be tested."""
    calendar = [today - timedelta(days=ago) for ago in range(PERIODS[-1])]
    inside = [h for h in happened if 0 <= (today - h.day).days < days]
    return Figures(
        days=days,
        by_day=tuple(reversed(_day_lines(happened, calendar)[:days])),
        by_category=_category_lines(inside, categories),
        total=_total(inside),
    )


def _is_deducible(counts: Sequence[int], hidden: Sequence[bool]) -> bool:
    inside = [count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden]
    return len(inside) < 2 or sum(inside) < SMALLEST_SHOWN


def _next_shown(hidden: Sequence[bool]) -> int:
    """The first shown cell after the first hidden one, going round."""
    first = list(hidden).index(True)
    places = [(first + step) % len(hidden) for step in range(len(hidden))]
    return next(place for place in places if not hidden[place])


def _columns(lines: Sequence[Sequence[Happened]]) -> dict[str, list[int]]:
    tallies = [Counter(h.measure for h in line) for line in lines]
    return {measure: [tally[measure] for tally in tallies] for measure in MEASURES}


def _day_lines(happened: Sequence[Happened], calendar: Sequence[date]) -> tuple[Line, ...]:
    groups = _grouped(((h.day.isoformat(), h) for h in happened), [d.isoformat() for d in calendar])
    return _lines(groups, _BLOCKS)


def _category_lines(happened: Sequence[Happened], categories: Sequence[str]) -> tuple[Line, ...]:
    """The pack's categories, and last an empty key for what has none (yet)."""
    headings = [*categories, ""]
    known = set(categories)
    keyed = ((h.category if h.category in known else "", h) for h in happened)
    return _lines(_grouped(keyed, headings), ((0, len(headings)),))


def _grouped(
    keyed: Iterable[tuple[str, Happened]], keys: Sequence[str]
) -> dict[str, list[Happened]]:
    groups: dict[str, list[Happened]] = {key: [] for key in keys}
    for key, one in keyed:
        if key in groups:
            groups[key].append(one)
    return groups


def _lines(
    groups: Mapping[str, Sequence[Happened]], blocks: Sequence[tuple[int, int]]
) -> tuple[Line, ...]:
    columns = _columns(list(groups.values()))
    shown = {measure: _shown(counts, blocks) for measure, counts in columns.items()}
    return tuple(
        _line(key, group, {measure: shown[measure][place] for measure in MEASURES})
        for place, (key, group) in enumerate(groups.items())
    )


def _shown(counts: Sequence[int], blocks: Sequence[tuple[int, int]]) -> list[int | None]:
    shown: list[int | None] = []
    for start, end in blocks:
        block = counts[start:end]
        hidden = hidden_cells(block)
        shown += [None if h else count for count, h in zip(block, hidden, strict=True)]
    return shown


def _total(happened: Sequence[Happened]) -> Line:
    columns = _columns([happened])
    return _line("", happened, {m: shown_total(counts) for m, counts in columns.items()})


def _line(key: str, happened: Sequence[Happened], counts: Mapping[str, int | None]) -> Line:
    """Waits are told only where the answers behind them are."""
    waits = [h.wait for h in happened if h.wait is not None]
    told = counts["answered"] is not None and len(waits) >= SMALLEST_SHOWN
    return Line(key, counts, _wait(waits) if told else None)


def _wait(minutes: Sequence[float]) -> Wait:
    return Wait(median(minutes), quantiles(minutes, n=10, method="inclusive")[8])


def _happened(session: Session, since: date) -> Iterable[Happened]:
    start = datetime(since.year, since.month, since.day, tzinfo=_JST)
    yield from _moments(session, "talks", Talk.started_at, Talk.category, start)
    yield from _moments(session, "suggested", Talk.suggested_at, Talk.category, start)
    handoff = Case.purpose == "handoff"
    yield from _moments(session, "handoffs", Case.created_at, Case.category, start, handoff)
    yield from _moments(session, "accepted", Case.accepted_at, Case.category, start, handoff)
    danger = Case.purpose == "escalation"
    yield from _moments(session, "escalations", Case.created_at, Case.category, start, danger)
    answered = select(Case.first_answer_at, Case.created_at, Case.category).where(
        handoff, Case.first_answer_at >= start
    )
    for first_answer, created, category in session.execute(answered):
        if first_answer is None:
            continue
        wait = (first_answer - created).total_seconds() / 60
        yield Happened("answered", _day(first_answer), category or "", wait)


def _moments(
    session: Session,
    measure: str,
    moment: InstrumentedAttribute[Any],
    category: InstrumentedAttribute[str | None],
    start: datetime,
    *conditions: ColumnElement[bool],
) -> Iterable[Happened]:
    found = session.execute(select(moment, category).where(moment >= start, *conditions))
    return [Happened(measure, _day(at), code or "") for at, code in found]


def _day(moment: datetime) -> date:
    return moment.astimezone(_JST).date()
