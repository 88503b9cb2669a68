"""Whether Genkan may write: stopped, resumed, blocked."""

from __future__ import annotations

from store.letterbox import OutboxMessage
from tests.letterbox import House


def test_stop_and_resume_by_the_residents_words(house: House) -> None:
    resident = house.resident()
    resident.says("さみしくて だれかと話したいです")
    resident.hears_from_staff("あとで書きます")
    resident.says("連絡しないで")
    assert resident.person.no_contact_at == house.clock()
    (unasked,) = house.rows(OutboxMessage.event_id.is_(None))
    assert (unasked.state, unasked.error, unasked.payload_sealed) == (
        "cancelled",
        "no_contact",
        None,
    )
    assert house.post.calls[-1].how == "reply", "the stop itself is answered"
    resident.taps("resume")
    assert resident.person.no_contact_at is None


def test_a_block_cancels_answers_too(house: House) -> None:
    resident = house.resident()
    house.keep(resident.text("さみしくて だれかと話したいです"))
    house.keep(resident.event("unfollow", at=1, token=""))
    house.clock.forward(2)
    house.work(resident.person.id)
    assert house.post.calls == []
    assert set(house.states()) == {"cancelled"}
    resident.sends(resident.event("follow"))
    assert resident.person.blocked_at is None and house.post.calls
