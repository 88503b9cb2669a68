"""Genkan → LINE: one reused SDK client with timeouts; every ending becomes a `Verdict`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

import urllib3.exceptions
from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    Message,
    MessagingApi,
    PushMessageRequest,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
)
from linebot.v3.messaging.exceptions import ApiException
from pydantic.v1 import ValidationError

from bot.conversation import Say
from bot.line import limits
from bot.line.messages import render
from desk.post import Result, Verdict

TIMEOUT = (2.0, 6.0)
"""Seconds to connect and to read; together shorter than a lane's lease."""
_LOADING_TIMEOUT = (0.5, 1.0)
"""An animation is not worth more waiting: the answer comes after it."""
_LOADING_SECONDS = 20
_LONGEST_ID = 80
_SENT_ANYWAY = "response_unreadable"

log = logging.getLogger("genkan.line")


class LineClient:
    """Implements `desk.post.Post` with line-bot-sdk. Make it after a process has forked."""

    def __init__(self, api_host: str, access_token: str) -> None:
        configuration = Configuration(host=api_host, access_token=access_token)
        configuration.retries = urllib3.Retry(0)
        self._api = MessagingApi(ApiClient(configuration))

    def reply(self, reply_token: str, says: Sequence[Say], talk: str) -> Verdict:
        """POST /v2/bot/message/reply."""
        return self._say(
            says,
            talk,
            lambda messages: ReplyMessageRequest(replyToken=reply_token, messages=messages),
            lambda request: self._api.reply_message_with_http_info(
                request, _request_timeout=TIMEOUT
            ),
        )

    def push(self, address: str, says: Sequence[Say], talk: str, retry_key: str) -> Verdict:
        """POST /v2/bot/message/push with `X-Line-Retry-Key`."""
        return self._say(
            says,
            talk,
            lambda messages: PushMessageRequest(to=address, messages=messages),
            lambda request: self._api.push_message_with_http_info(
                request, x_line_retry_key=retry_key, _request_timeout=TIMEOUT
            ),
        )

    def leave(self, kind: str, address: str) -> Verdict:
        """POST /v2/bot/group/{id}/leave or /v2/bot/room/{id}/leave."""
        leave = (
            self._api.leave_group_with_http_info
            if kind == "group"
            else self._api.leave_room_with_http_info
        )
        return _verdict(lambda: leave(address, _request_timeout=TIMEOUT))

    def show_working(self, address: str) -> None:
        """POST /v2/bot/chat/loading/start; a refusal is nobody's loss."""
        request = ShowLoadingAnimationRequest(chatId=address, loadingSeconds=_LOADING_SECONDS)
        _verdict(
            lambda: self._api.show_loading_animation_with_http_info(
                request, _request_timeout=_LOADING_TIMEOUT
            )
        )

    def _say(
        self,
        says: Sequence[Say],
        talk: str,
        build: Callable[[list[Message]], Any],
        send: Callable[[Any], Any],
    ) -> Verdict:
        messages = [render(bubble, talk) for bubble in says]
        faults = limits.faults_in_call(messages)
        if faults:
            log.error("message breaks LINE's limits: %s", "; ".join(faults))
            return Verdict(Result.REFUSED, error="over_limit")
        try:
            request = build([Message.from_dict(message) for message in messages])
        except ValidationError:
            # Not the ValidationError of an answer: this one left nobody's hands.
            log.error("message is none that the SDK knows")
            return Verdict(Result.REFUSED, error="not_a_message")
        return _verdict(lambda: send(request))


def _verdict(call: Callable[[], Any]) -> Verdict:
    """Make the call and name its ending (LINE docs: retrying-api-request)."""
    try:
        response = call()
    except ApiException as error:
        return _from_status(error)
    except ValidationError:
        # LINE answered 200 with a body the SDK does not understand: the send is done.
        return Verdict(Result.ACCEPTED, 200, error=_SENT_ANYWAY)
    except urllib3.exceptions.NewConnectionError as error:
        return Verdict(Result.TRY_LATER, error=type(error).__name__)
    except urllib3.exceptions.MaxRetryError as error:
        refused = isinstance(
            error.reason,
            urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError,
        )
        result = Result.TRY_LATER if refused else Result.AMBIGUOUS
        return Verdict(result, error=type(error.reason).__name__)
    except Exception as error:
        # A broken connection, an answer in no readable charset: LINE may have taken the message.
        return Verdict(Result.AMBIGUOUS, error=type(error).__name__)
    return Verdict(Result.ACCEPTED, response.status_code, _request_id(response.headers))


def _from_status(error: ApiException) -> Verdict:
    status = int(error.status or 0)
    request_id = _request_id(error.headers)
    if status == 409:
        accepted = _request_id(error.headers, "x-line-accepted-request-id")
        return Verdict(Result.ACCEPTED, 409, accepted or request_id)
    if status == 429:
        return Verdict(Result.TRY_LATER, 429, request_id, _limit_code(error))
    if status >= 500 or status == 0:
        return Verdict(Result.AMBIGUOUS, status, request_id, f"status_{status}")
    if status == 400 and "reply token" in str(error.body).lower():
        return Verdict(Result.INVALID_TOKEN, 400, request_id, "invalid_reply_token")
    return Verdict(Result.REFUSED, status, request_id, f"status_{status}")


def _limit_code(error: ApiException) -> str:
    """The texts may change, so they only name the alarm; what is done depends on 429 alone."""
    return "monthly_limit" if "monthly limit" in str(error.body).lower() else "rate_limit"


def _request_id(headers: Any, name: str = "x-line-request-id") -> str | None:
    request_id = (headers or {}).get(name)
    return str(request_id)[:_LONGEST_ID] if request_id else None
