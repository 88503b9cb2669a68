"""Profiles, content, read marks, loading dots, groups."""

from __future__ import annotations

import pytest

from tests.line_sim.rig import Sim


def test_read_marks_by_token_reach_back(sim: Sim) -> None:
    sim.sim("PUT", "/settings", {"chat_mode": "chat"})
    phone = sim.phone()
    sim.say(phone)
    token = sim.say(phone)["event"]["message"]["markAsReadToken"]
    sim.say(phone)
    assert sim.api("POST", "/chat/markAsRead", {"markAsReadToken": token}).json == {}
    assert [each["read"] for each in sim.chat(phone)["bubbles"]] == [True, True, False]
    bad = sim.api("POST", "/chat/markAsRead", {"markAsReadToken": "x"})
    assert bad.status == 400
    assert bad.json["message"].startswith("Invalid markAsReadToken")


def test_without_the_chat_feature_all_is_read_at_once(sim: Sim) -> None:
    phone = sim.phone()
    sim.say(phone)
    assert sim.chat(phone)["bubbles"][0]["read"] is True


@pytest.mark.parametrize(("seconds", "status"), [(5, 202), (60, 202), (7, 400), (65, 400)])
def test_loading_takes_steps_of_five(sim: Sim, seconds: int, status: int) -> None:
    phone = sim.phone()
    body = {"chatId": phone, "loadingSeconds": seconds}
    assert sim.api("POST", "/chat/loading/start", body).status == status
    assert (sim.chat(phone)["loading_ms"] > 0) is (status == 202)


def test_loading_ends_with_a_message_and_refuses_groups(sim: Sim) -> None:
    phone = sim.phone()
    sim.api("POST", "/chat/loading/start", {"chatId": phone})
    assert sim.chat(phone)["loading_ms"] > 15_000
    sim.push(phone)
    assert sim.chat(phone)["loading_ms"] == 0
    assert sim.api("POST", "/chat/loading/start", {"chatId": "C" + "0" * 32}).status == 400


def test_the_profile_is_hidden_from_those_who_were_blocked(sim: Sim) -> None:
    phone = sim.phone(name="はな", language="en")
    profile = sim.api("GET", f"/profile/{phone}").json
    assert profile == {"userId": phone, "displayName": "はな", "language": "en"}
    sim.sim("POST", f"/phones/{phone}/block")
    refused = sim.api("GET", f"/profile/{phone}")
    assert (refused.status, refused.json) == (404, {"message": "Not found"})
    assert sim.api("GET", f"/profile/{sim.phone(friend=False)}").status == 404


def test_content_is_there_until_it_is_taken_back(sim: Sim) -> None:
    phone = sim.phone()
    sent = sim.sim("POST", f"/phones/{phone}/image", {"base64": "AAEC", "mime": "image/jpeg"})
    path = f"/message/{sent['bubble']['id']}/content"
    answer = sim.api("GET", path)
    assert (answer.data, answer.headers["content-type"]) == (b"\x00\x01\x02", "image/jpeg")
    sim.sim("POST", f"/phones/{phone}/unsend", {"message_id": sent["bubble"]["id"]})
    assert sim.api("GET", path).status == 410
    assert sim.api("GET", "/message/1/content").status == 404


def test_a_left_group_takes_no_more_messages(sim: Sim) -> None:
    member = sim.phone()
    group = sim.sim("POST", "/groups", {"members": [member, "U" + "1" * 32]})["group_id"]
    assert sim.push(group).status == 200
    assert sim.sim("GET", "/counters")["billed"] == 2
    assert sim.api("POST", f"/group/{group}/leave").json == {}
    assert sim.push(group).status == 400
    assert sim.api("POST", f"/group/{group}/leave").status == 404
    assert sim.sim("GET", f"/groups/{group}/chat")["joined"] is False
