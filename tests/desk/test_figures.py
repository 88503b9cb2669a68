"""Figures: no small count is readable, neither in its cell nor by subtraction."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from desk import handoff
from desk.answer import answer
from desk.figures import (
    MEASURES,
    PERIODS,
    SMALLEST_SHOWN,
    Happened,
    arranged,
    figures,
    hidden_cells,
    shown_total,
)
from desk.office import Office
from tests.cases import NOW, a_handoff, a_staff, an_escalation, later

TODAY = date(2026, 11, 23)
columns = st.lists(st.integers(0, 12), min_size=1, max_size=30)


@given(columns)
def test_no_count_under_five_is_shown(counts: list[int]) -> None:
    hidden = hidden_cells(counts)
    assert all(count >= SMALLEST_SHOWN or h for count, h in zip(counts, hidden, strict=True))


@given(columns)
def test_what_is_hidden_cannot_be_found_by_subtraction(counts: list[int]) -> None:
    hidden = hidden_cells(counts)
    inside = [count for count, h in zip(counts, hidden, strict=True) if h]
    if not inside or shown_total(counts) is None:
        return
    assert len(inside) >= 2
    assert sum(inside) >= SMALLEST_SHOWN


@given(columns)
def test_nothing_is_hidden_without_need(counts: list[int]) -> None:
    if min(counts) >= SMALLEST_SHOWN:
        assert not any(hidden_cells(counts))
    assert sum(hidden_cells(counts)) <= sum(c < SMALLEST_SHOWN for c in counts) + 1


def test_every_hidden_count_could_be_at_least_three_others() -> None:
    """Somebody who knows the rule, the shown cells and the total tries every column there is."""
    highest = 16
    seen: defaultdict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(highest + 1), repeat=4):
        if sum(counts) > highest:
            continue
        hidden = hidden_cells(counts)
        told = tuple(None if h else c for c, h in zip(counts, hidden, strict=True))
        seen[(told, shown_total(counts))].append(counts)
    for (told, total), possible in seen.items():
        if total is None:
            continue
        for place in range(4):
            if told[place] is None:
                assert len({counts[place] for counts in possible}) >= 3, (told, total)


def happened(draw_days: int) -> st.SearchStrategy[list[Happened]]:
    one = st.builds(
        Happened,
        measure=st.sampled_from(MEASURES),
        day=st.integers(0, draw_days).map(lambda ago: TODAY - timedelta(days=ago)),
        category=st.sampled_from(["a", "b", "c", ""]),
    )
    return st.lists(one, max_size=120)


@settings(max_examples=60, deadline=None)
@given(happened(40))
def test_two_periods_beside_each_other_do_not_undo_it(rows: list[Happened]) -> None:
    shown = {days: arranged(rows, TODAY, days, ("a", "b", "c")) for days in PERIODS}
    for short, long in ((7, 30), (30, 90)):
        tail = shown[long].by_day[-short:]
        assert [line.counts for line in tail] == [line.counts for line in shown[short].by_day]
    for one in shown.values():
        lines = [*one.by_day, *one.by_category, one.total]
        assert all(n is None or n >= 5 for line in lines for n in line.counts.values())


def test_counts_and_waits_are_right_when_they_may_be_shown() -> None:
    rows = [Happened("talks", TODAY, "a") for _ in range(6)]
    rows += [Happened("talks", TODAY - timedelta(days=1), "b") for _ in range(7)]
    rows += [Happened("answered", TODAY, "a", wait=10.0 * n) for n in range(1, 7)]
    shown = arranged(rows, TODAY, 7, ("a", "b"))
    assert shown.total.counts["talks"] == 13
    by_category = {line.key: line for line in shown.by_category}
    assert by_category["b"].counts["talks"] == 7
    assert by_category["a"].wait is None, "its count is hidden beside the empty ones"
    assert shown.total.wait is not None
    assert (shown.total.wait.median, shown.total.wait.ninetieth) == (35.0, 55.0)
    assert by_category[""].is_hidden


def test_a_category_that_left_the_pack_is_counted_without_heading() -> None:
    rows = [Happened("talks", TODAY, "gone") for _ in range(8)]
    shown = arranged(rows, TODAY, 7, ("a", "b"))
    assert shown.total.counts["talks"] == 8


def test_figures_are_read_from_the_cases(office: Office) -> None:
    staff = a_staff(office)
    for n in range(6):
        case_id = a_handoff(office, at=later(-60 - n))
        handoff.accept(office, staff, case_id, later(-50))
        answer(office, staff, case_id, "読みました", "f", later(-30))
    for _ in range(5):
        an_escalation(office)
    shown = figures(office, 7, NOW)
    counts = shown.total.counts
    assert (counts["talks"], counts["handoffs"], counts["accepted"]) == (11, 6, 6)
    assert (counts["answered"], counts["escalations"], counts["suggested"]) == (6, 5, None)
    assert shown.total.wait is not None
    assert 30 <= shown.total.wait.median <= 36
