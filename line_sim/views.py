"""Chats, phones and bubbles as the control API and the screen read them; nothing changes here."""

from __future__ import annotations

from typing import Any

from line_sim.phones import Bubble, Chat, Phone
from line_sim.platform import Platform

Json = dict[str, Any]


def phone_view(phone: Phone) -> Json:
    return {
        "user_id": phone.id,
        "name": phone.name,
        "language": phone.language,
        "friend": phone.friend,
        "blocked": phone.blocked,
        "pc_view": phone.pc_view,
        "bubbles": len(phone.bubbles),
        "from_account": phone.account_bubbles(),
        "changed": phone.changed,
    }


def chat_view(platform: Platform, phone: Phone) -> Json:
    """A phone's chat with everything that can be seen or tapped now. Hold the lock."""
    mobile = not phone.pc_view
    return {
        "phone": phone_view(phone),
        "bubbles": [bubble_view(platform, phone, bubble) for bubble in phone.bubbles],
        "quick_replies": phone.quick_replies() if mobile else [],
        "rich_menu": platform.menus.shown(phone.rich_menu_id) if mobile else None,
        "loading_ms": max(0, phone.loading_until_ms - platform.clock.now_ms()),
    }


def bubble_view(platform: Platform, chat: Chat, bubble: Bubble) -> Json:
    view = bubble.as_json()
    content = platform.contents.get(bubble.id)
    if content is not None:
        view["content"] = {"mime": content[1], "bytes": len(content[0])}
    quoted = _quoted(chat, bubble)
    if quoted is not None:
        view["quoted"] = {"id": quoted.id, "text": quoted.message.get("text", "")}
    return view


def _quoted(chat: Chat, bubble: Bubble) -> Bubble | None:
    if bubble.message.get("quotedMessageId"):
        return chat.find(bubble.message["quotedMessageId"])
    token = bubble.message.get("quoteToken") if bubble.side == "account" else None
    if not token:
        return None
    return next((each for each in chat.bubbles if each.quote_token == token), None)
