"""LINE's Messaging API as routes: messages, people, chats, webhook settings; behind the door."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, request

from line_sim.account import Account, Outcome, Request, check_sendable
from line_sim.config import is_http_url
from line_sim.door import Answer, Door, Visit
from line_sim.people import People
from line_sim.platform import Platform
from line_sim.refusal import Refusal
from line_sim.rich_menu_api import RichMenuApi

Json = dict[str, Any]
VALIDATED = ("reply", "push", "multicast", "narrowcast", "broadcast")


def messaging_api(platform: Platform) -> Blueprint:
    """All endpoints of the Messaging API this simulator plays."""
    door = Door(platform)
    MessagingApi(platform).register(door)
    RichMenuApi(platform).register(door)
    return door.blueprint


class MessagingApi:
    """Handlers of everything but rich menus."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._account = Account(platform)
        self._people = People(platform)

    def register(self, door: Door) -> None:
        self._register_messages(door)
        self._register_people(door)
        door.add("/v2/bot/info", "info", self.info, "GET")
        door.add("/v2/bot/chat/loading/start", "loading", self.loading, "POST")
        door.add("/v2/bot/chat/markAsRead", "markAsRead", self.mark_by_token, "POST")
        door.add("/v2/bot/message/markAsRead", "markAsRead.chat", self.mark_chat, "POST")
        endpoint = "/v2/bot/channel/webhook/endpoint"
        door.add(endpoint, "webhook.get", self.webhook, "GET")
        door.add(endpoint, "webhook.set", self.set_webhook, "PUT", raw=True)
        door.add("/v2/bot/channel/webhook/test", "webhook.test", self.test_webhook, "POST")

    def _register_messages(self, door: Door) -> None:
        for name in ("reply", "push", "multicast", "broadcast"):
            door.add(f"/v2/bot/message/{name}", name, getattr(self, name), "POST")
        for name in VALIDATED:
            rule = f"/v2/bot/message/validate/{name}"
            door.add(rule, f"validate.{name}", self.validate, "POST")
        door.add("/v2/bot/message/quota", "quota", self.quota, "GET")
        door.add("/v2/bot/message/quota/consumption", "consumption", self.consumption, "GET")
        content = "/v2/bot/message/<message_id>/content"
        door.add(content, "content", self.content, "GET")
        door.add(f"{content}/preview", "content.preview", self.content, "GET")
        door.add(f"{content}/transcoding", "content.transcoding", self.transcoding, "GET")

    def _register_people(self, door: Door) -> None:
        door.add("/v2/bot/profile/<user_id>", "profile", self.profile, "GET")
        door.add("/v2/bot/followers/ids", "followers", self.followers, "GET")
        for kind in ("group", "room"):
            base = f"/v2/bot/{kind}/<{kind}_id>"
            door.add(f"{base}/leave", f"{kind}.leave", self.leave, "POST")
            door.add(f"{base}/members/count", f"{kind}.count", self.members_count, "GET")
            door.add(f"{base}/member/<user_id>", f"{kind}.member", self.member, "GET")
        door.add("/v2/bot/group/<group_id>/summary", "group.summary", self.summary, "GET")

    def reply(self, visit: Visit) -> Outcome:
        return self._account.reply(_request(visit))

    def push(self, visit: Visit) -> Outcome:
        return self._account.push(_request(visit))

    def multicast(self, visit: Visit) -> Outcome:
        return self._account.multicast(_request(visit))

    def broadcast(self, visit: Visit) -> Outcome:
        return self._account.broadcast(_request(visit))

    def validate(self, visit: Visit) -> None:
        check_sendable({"messages": visit.body.get("messages")})

    def quota(self, _visit: Visit) -> Json:
        limit = self._platform.billing.plan_limit
        return {"type": "none"} if limit is None else {"type": "limited", "value": limit}

    def consumption(self, _visit: Visit) -> Json:
        return {"totalUsage": self._platform.billing.used}

    def content(self, _visit: Visit, message_id: str) -> Answer:
        data, mime = self._people.content(message_id)
        return Answer(data, mime=mime)

    def transcoding(self, _visit: Visit, message_id: str) -> Json:
        self._people.content(message_id)
        return {"status": "succeeded"}

    def info(self, _visit: Visit) -> Json:
        chat = self._platform.chat_mode == "chat"
        return {
            "userId": self._platform.bot_id,
            "basicId": "@000simul",
            "displayName": "シミュレーター",
            "chatMode": "chat" if chat else "bot",
            "markAsReadMode": "manual" if chat else "auto",
        }

    def loading(self, visit: Visit) -> Answer:
        seconds = visit.body.get("loadingSeconds", 20)
        self._people.start_loading(visit.body.get("chatId"), seconds)
        visit.call.to = visit.body.get("chatId")
        return Answer(status=202)

    def mark_by_token(self, visit: Visit) -> None:
        self._people.mark_read_by_token(visit.body.get("markAsReadToken"))

    def mark_chat(self, visit: Visit) -> None:
        chat = visit.body.get("chat")
        self._people.mark_chat_read(chat.get("userId") if isinstance(chat, dict) else None)

    def profile(self, _visit: Visit, user_id: str) -> Json:
        return self._people.profile(user_id)

    def followers(self, _visit: Visit) -> Json:
        with self._platform.lock:
            phones = list(self._platform.phones.values())
        return {"userIds": [each.id for each in phones if each.friend and not each.blocked]}

    def leave(self, visit: Visit, group_id: str = "", room_id: str = "") -> None:
        self._people.leave(group_id or room_id, "group" if group_id else "room")
        visit.call.to = group_id or room_id

    def members_count(self, _visit: Visit, group_id: str = "", room_id: str = "") -> Json:
        group = self._people.group(group_id or room_id, "group" if group_id else "room")
        return {"count": len(group.members)}

    def member(self, _visit: Visit, user_id: str, group_id: str = "", room_id: str = "") -> Json:
        group = self._people.group(group_id or room_id, "group" if group_id else "room")
        phone = self._platform.phones.get(user_id)
        if user_id not in group.members or phone is None:
            raise Refusal(404, "Not found")
        return {"userId": phone.id, "displayName": phone.name}

    def summary(self, _visit: Visit, group_id: str) -> Json:
        group = self._people.group(group_id, "group")
        return {"groupId": group.id, "groupName": "グループ"}

    def webhook(self, _visit: Visit) -> Json:
        url = self._platform.webhooks.sending.webhook_url
        return {"endpoint": url, "active": bool(url)}

    def set_webhook(self, _visit: Visit) -> None:
        body = request.get_json(force=True, silent=True)
        url = body.get("endpoint") if isinstance(body, dict) else None
        if not isinstance(url, str) or len(url) > 500 or not is_http_url(url):
            raise Refusal(400, "Invalid webhook endpoint URL")
        self._platform.webhooks.sending.webhook_url = url

    def test_webhook(self, _visit: Visit) -> Json:
        events: Json = {"destination": self._platform.bot_id, "events": []}
        result = self._platform.webhooks.post(json.dumps(events).encode())
        now = datetime.fromtimestamp(self._platform.clock.now_ms() / 1000, UTC)
        return {
            "success": result.ok,
            "timestamp": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "statusCode": result.status or 0,
            "reason": result.reason.upper(),
            "detail": str(result.status or result.reason),
        }


def _request(visit: Visit) -> Request:
    return Request(visit.call.request_id, visit.body, visit.call.retry_key)
