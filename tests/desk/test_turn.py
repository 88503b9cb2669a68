"""One event of one person: taken once, judged, answered and kept; whole talks end to end."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from bot.conversation import Stage
from desk import turn
from desk.casework import read_summary
from desk.talks import read_words
from store import lanes
from store.cases import CaseHistory, Consent, Escalation
from store.inbox import WAITING
from store.letterbox import OutboxMessage, ReplyToken
from store.people import Person
from tests.letterbox import House, Resident

WORRY = "夜ねむれなくて 会社の人間関係がつらいです"
DANGER = "いま薬をたくさん飲みました 090-1234-5678"


@pytest.fixture
def resident(house: House) -> Resident:
    return house.resident()


def test_a_follow_is_greeted_on_its_own_token(house: House, resident: Resident) -> None:
    event = resident.sends(resident.event("follow"))
    (call,) = house.post.calls
    assert (call.how, call.key) == ("reply", event["replyToken"])
    assert house.post.keys[0] == "greeting.who"
    kept = house.event(event["webhookEventId"])
    assert (kept.state, kept.outcome, kept.raw_sealed) == ("done", "answered", None)


def test_a_worry_is_met_with_members_and_why(house: House, resident: Resident) -> None:
    resident.says(WORRY)
    assert resident.state.stage is Stage.SUGGESTED
    assert 1 <= len(resident.state.offered) <= 3
    quoted = re.findall(r"「([^」]+)」という言葉から", house.post.calls[-1].text)
    assert quoted and all(words in WORRY for words in quoted)


def test_the_case_holds_exactly_what_was_left_switched_on(house: House, resident: Resident) -> None:
    resident.agrees(WORRY, "item:category:off")
    (case,) = resident.cases()
    assert (case.status, case.member_id) == ("waiting", resident.state.chosen)
    with house.office.database.reads() as session:
        key = house.office.vault.key(session, resident.talk.data_key_id)
        items = read_summary(key, case)["items"]
        consent = session.scalars(select(Consent).where(Consent.case_id == case.id)).one()
    assert [item["code"] for item in items] == ["worry", "language"]
    assert items[0]["value"] == WORRY
    assert (consent.items, consent.member_id) == ("worry,language", case.member_id)
    assert consent.given_at == house.clock() and consent.wording_version


def test_with_everything_off_the_member_learns_nothing(house: House, resident: Resident) -> None:
    resident.agrees(WORRY, "item:worry:off", "item:category:off", "item:language:off")
    (case,) = resident.cases()
    with house.office.database.reads() as session:
        key = house.office.vault.key(session, resident.talk.data_key_id)
        assert read_summary(key, case) == {"items": []}


def test_words_while_waiting_belong_to_the_member_earlier_ones_do_not(
    house: House, resident: Resident
) -> None:
    resident.agrees(WORRY)
    resident.says("よろしくお願いします", "LATER")
    (case,) = resident.cases()
    readable = {m.line_message_id: m.case_id for m in resident.messages()}
    assert readable["LATER"] == case.id
    assert {case_id for name, case_id in readable.items() if name != "LATER"} == {None}


def test_withdrawing_ends_access_consent_and_summary(house: House, resident: Resident) -> None:
    resident.agrees(WORRY)
    resident.says("やめる")
    (case,) = resident.cases()
    assert (case.status, case.summary_sealed, case.ended_at) == (
        "withdrawn",
        None,
        house.clock(),
    )
    with house.office.database.reads() as session:
        consent = session.scalars(select(Consent)).one()
        steps = session.scalars(select(CaseHistory).order_by(CaseHistory.id)).all()
    assert consent.withdrawn_at == house.clock()
    assert [(s.from_status, s.to_status, s.actor, s.why) for s in steps] == [
        (None, "waiting", "resident", "consent"),
        ("waiting", "withdrawn", "resident", "withdrawn"),
    ]
    resident.says("さみしいです", "AFTER")
    assert {m.case_id for m in resident.messages() if m.line_message_id == "AFTER"} == {None}


def test_an_emergency_is_a_card_and_a_case_in_one_transaction(
    house: House, resident: Resident
) -> None:
    house.keep(resident.text(DANGER))
    with house.office.database.sessions.begin() as session:
        token, _ = lanes.take(session, resident.person.id, house.clock()) or (0, False)
    assert turn.take_turn(
        house.office, house.lane.read_event, resident.person.id, token, house.clock()
    )
    (case,) = resident.cases("escalation")
    with house.office.database.reads() as session:
        escalation = session.get_one(Escalation, case.id)
        key = house.office.vault.key(session, resident.talk.data_key_id)
        summary = read_summary(key, case)
        history = session.scalars(select(CaseHistory)).all()
    assert (escalation.level, escalation.kind) == ("emergency", "suicide")
    assert (escalation.acknowledge_by - house.clock()).total_seconds() == 300
    assert "090" not in summary["words"] and "薬" in summary["words"]
    assert [h.why for h in history] and not any("薬" in h.why for h in history)
    assert all(row.urgent and row.state == "waiting" for row in house.rows())


def test_the_card_goes_before_everything_that_waits(house: House, resident: Resident) -> None:
    resident.says(WORRY)
    resident.hears_from_staff("おはようございます")
    house.post.calls.clear()
    resident.says(DANGER)
    assert house.post.keys[0].startswith("danger.card")
    assert house.post.keys[-1] == "staff"


def test_if_the_turn_fails_nothing_of_it_stays(
    house: House, resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("on the way")

    monkeypatch.setattr(turn, "say", broken)
    event = resident.says(DANGER)
    kept = house.event(event["webhookEventId"])
    assert (kept.state, kept.tries, kept.error) == (WAITING, 1, "RuntimeError")
    assert resident.cases("escalation") == [] and house.rows() == []
    monkeypatch.undo()
    house.clock.forward(5)
    house.work(resident.person.id)
    assert len(resident.cases("escalation")) == 1
    assert house.event(event["webhookEventId"]).error is None


def test_none_of_them_puts_the_resident_into_the_tray(house: House, resident: Resident) -> None:
    resident.says(WORRY)
    resident.says("どれもちがう")
    (case,) = resident.cases("tray")
    assert (case.status, case.member_id) == ("waiting", None)
    resident.says("どれもちがう")
    assert len(resident.cases("tray")) == 1


def test_standby_sends_nothing(house: House, resident: Resident) -> None:
    event = resident.sends(resident.text(WORRY) | {"mode": "standby"})
    assert house.post.calls == [] and house.rows() == []
    assert house.event(event["webhookEventId"]).outcome == "silent"


def test_unknown_kinds_are_noted_and_not_answered(house: House, resident: Resident) -> None:
    for kind in ("accountLink", "membership", "somethingNew2031", "unfollow"):
        event = resident.sends(resident.event(kind))
        assert house.event(event["webhookEventId"]).outcome == "silent"
    assert house.post.calls == []


def test_an_older_event_is_taken_and_marked_late(house: House, resident: Resident) -> None:
    resident.says(WORRY)
    late = resident.text("あとから届いた言葉", at=-30)
    resident.sends(late)
    assert house.event(late["webhookEventId"]).late
    on_time = resident.says("ありがとう")
    assert not house.event(on_time["webhookEventId"]).late


def test_events_are_taken_by_lines_time_not_by_arrival(house: House, resident: Resident) -> None:
    second = resident.text("どれもちがう", at=2)
    first = resident.text(WORRY, at=1)
    house.keep(second)
    house.keep(first)
    house.clock.forward(3)
    house.work(resident.person.id)
    assert len(resident.cases("tray")) == 1
    assert not house.event(second["webhookEventId"]).late


def test_an_event_that_was_taken_is_never_taken_again(house: House, resident: Resident) -> None:
    event = resident.says(WORRY)
    house.work(*house.keep(event))
    assert len(house.post.calls) == 1


def test_a_poisoned_event_is_set_aside_and_the_next_goes_on(
    house: House, resident: Resident
) -> None:
    broken = resident.text("こわれている")
    broken["replyToken"] = "token-of-poison"
    house.keep(broken)
    read = house.lane.read_event

    def poisoned(raw: dict[str, object]) -> object:
        if raw.get("replyToken") == "token-of-poison":
            raise ValueError("poison")
        return read(raw)

    fine = resident.text(WORRY, at=1)
    house.keep(fine)
    for _ in range(turn.MOST_TRIES):
        lane = house.lane
        object.__setattr__(lane, "read_event", poisoned)
        lane.work(resident.person.id)
        house.clock.forward(60)
    aside = house.event(broken["webhookEventId"])
    assert (aside.state, aside.tries, aside.error) == ("set_aside", turn.MOST_TRIES, "ValueError")
    assert aside.raw_sealed is not None
    house.work(resident.person.id)
    assert house.event(fine["webhookEventId"]).state == "done"


def test_a_failed_event_keeps_its_place_while_it_waits(house: House, resident: Resident) -> None:
    first, second = resident.text(WORRY, at=1), resident.text("どれもちがう", at=2)
    house.keep(first, second)
    person = resident.person.id
    with house.office.database.sessions.begin() as session:
        token, _ = lanes.take(session, person, house.clock()) or (0, False)
    turn.set_back(house.office, person, token, house.clock(), "ValueError")
    assert not turn.take_turn(house.office, house.lane.read_event, person, token, house.clock())
    assert house.event(second["webhookEventId"]).state == WAITING
    house.clock.forward(2)
    assert turn.take_turn(house.office, house.lane.read_event, person, token, house.clock())
    assert house.event(first["webhookEventId"]).state == "done"


def test_a_new_talk_after_the_end_gets_a_key_of_its_own(house: House, resident: Resident) -> None:
    resident.says(WORRY)
    first = resident.talk
    resident.taps("finish")
    assert resident.talk.closed_at is not None
    resident.says(WORRY)
    second = resident.talk
    assert (first.id, first.data_key_id) != (second.id, second.data_key_id)
    assert resident.person.data_key_id == second.data_key_id
    assert {first.data_key_id, second.data_key_id} <= house.key_ids()


def test_the_survey_is_kept_once(house: House, resident: Resident) -> None:
    from dataclasses import replace

    from desk.talks import open_talk
    from store.talks import SurveyAnswer, Talk

    resident.says(WORRY)
    with house.office.database.sessions.begin() as session:
        talk = open_talk(session, house.office.vault, session.get_one(Talk, resident.talk.id))
        talk.save(replace(talk.state, stage=Stage.SURVEY), house.clock())
    resident.taps("survey:useful")
    with house.office.database.reads() as session:
        answer = session.scalars(select(SurveyAnswer)).one()
    assert (answer.answer, resident.state.stage) == ("useful", Stage.CLOSED)
    resident.taps("survey:not_useful")
    with house.office.database.reads() as session:
        assert session.scalars(select(SurveyAnswer)).one().answer == "useful"


def test_words_are_kept_sealed_and_open_only_with_the_talks_key(
    house: House, resident: Resident
) -> None:
    resident.says(WORRY, "M1")
    (message,) = resident.messages()
    assert message.line_message_id == "M1"
    with house.office.database.reads() as session:
        key = house.office.vault.key(session, resident.talk.data_key_id)
    assert read_words(key, message) == WORRY


def test_media_leaves_no_content_and_one_message_row(house: House, resident: Resident) -> None:
    resident.sends(resident.event("message", message={"id": "P1", "type": "image"}))
    (message,) = resident.messages()
    assert (message.kind, message.words_sealed) == ("media", None)


def test_a_reply_token_is_kept_with_the_time_of_acceptance(
    house: House, resident: Resident
) -> None:
    event = resident.text(WORRY)
    people = house.keep(event)
    accepted = house.clock()
    house.clock.forward(7)
    house.work(*people)
    with house.office.database.reads() as session:
        token = session.get_one(ReplyToken, event["webhookEventId"])
    assert token.received_at == accepted


def test_a_zombie_cannot_finish_its_turn(house: House, resident: Resident) -> None:
    house.keep(resident.text(WORRY))
    person = resident.person.id
    with house.office.database.sessions.begin() as session:
        old, _ = lanes.take(session, person, house.clock()) or (0, False)
    house.clock.forward(lanes.LEASE.total_seconds() + 1)
    with house.office.database.sessions.begin() as session:
        assert lanes.take(session, person, house.clock()) == (old + 1, True)
    with pytest.raises(lanes.LaneLost):
        turn.take_turn(house.office, house.lane.read_event, person, old, house.clock())
    assert house.waiting_events() == 1 and house.rows() == []


def test_the_person_knows_nothing_in_clear(house: House, resident: Resident) -> None:
    resident.says(WORRY)
    with house.office.database.reads() as session:
        person = session.scalars(select(Person)).one()
        row = session.scalars(select(OutboxMessage)).first()
    assert resident.line_id not in person.line_hash
    assert resident.line_id.encode() not in (person.address_sealed or b"")
    assert row is not None and row.payload_sealed is None
