"""Members in order: who fits, never the tired ones, the load spread, always the same order."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from directory_data.load import load_pack
from directory_data.model import Category, City, Directory, Member
from routing.judgement import CategoryMatch, MemberState
from routing.ranking import rank_members

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
KUMAMOTO = load_pack("kumamoto")
CODES = tuple(KUMAMOTO.categories)


def small_city(*members: Member) -> Directory:
    codes = {code for m in members for code in m.categories}
    categories = {c: Category(c, {"ja": c}, {"ja": c}) for c in codes}
    city = City({"ja": "見本市"}, {"ja": "玄関"}, {"ja": "課"}, 90, "draft")
    return Directory(city, categories, {m.id: m for m in members}, {}, {})


def order(directory: Directory, *codes: str, **states: MemberState) -> list[str]:
    matches = [CategoryMatch(c, 1.0, ("ことば",)) for c in codes]
    return [m.member_id for m in rank_members(directory, matches, states, (), NOW)]


def member(name: str, *codes: str, verified: bool = False) -> Member:
    return Member(name, name, codes, verified_on=date(2026, 4, 1) if verified else None)


def test_the_main_field_comes_before_a_side_field() -> None:
    city = small_city(member("side", "work", "food"), member("main", "food"))
    assert order(city, "food") == ["main", "side"]


def test_the_verified_come_first_among_equals() -> None:
    city = small_city(member("a", "food"), member("b", "food", verified=True))
    assert order(city, "food") == ["b", "a"]


def test_the_least_loaded_come_first_among_equals() -> None:
    city = small_city(member("a", "food"), member("b", "food"), member("c", "food"))
    busy = MemberState("a", open_cases=3, capacity=4)
    some = MemberState("b", open_cases=1, capacity=4)
    assert order(city, "food", a=busy, b=some) == ["c", "b", "a"]


def test_paused_and_full_members_are_left_in_peace() -> None:
    city = small_city(member("a", "food"), member("b", "food"), member("c", "food"))
    states = {"a": MemberState("a", paused=True), "b": MemberState("b", open_cases=2, capacity=2)}
    assert order(city, "food", **states) == ["c"]


def test_two_worries_are_answered_on_the_first_page() -> None:
    city = small_city(*(member(f"f{i}", "food") for i in range(3)), member("w", "work"))
    assert order(city, "food", "work") == ["f0", "w", "f1", "f2"]


def test_small_talk_leads_to_nobody() -> None:
    assert order(KUMAMOTO, "none") == []


def test_the_reason_travels_with_the_member() -> None:
    found = rank_members(KUMAMOTO, [CategoryMatch("food", 0.9, ("お米がない",))], {}, (), NOW)
    assert found[0].category == "food"
    assert found[0].words == ("お米がない",)


states = st.builds(
    MemberState,
    member_id=st.just(""),
    paused=st.booleans(),
    open_cases=st.integers(0, 6),
    capacity=st.none() | st.integers(0, 6),
)
some_states = st.dictionaries(st.sampled_from(sorted(KUMAMOTO.members)), states)
some_matches = st.lists(
    st.builds(CategoryMatch, st.sampled_from(CODES), st.floats(0.01, 2.0)),
    max_size=5,
    unique_by=lambda match: match.code,
)
some_members = st.sets(st.sampled_from(sorted(KUMAMOTO.members)))


@given(some_matches, some_states, some_members)
def test_whoever_is_named_fits_can_take_more_and_was_not_left(
    matches: list[CategoryMatch], known: dict[str, MemberState], exclude: set[str]
) -> None:
    found = rank_members(KUMAMOTO, matches, known, exclude, NOW)
    ids = [m.member_id for m in found]
    assert len(ids) == len(set(ids))
    assert found == rank_members(KUMAMOTO, matches, known, exclude, NOW)
    for match in found:
        assert match.category in KUMAMOTO.members[match.member_id].categories
        assert match.member_id not in exclude
        assert known.get(match.member_id, MemberState("")).takes_more


@given(some_matches, some_states)
def test_nobody_who_fits_and_is_free_is_forgotten(
    matches: list[CategoryMatch], known: dict[str, MemberState]
) -> None:
    found = {m.member_id for m in rank_members(KUMAMOTO, matches, known, (), NOW)}
    wanted = {
        m.id
        for match in matches
        for m in KUMAMOTO.members_for(match.code)
        if known.get(m.id, MemberState("")).takes_more
    }
    assert found == wanted


def test_many_residents_are_spread_over_equal_members() -> None:
    """Each resident goes to the first in the list; nobody gets more than a fair share."""
    city = small_city(*(member(f"m{i}", "food") for i in range(5)))
    load = dict.fromkeys(city.members, 0)
    for _ in range(100):
        now = {i: MemberState(i, open_cases=n, capacity=50) for i, n in load.items()}
        load[order(city, "food", **now)[0]] += 1
    assert set(load.values()) == {20}
