"""What residents do on their phones, as chat bubbles and webhook events; no HTTP, no billing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from line_sim import identifiers
from line_sim.events import Event, frame, group_source, received, user_source
from line_sim.phones import Bubble, Chat, Group, Phone
from line_sim.platform import Platform

Json = dict[str, Any]


class ResidentError(ValueError):
    """The phone cannot do that; the message says why and what would be possible."""


@dataclass(frozen=True)
class Done:
    """What an act on a phone led to: the event sent (if any), the bubble shown (if any)."""

    event: Event | None = None
    bubble: Bubble | None = None
    effect: Json | None = None

    def as_json(self) -> Json:
        return {
            "event": self.event.body if self.event else None,
            "bubble": self.bubble.as_json() if self.bubble else None,
            "effect": self.effect,
        }


class Residents:
    """Acts of residents, each as one step under the platform's lock."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def add_phone(
        self, name: str, *, friend: bool = True, language: str = "ja", user_id: str | None = None
    ) -> Phone:
        """A new phone; being a friend already sends no event (`follow` does)."""
        phone = Phone(user_id or identifiers.user_id(), name=name, language=language, friend=friend)
        with self._platform.lock:
            if phone.id in self._platform.phones:
                raise ResidentError("this phone exists already")
            self._platform.departed.discard(phone.id)
            self._platform.phones[phone.id] = phone
            self._platform.touch(phone)
        return phone

    def remove_phone(self, phone: Phone) -> None:
        """The account on LINE is deleted: the id stays known, nothing arrives any more."""
        with self._platform.lock:
            self._platform.phones.pop(phone.id, None)
            self._platform.departed.add(phone.id)
            self._platform.touch()

    def say(self, phone: Phone, message: Json, quote: str | None = None) -> Done:
        """Send a message of any kind; `message` is LINE's object without id and tokens."""
        with self._platform.lock:
            if phone.blocked:
                raise ResidentError("this resident has blocked the account: unblock first")
            full = received(message)
            if quote is not None:
                full["quotedMessageId"] = self._quoted(phone, quote).id
            phone.last_wrote_ms = self._platform.clock.now_ms()
            bubble = self._show_own(phone, full)
            event = self._event("message", phone, user_source(phone.id), message=full)
            return Done(self._go(event), bubble)

    def send_media(self, phone: Phone, message: Json, data: bytes, mime: str) -> Done:
        """Send a picture, film, sound or file whose bytes the content API then hands out."""
        with self._platform.lock:
            done = self.say(phone, message)
            if done.bubble is not None:
                self._platform.contents[done.bubble.id] = (data, mime)
        return done

    def postback(
        self, phone: Phone, data: str, display_text: str | None = None, params: Json | None = None
    ) -> Done:
        """A postback; `display_text` appears as the resident's own bubble and is no message."""
        with self._platform.lock:
            if phone.blocked:
                raise ResidentError("this resident has blocked the account: unblock first")
            bubble = None
            if display_text:
                text = {"type": "text", "text": display_text, "id": identifiers.message_id()}
                bubble = self._show_own(phone, text)
            else:
                self._hide_quick_replies(phone)
            content = {"data": data} | ({"params": params} if params else {})
            event = self._event("postback", phone, user_source(phone.id), postback=content)
            return Done(self._go(event), bubble)

    def follow(self, phone: Phone) -> Done:
        """Add the account as a friend, or lift a block."""
        with self._platform.lock:
            again = phone.blocked
            phone.friend, phone.blocked = True, False
            self._notice(phone, "unblocked" if again else "followed")
            detail = {"isUnblocked": again}
            event = self._event("follow", phone, user_source(phone.id), follow=detail)
            return Done(self._go(event))

    def block(self, phone: Phone) -> Done:
        with self._platform.lock:
            phone.blocked = True
            self._notice(phone, "blocked")
            event = self._event("unfollow", phone, user_source(phone.id), token=False)
            return Done(self._go(event))

    def unsend(self, phone: Phone, message_id: str) -> Done:
        """Take a message back: its content is gone for the content API as well."""
        with self._platform.lock:
            bubble = phone.find(message_id)
            if bubble is None or bubble.side != "resident":
                raise ResidentError("this phone has sent no message with that id")
            if bubble.unsent:
                raise ResidentError("this message was taken back already")
            bubble.unsent = True
            self._platform.gone.add(message_id)
            self._platform.contents.pop(message_id, None)
            self._platform.touch(phone)
            source, detail = user_source(phone.id), {"messageId": message_id}
            event = self._event("unsend", phone, source, token=False, unsend=detail)
            return Done(self._go(event))

    def add_group(self, members: list[str], kind: str = "group") -> tuple[Group, Done]:
        """Invite the account into a group or an old multi-person chat."""
        make = identifiers.group_id if kind == "group" else identifiers.room_id
        with self._platform.lock:
            group = Group(make(), members=members)
            self._platform.groups[group.id] = group
            event = self._event("join", group, group_source(kind, group.id, None))
            return group, Done(self._go(event))

    def say_in_group(self, group: Group, user_id: str, message: Json) -> Done:
        with self._platform.lock:
            if not group.joined:
                raise ResidentError("the account has left this group")
            full = received(message)
            bubble = self._show_own(group, full, author=user_id)
            source = group_source(group.kind, group.id, user_id)
            event = self._event("message", group, source, message=full)
            return Done(self._go(event), bubble)

    def raw_event(self, chat: Chat, fields: Json, *, token: bool, source: bool) -> Done:
        """An event of any kind, known or not: `fields` are laid over the common frame."""
        with self._platform.lock:
            origin = user_source(chat.id) if source else None
            event = self._event(str(fields.get("type")), chat, origin, token=token)
            event.body.update(fields)
            return Done(self._go(event))

    def _quoted(self, chat: Chat, message_id: str) -> Bubble:
        bubble = chat.find(message_id)
        if bubble is None:
            raise ResidentError("there is no message with that id to quote")
        return bubble

    def _show_own(self, chat: Chat, message: Json, author: str = "") -> Bubble:
        platform = self._platform
        bubble = Bubble(
            message["id"],
            "resident",
            message,
            platform.clock.now_ms(),
            quote_token=message.get("quoteToken", ""),
            read_token=message.get("markAsReadToken", ""),
            read=platform.chat_mode == "bot",
            author=author,
        )
        chat.bubbles.append(bubble)
        platform.message_chats[bubble.id] = chat.id
        if bubble.read_token:
            platform.read_tokens[bubble.read_token] = (chat.id, bubble.id)
        platform.touch(chat)
        return bubble

    def _hide_quick_replies(self, chat: Chat) -> None:
        if chat.bubbles:
            chat.bubbles[-1].last_of_send = False
            self._platform.touch(chat)

    def _notice(self, chat: Chat, what: str) -> None:
        message = {"type": "notice", "text": what}
        now = self._platform.clock.now_ms()
        chat.bubbles.append(Bubble(identifiers.message_id(), "notice", message, now))
        self._platform.touch(chat)

    def _event(
        self, kind: str, chat: Chat, source: Json | None, *, token: bool = True, **content: Json
    ) -> Event:
        at_ms = self._platform.next_event_ms(chat)
        mode = self._platform.mode
        body = frame(kind, at_ms, mode, source) | content
        if token and mode == "active":
            body["replyToken"] = self._platform.tokens.issue(chat.id, at_ms)
        return Event(body, chat.id)

    def _go(self, event: Event) -> Event:
        return self._platform.send_event(event.body, event.chat_id)
