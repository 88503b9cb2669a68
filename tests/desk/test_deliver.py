"""Sending: journalled before the call, once per token, and never resent when nobody knows."""

from __future__ import annotations

import hashlib
import multiprocessing
import os

import pytest
from sqlalchemy import select, update

from desk import contact
from desk.post import Result, Verdict
from store.letterbox import OutboxMessage
from store.people import Person
from tests.houses import make_office
from tests.letterbox import Call, House, Resident

WORRY = "夜ねむれなくて 会社の人間関係がつらいです"
AWAY = Verdict(Result.TRY_LATER, 429, error="rate_limit")
UNSURE = Verdict(Result.AMBIGUOUS, 500, error="status_500")
INVALID = Verdict(Result.INVALID_TOKEN, 400, error="invalid_reply_token")
REFUSED = Verdict(Result.REFUSED, 400, error="status_400")
KNOWN = Verdict(Result.ACCEPTED, 409, "first-request")


@pytest.fixture
def resident(house: House) -> Resident:
    return house.resident()


def again(house: House, resident: Resident, seconds: float) -> None:
    house.clock.forward(seconds)
    house.work(resident.person.id)


def known(house: House, resident: Resident) -> None:
    """Greeted long ago: no fresh token is left."""
    resident.sends(resident.event("follow"))
    house.clock.forward(600)
    house.post.calls.clear()


def test_the_row_says_trying_before_the_call_is_made(house: House, resident: Resident) -> None:
    seen: list[tuple[str, str | None, int, str | None]] = []

    def look(call: Call) -> None:
        for row in house.rows():
            seen.append((row.state, row.via, row.attempts, row.reply_token_sha256))

    house.post.before = look
    event = resident.says(WORRY)
    sha = hashlib.sha256(event["replyToken"].encode()).hexdigest()
    assert seen and set(seen) == {("trying", "reply", 1, sha)}
    assert set(house.states()) == {"sent"}
    assert {row.line_request_id for row in house.rows()} == {"request-id"}


def test_no_transaction_is_open_during_the_call(house: House, resident: Resident) -> None:
    def write(_call: Call) -> None:
        with house.office.database.sessions.begin() as session:
            session.execute(update(Person).values(no_contact_at=None))

    house.post.before = write
    resident.says(WORRY)
    assert set(house.states()) == {"sent"}


def test_a_dead_worker_leaves_trying_and_the_next_asks_with_the_same_token(
    house: House, resident: Resident
) -> None:
    house.post.verdicts = [KeyboardInterrupt()]
    event = resident.text(WORRY)
    with pytest.raises(KeyboardInterrupt):
        resident.sends(event)
    assert set(house.states()) == {"trying"}
    house.post.verdicts = [INVALID]
    again(house, resident, 15)
    assert [call.key for call in house.post.calls] == [event["replyToken"]] * 2
    assert {(row.state, row.error) for row in house.rows()} == {("sent", "accepted_before")}


def _die_in_the_call(house_url: str, person_id: str, ready: object) -> None:
    from store.engine import Database
    from tests.houses import make_settings

    settings = make_settings(house_url)
    house = House(make_office(settings, Database(settings.database_url)))
    house.clock.forward(60)
    house.post.before = lambda _call: os._exit(9)
    house.work(person_id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_process_that_dies_in_the_call_is_survived(house: House, resident: Resident) -> None:
    known(house, resident)
    (staff,) = resident.hears_from_staff("おはようございます")
    house.close()
    child = multiprocessing.get_context("spawn").Process(
        target=_die_in_the_call,
        args=(house.office.settings.database_url, resident.person.id, None),
    )
    child.start()
    child.join(60)
    assert child.exitcode == 9
    (row,) = house.rows(OutboxMessage.id == staff)
    assert (row.state, row.via, row.attempts) == ("trying", "push", 1)
    house.post.verdicts = [KNOWN]
    again(house, resident, 700)
    (row,) = house.rows(OutboxMessage.id == staff)
    assert (row.state, row.attempts) == ("sent", 2)
    assert house.post.calls[-1].key == row.batch_id == staff


def test_a_token_is_used_until_it_is_fifty_seconds_old(house: House, resident: Resident) -> None:
    resident.says(WORRY)
    people = house.keep(resident.text("どれもちがう"))
    house.clock.forward(50)
    house.work(*people)
    assert house.post.calls[-1].how == "reply"
    people = house.keep(resident.text("つらいです"))
    house.clock.forward(51)
    house.work(*people)
    assert house.post.calls[-1].how == "push"


def test_without_a_token_it_is_pushed_with_one_key_for_all_tries(
    house: House, resident: Resident
) -> None:
    known(house, resident)
    (staff,) = resident.hears_from_staff("おはようございます")
    house.post.verdicts = [UNSURE, AWAY, KNOWN]
    for _ in range(3):
        again(house, resident, 30)
    assert {(c.how, c.key, c.to) for c in house.post.calls} == {("push", staff, resident.line_id)}
    (row,) = house.rows(OutboxMessage.id == staff)
    assert (row.state, row.attempts, row.status) == ("sent", 3, 409)
    assert row.line_request_id == "first-request"


def test_a_rate_limit_waits_and_pushes_when_the_token_has_died(
    house: House, resident: Resident
) -> None:
    house.post.verdicts = [AWAY]
    event = resident.says(WORRY)
    house.work(resident.person.id)
    assert len(house.post.calls) == 1, "not before the pause is over"
    house.post.verdicts = [AWAY]
    again(house, resident, 10)
    assert house.post.calls[-1].key == event["replyToken"]
    again(house, resident, 60)
    assert [c.how for c in house.post.calls] == ["reply", "reply", "push"]
    assert set(house.states()) == {"sent"}


def test_an_unsure_reply_is_tried_again_with_the_same_token_only(
    house: House, resident: Resident
) -> None:
    house.post.verdicts = [UNSURE, UNSURE]
    event = resident.says(WORRY)
    for _ in range(3):
        again(house, resident, 8)
    assert {(c.how, c.key) for c in house.post.calls} == {("reply", event["replyToken"])}
    assert set(house.states()) == {"sent"}


def test_an_unsure_reply_whose_token_died_is_unknown_and_never_resent(
    house: House, resident: Resident
) -> None:
    house.post.verdicts = [UNSURE]
    resident.says(WORRY)
    again(house, resident, 60)
    assert {(r.state, r.error, r.payload_sealed) for r in house.rows()} == {
        ("unknown", "no_verdict", None)
    }
    again(house, resident, 3600)
    assert len(house.post.calls) == 1


def test_an_invalid_token_without_an_earlier_try_means_push(
    house: House, resident: Resident
) -> None:
    house.post.verdicts = [INVALID]
    resident.says(WORRY)
    assert [c.how for c in house.post.calls] == ["reply", "push"]
    assert set(house.states()) == {"sent"}


def test_a_refusal_is_final_and_visible(house: House, resident: Resident) -> None:
    house.post.verdicts = [REFUSED]
    resident.says(WORRY)
    again(house, resident, 3600)
    assert {(r.state, r.error, r.status) for r in house.rows()} == {("failed", "status_400", 400)}
    assert len(house.post.calls) == 1


def test_bubbles_of_staff_are_joined_five_at_a_time_and_stay_together(
    house: House, resident: Resident
) -> None:
    known(house, resident)
    ids = resident.hears_from_staff(*"1234567")
    house.post.verdicts = [AWAY]
    house.work(resident.person.id)
    ids += resident.hears_from_staff("8")
    again(house, resident, 60)
    said = [[s.text for s in call.says] for call in house.post.calls]
    assert said == [["1", "2", "3", "4", "5"], ["1", "2", "3", "4", "5"], ["6", "7", "8"]]
    assert [call.key for call in house.post.calls] == [ids[0], ids[0], ids[5]]


def test_order_is_kept_while_the_first_one_fails(house: House, resident: Resident) -> None:
    known(house, resident)
    resident.hears_from_staff("まえの言葉")
    house.post.verdicts = [AWAY]
    house.work(resident.person.id)
    resident.hears_from_staff("あとの言葉")
    house.work(resident.person.id)
    assert len(house.post.calls) == 1
    again(house, resident, 60)
    assert [c.text for c in house.post.calls[1:]] == ["まえの言葉", "あとの言葉"]


def test_staff_words_ride_on_a_spare_fresh_token(house: House, resident: Resident) -> None:
    resident.agrees(WORRY)
    resident.says("よろしくお願いします")
    silent = resident.says("まだ書いています")
    assert house.event(silent["webhookEventId"]).outcome == "silent"
    resident.hears_from_staff("読みました")
    again(house, resident, 5)
    assert (house.post.calls[-1].how, house.post.calls[-1].key) == ("reply", silent["replyToken"])
    resident.hears_from_staff("もうひとつ")
    again(house, resident, 5)
    assert house.post.calls[-1].how == "push"


def test_words_held_back_by_the_quota_go_with_the_next_free_answer(
    house: House, resident: Resident
) -> None:
    known(house, resident)
    resident.hears_from_staff("きょうは行けますか")
    house.post.verdicts = [AWAY]
    house.work(resident.person.id)
    worry = resident.says(WORRY)
    last = house.post.calls[-1]
    assert (last.how, last.key) == ("reply", worry["replyToken"])
    assert last.says[0].text == "きょうは行けますか"
    assert len(last.says) > 1, "the answer itself rides in the same call"
    assert set(house.states()) == {"sent"}


def test_words_that_do_not_open_any_more_fail_alone(house: House, resident: Resident) -> None:
    known(house, resident)
    broken, whole = resident.hears_from_staff("こわれた"), resident.hears_from_staff("読める")
    with house.office.database.sessions.begin() as session:
        row = session.scalars(select(OutboxMessage).where(OutboxMessage.id.in_(broken))).one()
        row.payload_sealed = b"\0" * 40
        row.urgent = True
    again(house, resident, 5)
    assert [(r.state, r.error) for r in house.rows(OutboxMessage.id.in_(broken))] == [
        ("failed", "SealBroken")
    ]
    assert [r.state for r in house.rows(OutboxMessage.id.in_(whole))] == ["sent"]


def test_staff_words_never_take_a_token_an_answer_needs(house: House, resident: Resident) -> None:
    resident.says(WORRY)
    resident.hears_from_staff("読みました")
    people = house.keep(resident.text("どれもちがう"))
    house.work(*people)
    hows = [(c.how, c.says[0].key == "staff") for c in house.post.calls[1:]]
    assert sorted(hows) == [("push", True), ("reply", False)]


def test_a_blocker_gets_nothing_more(house: House, resident: Resident) -> None:
    known(house, resident)
    resident.hears_from_staff("おはようございます")
    resident.sends(resident.event("unfollow", token=""))
    again(house, resident, 60)
    assert house.post.calls == []
    (row,) = house.rows(OutboxMessage.event_id.is_(None))
    assert (row.state, row.error, row.payload_sealed) == ("cancelled", "blocked", None)
    resident.hears_from_staff("もういちど")
    again(house, resident, 60)
    assert house.post.calls == [] and house.states()[-1] == "cancelled"


def test_a_follow_opens_the_way_again_an_old_message_does_not(
    house: House, resident: Resident
) -> None:
    known(house, resident)
    resident.sends(resident.event("unfollow", token=""))
    resident.sends(resident.text("まえに書いた言葉", at=-60))
    assert resident.person.blocked_at is not None
    assert house.post.calls == []
    resident.sends(resident.event("follow"))
    assert resident.person.blocked_at is None
    assert house.post.calls[-1].how == "reply"


def test_no_contact_stops_what_was_not_asked_for(house: House, resident: Resident) -> None:
    known(house, resident)
    resident.hears_from_staff("おはようございます")
    with house.office.database.sessions.begin() as session:
        contact.stop(session, session.get_one(Person, resident.person.id), house.clock())
    again(house, resident, 1)
    assert house.post.calls == []
    resident.says(WORRY)
    assert house.post.calls[-1].how == "reply"


def test_after_23_hours_it_is_given_up(house: House, resident: Resident) -> None:
    known(house, resident)
    (sure,) = resident.hears_from_staff("おはようございます")
    house.post.verdicts = [AWAY]
    house.work(resident.person.id)
    again(house, resident, 23 * 3600 + 60)
    assert len(house.post.calls) == 1
    (row,) = house.rows(OutboxMessage.id == sure)
    assert (row.state, row.error) == ("failed", "gave_up")
    (unsure,) = resident.hears_from_staff("こんにちは")
    house.post.verdicts = [UNSURE]
    house.work(resident.person.id)
    again(house, resident, 23 * 3600 + 60)
    (row,) = house.rows(OutboxMessage.id == unsure)
    assert (row.state, row.error) == ("unknown", "gave_up")


def test_a_worker_that_lost_the_lane_writes_no_verdict(house: House, resident: Resident) -> None:
    def steal(_call: Call) -> None:
        with house.office.database.sessions.begin() as session:
            session.execute(update(Person).values(lane_token=Person.lane_token + 1))

    house.post.before = steal
    resident.says(WORRY)
    assert set(house.states()) == {"trying"}


def test_a_group_is_told_and_left(house: House) -> None:
    group = house.resident()
    group.source = {"type": "group", "groupId": "C" + "1" * 32, "userId": "U" + "2" * 32}
    group.sends(group.event("join"))
    assert [(c.how, c.says[0].key if c.says else c.to) for c in house.post.calls] == [
        ("reply", "other.group"),
        ("leave group", "C" + "1" * 32),
    ]
    assert set(house.states()) == {"sent"}


def test_who_waited_long_sees_that_something_happens(house: House, resident: Resident) -> None:
    resident.says(WORRY)
    assert house.post.worked_for == []
    people = house.keep(resident.text("どれもちがう"))
    house.clock.forward(3)
    house.work(*people)
    assert house.post.worked_for == [resident.line_id]


def test_the_talks_name_travels_with_every_call(house: House, resident: Resident) -> None:
    resident.says(WORRY)
    assert house.post.calls[-1].talk == resident.state.talk
