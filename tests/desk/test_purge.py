"""The promise of the greeting: old talks are destroyed, talks with an open case are not."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.conversation import Conversation, Stage
from desk.casework import open_case
from desk.office import Office
from desk.purge import purge
from desk.talks import OpenTalk, begin_talk, keep_message
from store.people import DataKey, Person
from store.talks import Message, Talk
from tests.conftest import NOON


def _talk(office: Office, *, with_case: bool = False) -> str:
    """A closed talk of somebody new, a year and a day before NOON, with one message."""
    then = NOON - timedelta(days=office.directory.city.retention_days + 1)
    with office.database.sessions.begin() as session:
        key = office.vault.new_key(session, then)
        person = Person(
            line_hash=key.id, kind="user", data_key_id=key.id, address_sealed=b"x", created_at=then
        )
        session.add(person)
        session.flush()
        state = Conversation(talk="old", stage=Stage.CLOSED)
        talk: OpenTalk = begin_talk(session, person.id, key, state, then)
        person.conversation_id = talk.row.id
        keep_message(session, talk, "resident", "むかしの言葉", then)
        if with_case:
            open_case(session, talk, "tray", {"reason": "none_fits"}, then, why="none_fits")
        return talk.row.id


def test_an_old_talk_loses_its_key_its_words_and_the_address(office: Office) -> None:
    talk_id = _talk(office)
    assert purge(office, NOON) == 1
    with office.database.reads() as session:
        row = session.get_one(Talk, talk_id)
        assert (row.data_key_id, row.state_sealed) == (None, None)
        assert session.scalars(select(Message.words_sealed)).all() == [None]
        assert session.scalars(select(Person.address_sealed)).all() == [None]
        assert session.scalars(select(DataKey.id)).all() == ["line-index"]


def test_a_talk_with_an_open_case_stays(office: Office) -> None:
    talk_id = _talk(office, with_case=True)
    assert purge(office, NOON) == 0
    with office.database.reads() as session:
        assert session.get_one(Talk, talk_id).state_sealed is not None


def test_a_younger_talk_stays(office: Office) -> None:
    _talk(office)
    assert purge(office, NOON - timedelta(days=30)) == 0
