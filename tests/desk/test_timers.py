"""What happens because time passed."""

from __future__ import annotations

from sqlalchemy import select

from desk.timers import run_due
from store.cases import CaseHistory, Escalation
from store.letterbox import ReplyToken
from tests.letterbox import House


def test_nobody_acknowledged_in_time_is_written_once(house: House) -> None:
    resident = house.resident()
    resident.says("いま薬をたくさん飲みました")
    assert run_due(house.office, house.clock()) == 0
    house.clock.forward(301)
    assert run_due(house.office, house.clock()) == 1
    assert run_due(house.office, house.clock()) == 0
    with house.office.database.reads() as session:
        escalation = session.scalars(select(Escalation)).one()
        steps = session.scalars(select(CaseHistory).order_by(CaseHistory.id)).all()
    assert escalation.overdue_at == house.clock()
    assert [(s.actor, s.from_status, s.to_status) for s in steps][1:] == [
        ("genkan", "waiting", "waiting")
    ]


def test_an_acknowledged_or_ended_one_is_never_overdue(house: House) -> None:
    resident = house.resident()
    resident.says("いま薬をたくさん飲みました")
    with house.office.database.sessions.begin() as session:
        session.scalars(select(Escalation)).one().acknowledged_at = house.clock()
    house.clock.forward(3600)
    assert run_due(house.office, house.clock()) == 0


def test_tokens_that_grew_old_are_blanked(house: House) -> None:
    house.resident().says("さびしいです")
    with house.office.database.reads() as session:
        assert session.scalars(select(ReplyToken.token)).one() is not None
    house.clock.forward(300)
    run_due(house.office, house.clock())
    with house.office.database.reads() as session:
        assert session.scalars(select(ReplyToken.token)).one() is None
