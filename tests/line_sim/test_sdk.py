"""LINE's own Python SDK drives the simulator and reads its events."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from linebot.v3 import WebhookParser
from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    MessagingApi,
    PushMessageRequest,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
    TextMessage,
    ValidateMessageRequest,
)
from linebot.v3.messaging.exceptions import ApiException
from linebot.v3.webhooks import FollowEvent, MessageEvent, PostbackEvent, UnsendEvent

from tests.line_sim.rig import KEY, SECRET, TOKEN, Sim, Sink

TIMEOUT = (2, 5)


@pytest.fixture
def sdk(sim: Sim) -> Iterator[MessagingApi]:
    with ApiClient(Configuration(host=sim.url, access_token=TOKEN)) as client:
        yield MessagingApi(client)


def push(phone: str, words: str = "はい") -> PushMessageRequest:
    return PushMessageRequest(to=phone, messages=[TextMessage(text=words)])


def test_reply(sim: Sim, sdk: MessagingApi) -> None:
    phone = sim.phone()
    request = ReplyMessageRequest(
        replyToken=sim.token(phone), messages=[TextMessage(text="ようこそ")]
    )
    sent = sdk.reply_message(request, _request_timeout=TIMEOUT).sent_messages
    assert [each["id"] for each in sim.from_account(phone)] == [each.id for each in sent]


def test_push_twice_with_one_key(sim: Sim, sdk: MessagingApi) -> None:
    phone = sim.phone()
    first = sdk.push_message_with_http_info(
        push(phone), x_line_retry_key=KEY, _request_timeout=TIMEOUT
    )
    with pytest.raises(ApiException) as again:
        sdk.push_message(push(phone), x_line_retry_key=KEY, _request_timeout=TIMEOUT)
    assert again.value.status == 409
    accepted = again.value.headers["x-line-accepted-request-id"]
    assert accepted == first.headers["x-line-request-id"]


def test_a_refusal_is_an_api_exception(sim: Sim, sdk: MessagingApi) -> None:
    with pytest.raises(ApiException) as refused:
        sdk.push_message(push(sim.phone(), "x" * 5001), _request_timeout=TIMEOUT)
    assert refused.value.status == 400
    assert "messages[0].text" in refused.value.body


def test_validate_and_loading_and_profile(sim: Sim, sdk: MessagingApi) -> None:
    phone = sim.phone(name="はな")
    request = ValidateMessageRequest(messages=[TextMessage(text="x")])
    sdk.validate_push(request, _request_timeout=TIMEOUT)
    loading = ShowLoadingAnimationRequest(chatId=phone, loadingSeconds=10)
    sdk.show_loading_animation(loading, _request_timeout=TIMEOUT)
    assert sim.chat(phone)["loading_ms"] > 0
    assert sdk.get_profile(phone, _request_timeout=TIMEOUT).display_name == "はな"


def test_the_parser_takes_its_events(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    message_id = sim.say(phone)["bubble"]["id"]
    sim.sim("POST", f"/phones/{phone}/postback", {"data": "x"})
    sim.sim("POST", f"/phones/{phone}/unsend", {"message_id": message_id})
    sim.sim("POST", f"/phones/{phone}/follow")
    parser = WebhookParser(SECRET)
    events = [
        event for hit in sink.wait(4) for event in parser.parse(hit.body.decode(), hit.signature)
    ]
    kinds = [type(each) for each in events]
    assert kinds == [MessageEvent, PostbackEvent, UnsendEvent, FollowEvent]
    assert {each.source.user_id for each in events} == {phone}
