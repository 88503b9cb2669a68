"""What `directory check` tells about a sound pack."""

from __future__ import annotations

from dataclasses import replace

from directory_data.load import load_pack
from directory_data.summary import counts, gaps


def test_counts_add_up() -> None:
    directory = load_pack("kumamoto")
    told = counts(directory)
    assert told["members"] == told["members unverified (確認中)"] == 34
    assert told["hotlines switched off"] == 4
    assert told["example sentences"] > 28 * 12


def test_a_category_nobody_deals_with_is_a_gap() -> None:
    directory = load_pack("kumamoto")
    assert not [g for g in gaps(directory) if "has no member" in g]
    without = {i: m for i, m in directory.members.items() if "food" not in m.categories}
    assert "category `food` has no member" in list(gaps(replace(directory, members=without)))
