"""Opening and saving a sealed talk; words into it, as a message and as an outbox row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation import Say, Stage
from desk.office import Office
from desk.talks import TalkErased, open_talk, read_words, say
from store.cases import Case
from store.letterbox import OutboxMessage
from store.people import DataKey
from store.talks import Talk
from tests.cases import NOW, a_handoff, a_talk, later, opened


def test_the_state_comes_back_as_it_was_and_copies_follow(office: Office) -> None:
    talk_id = a_talk(office)
    with office.database.sessions.begin() as session:
        talk = opened(office, session, talk_id)
        talk.save(replace(talk.state, stage=Stage.CLOSED, worry="ほかの言葉"), later(5))
    with office.database.reads() as session:
        again = opened(office, session, talk_id)
        assert again.state.worry == "ほかの言葉"
        assert (again.row.stage, again.row.closed_at) == ("closed", later(5))
        assert "ほかの".encode() not in (again.row.state_sealed or b"")


def test_the_first_end_counts(office: Office) -> None:
    talk_id = a_talk(office)
    for minute in (5, 9):
        with office.database.sessions.begin() as session:
            talk = opened(office, session, talk_id)
            talk.save(replace(talk.state, stage=Stage.CLOSED), later(minute))
    with office.database.reads() as session:
        assert session.get_one(Talk, talk_id).closed_at == later(5)


def test_without_its_key_it_stays_shut(office: Office) -> None:
    talk_id = a_talk(office)
    with office.database.sessions.begin() as session:
        row = session.get_one(Talk, talk_id)
        session.delete(session.get_one(DataKey, row.data_key_id))
    with office.database.reads() as session, pytest.raises(TalkErased):
        open_talk(session, office.vault, session.get_one(Talk, talk_id))


def test_the_bots_words_keep_only_their_key_a_cases_words_are_kept(office: Office) -> None:
    case_id = a_handoff(office)
    with office.database.sessions.begin() as session:
        talk = opened(office, session, session.get_one(Case, case_id).conversation_id)
        (bare,) = say(session, talk, [Say("greeting.who", "こんにちは")], NOW, event_id="01A")
        (kept,) = say(session, talk, [Say("staff", "読みました")], NOW, case_id=case_id)
        assert (bare.kind, read_words(talk.key, bare)) == ("greeting.who", None)
        assert read_words(talk.key, kept) == "読みました"
        rows = session.query(OutboxMessage).order_by(OutboxMessage.seq).all()
        assert [(r.event_id, r.message_id, r.state) for r in rows] == [
            ("01A", bare.id, "waiting"),
            (None, kept.id, "waiting"),
        ]
        assert all("読み".encode() not in (r.payload_sealed or b"") for r in rows)


def test_a_bubble_with_the_longest_key_fits_its_column(office: Office) -> None:
    talk_id = a_talk(office)
    with office.database.sessions.begin() as session:
        talk = opened(office, session, talk_id)
        (message,) = say(session, talk, [Say("danger.card.other.sexual_violence", "x")], NOW)
        assert message.kind == "danger.card.other.sexual_violence"
