"""The tray of people nobody has taken holds each of them once, without their words."""

from __future__ import annotations

from desk.casework import read_summary
from tests.letterbox import House


def test_one_case_for_each_and_only_the_kind_of_worry(house: House) -> None:
    resident = house.resident()
    resident.says("夜ねむれなくて 会社の人間関係がつらいです")
    resident.taps("none")
    resident.taps("none")
    (case,) = resident.cases("tray")
    with house.office.database.reads() as session:
        key = house.office.vault.key(session, resident.talk.data_key_id)
    assert set(read_summary(key, case)) == {"reason"}
    assert case.category == resident.state.categories[0]
    assert case.member_id is None


def test_whoever_finishes_is_taken_out(house: House) -> None:
    resident = house.resident()
    resident.says("夜ねむれなくて 会社の人間関係がつらいです")
    resident.taps("none")
    resident.taps("finish")
    (case,) = resident.cases("tray")
    assert case.status == "withdrawn"
