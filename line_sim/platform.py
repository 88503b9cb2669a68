"""The state of the whole platform behind one lock: phones, groups, tokens, bills, webhooks.

What residents do stands in residents.py, what the account may ask in account.py; no HTTP here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from line_sim import identifiers
from line_sim.billing import Billing
from line_sim.clock import Clock
from line_sim.config import SimConfig
from line_sim.delivery import Parcel, Sending, Webhooks
from line_sim.events import Event
from line_sim.faults import FaultPanel
from line_sim.journal import Journal
from line_sim.phones import Chat, Group, Phone
from line_sim.rate_limits import RateLimits
from line_sim.rich_menus import RichMenus
from line_sim.tokens import ReplyTokens, RetryKeys
from line_sim.webhook_call import Result

Json = dict[str, Any]


class Platform:
    """Everything the simulator remembers. Hold `lock` while reading or changing chats."""

    def __init__(self, config: SimConfig) -> None:
        self.config = config
        self.bot_id = identifiers.bot_user_id(config.channel_secret)
        self.clock = Clock()
        self.faults = FaultPanel()
        self.journal = Journal()
        self.rates = RateLimits()
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.version = 0
        sending = Sending(config.webhook_url)
        self.webhooks = Webhooks(config.channel_secret, self.bot_id, sending, self.faults)
        self.webhooks.before = self._mark_delivered
        self.webhooks.after = self._log_delivery
        self._begin()

    def reset(self) -> None:
        """Back to an empty platform: no phones, no faults, real time, the first settings."""
        self.webhooks.clear()
        with self.lock:
            self.clock.set_offset(0)
            self.faults.reset()
            self.journal.clear()
            self.rates.clear()
            self.webhooks.sending = Sending(self.config.webhook_url)
            self._begin()
            self.touch()

    def _begin(self) -> None:
        self.phones: dict[str, Phone] = {}
        self.departed: set[str] = set()
        self.groups: dict[str, Group] = {}
        self.tokens = ReplyTokens()
        self.retry_keys = RetryKeys()
        self.billing = Billing(self.clock, self.config.plan_limit)
        self.menus = RichMenus()
        self.events: dict[str, Event] = {}
        self.contents: dict[str, tuple[bytes, str]] = {}
        self.gone: set[str] = set()
        self.message_chats: dict[str, str] = {}
        self.read_tokens: dict[str, tuple[str, str]] = {}
        self.mode = "active"
        self.chat_mode = "bot"

    def chat(self, chat_id: str) -> Chat | None:
        return self.phones.get(chat_id) or self.groups.get(chat_id)

    def touch(self, chat: Chat | None = None) -> None:
        """Something changed: count it and wake whoever waits for it. Hold the lock."""
        self.version += 1
        if chat is not None:
            chat.changed = self.version
        self.changed.notify_all()

    def wait_until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait until `condition` (called with the lock held) is true; False after `seconds`."""
        with self.changed:
            return self.changed.wait_for(condition, seconds)

    def next_event_ms(self, chat: Chat) -> int:
        """The next event's time: no two events of one chat share a millisecond."""
        chat.last_event_ms = max(self.clock.now_ms(), chat.last_event_ms + 1)
        return chat.last_event_ms

    def send_event(self, body: Json, chat_id: str) -> Event:
        """Keep an event for the log and hand it to the webhook lanes."""
        event = Event(body, chat_id)
        with self.lock:
            self.events[event.id] = event
            self.touch()
        self.webhooks.submit(event)
        return event

    def _mark_delivered(self, parcel: Parcel) -> None:
        with self.lock:
            for event in parcel.events:
                token = event.body.get("replyToken")
                if token:
                    self.tokens.mark_delivered(token, self.clock.now_ms(), parcel.redelivery)

    def _log_delivery(self, parcel: Parcel, result: Result) -> None:
        line = {
            "at": self.clock.now_ms(),
            "status": result.status,
            "reason": result.reason,
            "ms": result.ms,
            "redelivery": parcel.redelivery,
            "bad_signature": parcel.bad_signature,
            "events_in_body": len(parcel.events),
        }
        with self.lock:
            for event in parcel.events:
                event.deliveries.append(line)
            self.touch()
