"""A raised danger: one board row per talk, without personal data, rising and never falling."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from desk.casework import read_summary
from store.accounts import StaffAccount
from store.cases import Case, Duty, Escalation
from store.vault import Key
from tests.letterbox import House, Resident

URGENT = "もう死にたいです。今夜そうするつもりです"
EMERGENCY = "いま薬をたくさん飲みました 090-1234-5678 にかけて"


@pytest.fixture
def resident(house: House) -> Resident:
    return house.resident()


def board(house: House) -> list[tuple[Escalation, Case]]:
    with house.office.database.reads() as session:
        pairs = select(Escalation, Case).join(Case, Case.id == Escalation.case_id)
        return [(row[0], row[1]) for row in session.execute(pairs)]


def words(house: House, resident: Resident, case: Case) -> str:
    with house.office.database.reads() as session:
        key: Key | None = house.office.vault.key(session, resident.talk.data_key_id)
        text: str = read_summary(key, case)["words"]
        return text


def test_a_second_danger_raises_the_row_that_is_open(house: House, resident: Resident) -> None:
    resident.says(URGENT)
    ((first, _),) = board(house)
    assert first.level == "urgent"
    assert first.acknowledge_by - first.raised_at == timedelta(minutes=30)
    resident.says(EMERGENCY)
    ((raised, case),) = board(house)
    assert (raised.level, case.level) == ("emergency", "emergency")
    assert raised.acknowledge_by == house.clock() + timedelta(minutes=5)
    assert words(house, resident, case).count("\n") >= 1


def test_lesser_words_afterwards_lower_nothing(house: House, resident: Resident) -> None:
    resident.says(EMERGENCY)
    ((before, _),) = board(house)
    resident.says(URGENT)
    ((after, case),) = board(house)
    assert (after.level, case.level) == ("emergency", "emergency")
    assert after.acknowledge_by == before.acknowledge_by


def test_phones_and_names_are_masked(house: House, resident: Resident) -> None:
    resident.says(EMERGENCY)
    ((_, case),) = board(house)
    seen = words(house, resident, case)
    assert "1234" not in seen and "薬" in seen


def test_a_refusal_is_kept_with_the_case(house: House, resident: Resident) -> None:
    resident.says(EMERGENCY)
    resident.says("誰にも言わないで")
    ((escalation, case),) = board(house)
    assert (escalation.keep_secret, case.status) == (True, "waiting")


def test_whether_somebody_watches_is_written_honestly(house: House, resident: Resident) -> None:
    resident.says(EMERGENCY)
    ((unwatched, _),) = board(house)
    assert not unwatched.watched
    with house.office.database.sessions.begin() as session:
        account = StaffAccount(
            email="duty@example.org",
            name="当番",
            role="coordinator",
            password_hash="none",
            created_at=house.clock(),
        )
        session.add(account)
        session.flush()
        session.add(
            Duty(
                account_id=account.id,
                starts_at=house.clock(),
                ends_at=house.clock() + timedelta(hours=1),
            )
        )
    house.resident("b").says(EMERGENCY)
    assert sorted(e.watched for e, _ in board(house)) == [False, True]


def test_nothing_of_the_words_stands_in_a_column(house: House, resident: Resident) -> None:
    resident.says(EMERGENCY)
    ((escalation, case),) = board(house)
    plain = f"{escalation.rule_ids} {escalation.kind} {case.category} {case.pseudonym}"
    assert "薬" not in plain and escalation.rule_ids


def test_an_emergency_while_a_member_holds_the_talk_leaves_the_talk_there(
    house: House, resident: Resident
) -> None:
    resident.agrees("夜ねむれなくて つらいです")
    resident.says(EMERGENCY, "E1")
    (handoff,) = resident.cases()
    assert (handoff.status, handoff.level) == ("waiting", "emergency")
    assert {m.case_id for m in resident.messages() if m.line_message_id == "E1"} == {handoff.id}
    assert house.post.keys[-2:][0].startswith("danger")
