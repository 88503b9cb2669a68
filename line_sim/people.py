"""What the account may ask about residents and chats: profile, content, read marks, groups.

Sending stands in account.py; reading requests and writing responses is the door's work.
"""

from __future__ import annotations

import re
from typing import Any

from line_sim.phones import Group
from line_sim.platform import Platform
from line_sim.refusal import Refusal

Json = dict[str, Any]


class People:
    """Questions and small courtesies towards chats, each one step under the platform's lock."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def start_loading(self, chat_id: Any, seconds: Any) -> None:
        """Show the waiting dots on a phone; silently nothing for blockers and strangers."""
        allowed = range(5, 61, 5)
        if not isinstance(chat_id, str) or not re.fullmatch(r"U[0-9a-f]{32}", chat_id):
            raise Refusal(400, "Invalid chatId")
        if isinstance(seconds, bool) or seconds not in allowed:
            raise Refusal(400, "loadingSeconds must be a multiple of 5 between 5 and 60")
        with self._platform.lock:
            phone = self._platform.phones.get(chat_id)
            if phone is not None and phone.friend and not phone.blocked:
                phone.loading_until_ms = self._platform.clock.now_ms() + seconds * 1000
                self._platform.touch(phone)

    def mark_read_by_token(self, token: Any) -> None:
        """Mark the token's message and all earlier ones as read."""
        with self._platform.lock:
            found = self._platform.read_tokens.get(token) if isinstance(token, str) else None
            if found is None:
                raise Refusal(
                    400,
                    "Invalid markAsReadToken. "
                    "Tokens must be used by the bot that received them via Webhook.",
                )
            self._mark_read(found[0], found[1])

    def mark_chat_read(self, user_id: Any) -> None:
        """The older way: everything a resident wrote is read."""
        with self._platform.lock:
            if user_id not in self._platform.phones:
                raise Refusal(400, "Failed to mark messages as read")
            self._mark_read(user_id, None)

    def profile(self, user_id: str) -> Json:
        """What LINE tells about a resident; 404 for blockers and strangers."""
        with self._platform.lock:
            phone = self._platform.phones.get(user_id)
            if phone is None or not phone.known(self._platform.clock.now_ms()):
                raise Refusal(404, "Not found")
            return {"userId": phone.id, "displayName": phone.name, "language": phone.language}

    def content(self, message_id: str) -> tuple[bytes, str]:
        """The bytes a resident sent; 410 once taken back, 404 when there never were any."""
        with self._platform.lock:
            if message_id in self._platform.gone:
                raise Refusal(410, "The content is gone")
            found = self._platform.contents.get(message_id)
            if found is None:
                raise Refusal(404, "Not found")
            return found

    def leave(self, group_id: str, kind: str) -> None:
        with self._platform.lock:
            group = self._group(group_id, kind)
            group.joined = False
            self._platform.touch(group)

    def group(self, group_id: str, kind: str) -> Group:
        with self._platform.lock:
            return self._group(group_id, kind)

    def _group(self, group_id: str, kind: str) -> Group:
        group = self._platform.groups.get(group_id)
        if group is None or not group.joined or group.kind != kind:
            raise Refusal(404, "Not found")
        return group

    def _mark_read(self, chat_id: str, up_to: str | None) -> None:
        chat = self._platform.chat(chat_id)
        if chat is None:
            return
        for bubble in chat.bubbles:
            bubble.read = bubble.read or bubble.side == "resident"
            if bubble.id == up_to:
                break
        self._platform.touch(chat)
