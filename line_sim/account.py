"""How the account sends: reply, push, multicast, broadcast, with their tokens, keys and bills.

It answers with LINE's own refusals; reading requests and writing responses is the door's work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from line_sim import identifiers
from line_sim.identifiers import CHAT_ID
from line_sim.limits import messages_error, options_error
from line_sim.phones import Bubble, Chat, Group, Phone
from line_sim.platform import Platform
from line_sim.refusal import MONTHLY_LIMIT, Refusal
from line_sim.tokens import Accepted

Json = dict[str, Any]
QUOTING = {"text", "textV2", "sticker"}
QUOTABLE = {"text", "textV2", "sticker", "image", "video", "template", "flex"}


@dataclass(frozen=True)
class Request:
    """What is known of a send before it is judged."""

    request_id: str
    body: Json
    retry_key: str | None = None


@dataclass(frozen=True)
class Outcome:
    """A send the platform took: the answer, and whether anybody sees it."""

    body: Json
    delivered: bool
    sent: list[str]


class Account:
    """The sending side of the Messaging API, each call one step under the platform's lock."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def reply(self, request: Request) -> Outcome:
        """Free, once per token, within its minute; a retry key is not allowed."""
        if request.retry_key is not None:
            raise Refusal(400, "The X-Line-Retry-Key header is not supported for this API")
        check_sendable(request.body)
        platform = self._platform
        with platform.lock:
            now = platform.clock.now_ms()
            token = platform.tokens.find(str(request.body.get("replyToken") or ""), now)
            if token is None:
                raise Refusal(400, "Invalid reply token")
            chat = platform.chat(token.chat_id)
            self._check_quotes(chat, request.body["messages"])
            token.used = True
            outcome = self._deliver([chat] if chat else [], request, "reply")
            platform.billing.count_reply(len(request.body["messages"]), int(outcome.delivered))
            return outcome

    def push(self, request: Request) -> Outcome:
        """To one resident, group or room; counted when it arrives; a retry key sends it once."""
        _check_retry_key(request.retry_key)
        platform = self._platform
        with platform.lock:
            self._refuse_repeat(request)
            check_sendable(request.body)
            chat = self._recipient(request.body.get("to"))
            chats = [chat] if chat is not None else []
            self._check_quotes(chat, request.body["messages"])
            return self._send_counted(chats, request, "push", strangers=not chats)

    def multicast(self, request: Request) -> Outcome:
        """To at most 500 residents; unknown ids are passed over, as LINE does."""
        _check_retry_key(request.retry_key)
        with self._platform.lock:
            self._refuse_repeat(request)
            check_sendable(request.body)
            people = _multicast_ids(request.body.get("to"))
            phones: list[Chat] = [
                self._platform.phones[each] for each in people if each in self._platform.phones
            ]
            missed = len(people) - len(phones)
            outcome = self._send_counted(phones, request, "multicast", strangers=missed)
            return Outcome({}, outcome.delivered, outcome.sent)

    def broadcast(self, request: Request) -> Outcome:
        """To every friend."""
        _check_retry_key(request.retry_key)
        with self._platform.lock:
            self._refuse_repeat(request)
            check_sendable(request.body)
            friends: list[Chat] = [each for each in self._platform.phones.values() if each.friend]
            outcome = self._send_counted(friends, request, "broadcast", strangers=0)
            return Outcome({}, outcome.delivered, outcome.sent)

    def _recipient(self, to: Any) -> Chat | None:
        """The chat a push goes to; None for an account that was deleted."""
        if not isinstance(to, str) or not CHAT_ID.fullmatch(to):
            raise Refusal(400, "The property, 'to', in the request body is invalid")
        chat = self._platform.chat(to)
        if chat is None and to not in self._platform.departed:
            raise Refusal(400, "Failed to send messages")
        if isinstance(chat, Group) and not chat.joined:
            raise Refusal(400, "Failed to send messages")
        return chat

    def _refuse_repeat(self, request: Request) -> None:
        accepted = self._platform.retry_keys.find(request.retry_key, self._platform.clock.now_ms())
        if accepted is not None:
            body = {"message": "The retry key is already accepted"} | accepted.body
            raise Refusal(409, body, {"x-line-accepted-request-id": accepted.request_id})

    def _check_quotes(self, chat: Chat | None, messages: list[Json]) -> None:
        known = {bubble.quote_token for bubble in chat.bubbles} if chat is not None else set()
        for index, message in enumerate(messages):
            token = message.get("quoteToken")
            if token is None or message["type"] not in QUOTING:
                continue
            if token not in known:
                detail = {"message": "Invalid quote token", "property": f"messages[{index}]"}
                raise Refusal(
                    400, {"message": "The request body has 1 error(s)", "details": [detail]}
                )

    def _send_counted(
        self, chats: list[Chat], request: Request, via: str, *, strangers: int
    ) -> Outcome:
        platform = self._platform
        billed = sum(self._heads(chat) for chat in chats)
        if not platform.billing.has_room(billed):
            raise Refusal(429, MONTHLY_LIMIT)
        outcome = self._deliver(chats, request, via)
        missed = sum(self._heads(chat) == 0 for chat in chats) + strangers
        platform.billing.count_push(len(request.body["messages"]), billed, missed)
        kept = outcome.body if via == "push" else {}
        accepted = Accepted(request.request_id, platform.clock.now_ms(), kept)
        platform.retry_keys.remember(request.retry_key, accepted)
        return outcome

    def _heads(self, chat: Chat) -> int:
        """How many people a message to this chat reaches: what LINE counts."""
        if isinstance(chat, Phone):
            return int(chat.reachable(self._platform.clock.now_ms()))
        return len(chat.members) if isinstance(chat, Group) and chat.joined else 0

    def _deliver(self, chats: list[Chat], request: Request, via: str) -> Outcome:
        messages = request.body["messages"]
        sent = [_sent(message) for message in messages]
        reached = [chat for chat in chats if self._heads(chat)]
        for chat in reached:
            self._show(chat, request, via, sent)
        return Outcome({"sentMessages": sent}, bool(reached), [each["id"] for each in sent])

    def _show(self, chat: Chat, request: Request, via: str, sent: list[Json]) -> None:
        platform = self._platform
        if isinstance(chat, Phone):
            chat.loading_until_ms = 0
        messages = request.body["messages"]
        for message, receipt in zip(messages, sent, strict=True):
            bubble = Bubble(
                receipt["id"],
                "account",
                message,
                platform.clock.now_ms(),
                quote_token=receipt.get("quoteToken", ""),
                via=via,
                request_id=request.request_id,
                last_of_send=receipt is sent[-1],
                silent=bool(request.body.get("notificationDisabled")),
            )
            chat.bubbles.append(bubble)
        platform.touch(chat)


def check_sendable(body: Json) -> None:
    """Raise LINE's 400 when a message or a switch breaks a limit."""
    error = messages_error(body) or options_error(body)
    if error is not None:
        raise Refusal(400, error)


def _check_retry_key(key: str | None) -> None:
    if key is not None and not identifiers.UUID_HEX.fullmatch(key):
        raise Refusal(400, "The value of the X-Line-Retry-Key header is invalid")


def _multicast_ids(to: Any) -> list[str]:
    if not isinstance(to, list) or not 1 <= len(to) <= 500:
        raise Refusal(400, "The property, 'to', in the request body is invalid")
    if not all(isinstance(each, str) and re.fullmatch(r"U[0-9a-f]{32}", each) for each in to):
        raise Refusal(400, "The property, 'to', in the request body is invalid")
    return list(dict.fromkeys(to))


def _sent(message: Json) -> Json:
    receipt = {"id": identifiers.message_id()}
    if message["type"] in QUOTABLE:
        receipt["quoteToken"] = identifiers.long_token()
    return receipt
