"""What an operator sees and puts back."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from desk.accounts import Role
from desk.office import Office
from desk.set_aside import NotSetAside, troubles, try_again
from store.letterbox import InboundEvent, OutboxMessage
from store.people import Person
from tests.cases import NOW, a_handoff, a_staff, a_talk, later


def an_event(office: Office, state: str = "set_aside") -> int:
    a_talk(office)
    with office.database.sessions.begin() as session:
        person = session.scalars(select(Person)).first()
        assert person is not None
        event = InboundEvent(
            event_id=f"event-{state}",
            person_id=person.id,
            data_key_id=person.data_key_id,
            event_ms=1,
            kind="message.text",
            accepted_at=NOW,
            state=state,
            tries=4,
            next_try_at=later(5),
            outcome="set_aside",
            error="ValueError",
        )
        session.add(event)
        session.flush()
        return event.seq


def test_an_event_set_aside_goes_back_into_its_lane(office: Office) -> None:
    seq = an_event(office)
    assert [event.error for event in troubles(office).events] == ["ValueError"]
    try_again(office, a_staff(office, Role.OPERATOR), seq, later(1))
    with office.database.reads() as session:
        event = session.get_one(InboundEvent, seq)
    assert (event.state, event.tries, event.next_try_at, event.outcome) == (
        "waiting",
        0,
        None,
        None,
    )
    assert office.ring.rung == [event.person_id]  # type: ignore[attr-defined]
    assert troubles(office).events == ()


def test_only_what_is_set_aside_is_put_back(office: Office) -> None:
    operator = a_staff(office, Role.OPERATOR)
    for seq in (an_event(office, "done"), 999):
        with pytest.raises(NotSetAside):
            try_again(office, operator, seq, later(1))


def test_sends_that_failed_or_may_not_have_arrived_are_listed(office: Office) -> None:
    from desk import handoff

    staff = a_staff(office)
    handoff.accept(office, staff, a_handoff(office), later(1))
    for state, shown in (("sent", 0), ("failed", 1), ("unknown", 1)):
        with office.database.sessions.begin() as session:
            session.execute(update(OutboxMessage).values(state=state))
        assert len(troubles(office).sends) == shown
