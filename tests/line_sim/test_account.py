"""Replies, pushes, multicasts: tokens, retry keys, who is reached, what is billed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.line_sim.rig import KEY, Sim, text


def test_a_reply_is_shown_and_free(sim: Sim) -> None:
    phone = sim.phone()
    answer = sim.reply(sim.token(phone), text("一つめ"), text("二つめ"))
    assert answer.status == 200
    sent = answer.json["sentMessages"]
    assert [each["message"]["text"] for each in sim.from_account(phone)] == ["一つめ", "二つめ"]
    assert [each["id"] for each in sim.from_account(phone)] == [each["id"] for each in sent]
    counters = sim.sim("GET", "/counters")
    assert (counters["replies"], counters["reply_bubbles"], counters["billed"]) == (1, 2, 0)


def test_a_reply_token_works_once(sim: Sim) -> None:
    token = sim.token(sim.phone())
    assert sim.reply(token).status == 200
    again = sim.reply(token)
    assert (again.status, again.json) == (400, {"message": "Invalid reply token"})


def test_of_many_replies_at_once_one_wins(sim: Sim) -> None:
    phone = sim.phone()
    token = sim.token(phone)
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: sim.reply(token).status, range(8)))
    assert sorted(statuses) == [200] + [400] * 7
    assert len(sim.from_account(phone)) == 1


def test_an_invalid_message_leaves_the_token_usable(sim: Sim) -> None:
    token = sim.token(sim.phone())
    assert sim.reply(token, text("")).status == 400
    assert sim.reply(token).status == 200


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (61, 400)])
def test_a_reply_token_lasts_a_minute(sim: Sim, seconds: int, status: int) -> None:
    token = sim.token(sim.phone())
    sim.sim("POST", "/clock", {"advance_seconds": seconds})
    assert sim.reply(token).status == status


def test_an_unknown_token_is_invalid(sim: Sim) -> None:
    assert sim.reply("0" * 32).json == {"message": "Invalid reply token"}


def test_a_reply_refuses_a_retry_key_and_keeps_the_token(sim: Sim) -> None:
    token = sim.token(sim.phone())
    assert sim.reply(token, x_line_retry_key=KEY).status == 400
    assert sim.reply(token).status == 200


def test_a_push_is_billed_per_person_not_per_bubble(sim: Sim) -> None:
    phone = sim.phone()
    assert sim.push(phone, text("1"), text("2"), text("3")).status == 200
    counters = sim.sim("GET", "/counters")
    assert (counters["billed"], counters["push_bubbles"]) == (1, 3)
    assert sim.api("GET", "/message/quota/consumption").json == {"totalUsage": 1}


def test_a_repeated_retry_key_is_409_with_the_first_answer(sim: Sim) -> None:
    phone = sim.phone()
    first, second = sim.push(phone, key=KEY), sim.push(phone, key=KEY.upper())
    assert (first.status, second.status) == (200, 409)
    assert second.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert second.headers["x-line-request-id"] != first.headers["x-line-request-id"]
    assert second.json == {
        "message": "The retry key is already accepted",
        "sentMessages": first.json["sentMessages"],
    }
    assert len(sim.from_account(phone)) == 1
    assert sim.sim("GET", "/counters")["billed"] == 1


def test_a_retry_key_is_forgotten_after_a_day(sim: Sim) -> None:
    phone = sim.phone()
    sim.push(phone, key=KEY)
    sim.sim("POST", "/clock", {"advance_seconds": 24 * 3600 + 1})
    assert sim.push(phone, key=KEY).status == 200
    assert len(sim.from_account(phone)) == 2


def test_a_refused_push_does_not_use_up_its_key(sim: Sim) -> None:
    phone = sim.phone()
    assert sim.push(phone, text(""), key=KEY).status == 400
    assert sim.push(phone, key=KEY).status == 200


@pytest.mark.parametrize("key", ["abc", "123e4567e89b12d3a456426614174000", ""])
def test_a_retry_key_must_be_a_uuid(sim: Sim, key: str) -> None:
    assert sim.push(sim.phone(), key=key).status == 400


def test_same_key_at_once_sends_once(sim: Sim) -> None:
    phone = sim.phone()
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: sim.push(phone, key=KEY).status, range(8)))
    assert sorted(statuses) == [200] + [409] * 7
    assert len(sim.from_account(phone)) == 1


def test_a_push_to_a_blocker_is_200_arrives_nowhere_and_costs_nothing(sim: Sim) -> None:
    phone = sim.phone()
    sim.sim("POST", f"/phones/{phone}/block")
    answer = sim.push(phone)
    assert answer.status == 200
    assert answer.json["sentMessages"]
    assert sim.from_account(phone) == []
    counters = sim.sim("GET", "/counters")
    assert (counters["billed"], counters["undelivered"]) == (0, 1)
    assert sim.sim("GET", "/calls?endpoint=push")["calls"][0]["delivered"] is False


def test_a_push_to_a_deleted_account_is_200(sim: Sim) -> None:
    phone = sim.phone()
    sim.sim("DELETE", f"/phones/{phone}")
    assert sim.push(phone).status == 200


@pytest.mark.parametrize("to", ["U" + "0" * 32, "C" + "0" * 32])
def test_a_push_to_an_id_that_never_was_fails(sim: Sim, to: str) -> None:
    answer = sim.push(to)
    assert (answer.status, answer.json) == (400, {"message": "Failed to send messages"})


@pytest.mark.parametrize("to", ["", "hanako", "U123", None])
def test_a_push_needs_a_well_formed_recipient(sim: Sim, to: str | None) -> None:
    answer = sim.api("POST", "/message/push", {"to": to, "messages": [text("x")]})
    assert answer.status == 400
    assert "'to'" in answer.json["message"]


def test_a_stranger_is_reachable_for_seven_days_after_writing(sim: Sim) -> None:
    stranger = sim.phone(friend=False)
    sim.push(stranger, text("早すぎる"))
    sim.say(stranger)
    sim.push(stranger, text("届く"))
    sim.sim("POST", "/clock", {"advance_seconds": 7 * 24 * 3600 + 1})
    sim.push(stranger, text("遅すぎる"))
    assert [each["message"]["text"] for each in sim.from_account(stranger)] == ["届く"]


def test_the_monthly_limit_stops_pushes_but_not_replies(sim: Sim) -> None:
    phone = sim.phone()
    sim.sim("POST", "/quota", {"limit": 1})
    assert sim.api("GET", "/message/quota").json == {"type": "limited", "value": 1}
    assert sim.push(phone).status == 200
    refused = sim.push(phone)
    assert (refused.status, refused.json) == (
        429,
        {"message": "You have reached your monthly limit."},
    )
    assert sim.reply(sim.token(phone)).status == 200


def test_a_running_broadcast_reserves_the_quota(sim: Sim) -> None:
    phone = sim.phone()
    sim.sim("POST", "/quota", {"limit": 100, "reserved": 100})
    assert sim.push(phone).status == 429
    sim.sim("POST", "/quota", {"reserved": 0})
    assert sim.push(phone).status == 200


def test_no_plan_has_no_limit(sim: Sim) -> None:
    assert sim.api("GET", "/message/quota").json == {"type": "none"}


def test_multicast_reaches_friends_and_passes_over_strangers(sim: Sim) -> None:
    one, two = sim.phone(), sim.phone()
    body = {"to": [one, two, two, "U" + "f" * 32], "messages": [text("みなさん")]}
    assert sim.api("POST", "/message/multicast", body).json == {}
    assert len(sim.from_account(one)) == len(sim.from_account(two)) == 1
    assert sim.sim("GET", "/counters")["billed"] == 2


def test_multicast_takes_500_people_at_most(sim: Sim) -> None:
    body = {"to": [f"U{number:032x}" for number in range(501)], "messages": [text("x")]}
    assert sim.api("POST", "/message/multicast", body).status == 400


def test_a_quote_needs_a_token_of_this_chat(sim: Sim) -> None:
    phone, other = sim.phone(), sim.phone()
    token = sim.say(phone)["event"]["message"]["quoteToken"]
    assert sim.push(other, text("x", quoteToken=token)).status == 400
    assert sim.push(phone, text("x", quoteToken=token)).status == 200
    assert sim.from_account(phone)[0]["quoted"]["text"] == "こんにちは"
