"""Journalling a call before it is made: the batch, its token, or the reason why not."""

from __future__ import annotations

import pytest

from desk.journal import Call, journal
from desk.post import Result
from store import lanes
from store.letterbox import OutboxMessage
from tests.letterbox import House, RecordingPost


def journalled(house: House, person: str) -> Call | None:
    with house.office.database.sessions.begin() as session:
        token, _ = lanes.take(session, person, house.clock()) or (0, False)
    try:
        return journal(house.office, person, token, house.clock())
    finally:
        with house.office.database.sessions.begin() as session:
            lanes.release(session, person, token)


def test_nothing_waits_nothing_is_called(house: House) -> None:
    resident = house.resident()
    resident.says("さみしくて だれかと話したいです")
    assert journalled(house, resident.person.id) is None


def test_a_batch_stays_what_it_was_and_is_unsure_after_a_death(house: House) -> None:
    resident = house.resident()
    resident.sends(resident.event("follow"))
    house.clock.forward(600)
    ids = resident.hears_from_staff("一", "二")
    first = journalled(house, resident.person.id)
    resident.hears_from_staff("三")
    again = journalled(house, resident.person.id)
    assert first == again and first is not None
    assert (first.batch_id, [say.text for say in first.says]) == (ids[0], ["一", "二"])
    assert (first.token, first.address) == (None, resident.line_id)
    rows = house.rows(OutboxMessage.id.in_(ids))
    assert {(r.state, r.attempts, r.ambiguous) for r in rows} == {("trying", 2, True)}


def test_answers_to_two_events_are_two_calls(house: House) -> None:
    resident = house.resident()
    resident.says("さみしくて だれかと話したいです")
    one, two = resident.text("どれもちがう", at=1), resident.text("ありがとう", at=2)
    house.post.calls.clear()
    house.clock.forward(3)
    house.work(*house.keep(one, two))
    assert [c.key for c in house.post.calls] == [one["replyToken"], two["replyToken"]]


def test_a_lane_that_was_lost_journals_nothing(house: House) -> None:
    resident = house.resident()
    resident.says("さみしくて だれかと話したいです")
    resident.hears_from_staff("一")
    with pytest.raises(lanes.LaneLost):
        journal(house.office, resident.person.id, -1, house.clock())
    assert house.states()[-1] == "waiting"


def test_without_an_address_nothing_can_be_called() -> None:
    call = Call("b", "say", "user", None, "token", (), "talk")
    post = RecordingPost()
    assert call.make(post).result is Result.REFUSED and post.calls == []
