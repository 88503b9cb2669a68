"""What goes out next for a person, and the token nobody needs."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from store import outbox
from store.letterbox import OutboxMessage, ReplyToken
from tests.letterbox import House


def spare(house: House, person: str) -> str | None:
    with house.office.database.reads() as session:
        token = outbox.spare_token(session, person, house.clock())
    return token.token if token else None


def test_urgent_words_first_then_the_order_of_writing(house: House) -> None:
    resident = house.resident()
    resident.says("さみしくて だれかと話したいです")
    late = resident.hears_from_staff("一", "二")
    urgent = resident.hears_from_staff("急ぎ", urgent=True)
    with house.office.database.reads() as session:
        found = outbox.open_rows(session, resident.person.id)
    assert [row.id for row in found] == [*urgent, *late]


def test_only_a_fresh_unused_token_of_a_silent_event_is_spare(house: House) -> None:
    resident = house.resident()
    resident.agrees("夜ねむれなくて つらいです")
    person = resident.person.id
    assert spare(house, person) is None, "all of them carried answers"
    resident.says("一")
    silent = [resident.says("二"), resident.says("三")]
    assert spare(house, person) == silent[1]["replyToken"]
    house.keep(resident.text("まだ読まれていない"))
    assert spare(house, person) == silent[1]["replyToken"]
    with house.office.database.sessions.begin() as session:
        newest = ReplyToken.token == silent[1]["replyToken"]
        session.execute(update(ReplyToken).where(newest).values(used_by="somebody"))
    assert spare(house, person) == silent[0]["replyToken"]
    house.clock.forward(outbox.TOKEN_LIFE.total_seconds())
    assert spare(house, person) is None


def test_a_batch_is_found_by_its_name_while_it_is_open(house: House) -> None:
    resident = house.resident()
    resident.says("さみしくて だれかと話したいです")
    ids = resident.hears_from_staff("一", "二", "三")
    with house.office.database.sessions.begin() as session:
        rows = update(OutboxMessage).where(OutboxMessage.id.in_(ids[:2]))
        session.execute(rows.values(batch_id=ids[0]))
        session.execute(
            update(OutboxMessage).where(OutboxMessage.id == ids[1]).values(state="sent")
        )
    with house.office.database.reads() as session:
        assert [row.id for row in outbox.batch_rows(session, ids[0])] == [ids[0]]


def test_a_token_lives_shorter_here_than_at_line() -> None:
    assert timedelta(seconds=40) < outbox.TOKEN_LIFE < timedelta(seconds=60)
