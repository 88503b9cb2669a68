"""The control API for webhooks under way: release what is held, send again, send anything."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from random import Random
from typing import Any

from flask import Blueprint, Response, jsonify

from line_sim.control_input import ControlError, Input
from line_sim.delivery import Parcel
from line_sim.events import Event
from line_sim.platform import Platform

Json = dict[str, Any]
Reply = tuple[Response, int] | Response


class WebhookControl:
    """Handlers under /webhooks."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def register(self, blueprint: Blueprint) -> None:
        add = blueprint.add_url_rule
        add("/webhooks/release", view_func=self.release, methods=["POST"])
        add("/webhooks/redeliver", view_func=self.redeliver, methods=["POST"])
        add("/webhooks/raw", view_func=self.raw, methods=["POST"])

    def release(self) -> Reply:
        """Let held events go: `order` kept|reversed|shuffled, `batch` in one body, `copies`."""
        body = Input.read()
        order = body.word("order", "kept", ("kept", "reversed", "shuffled"))
        seed, batch = int(body.number("seed", 1)), body.flag("batch", False)
        copies = max(1, int(body.number("copies", 1)))
        sending = self._platform.webhooks.sending
        self._platform.webhooks.sending = replace(sending, hold=body.flag("hold", False))
        events = _ordered(self._platform.webhooks.take_held(), order, seed)
        parcels = [tuple(events)] if batch and events else [(each,) for each in events]
        for parcel in parcels:
            self._platform.webhooks.enqueue(Parcel(parcel, copies=copies))
        return touched(self._platform, {"released": len(events), "requests": len(parcels)})

    def redeliver(self) -> Reply:
        """Send an event again: as a redelivery, or unchanged with `as_redelivery` false."""
        body = Input.read()
        event = event_of(self._platform, body.required("event_id"))
        again = Parcel((event,), redelivery=body.flag("as_redelivery", True))
        self._platform.webhooks.enqueue(again)
        return touched(self._platform, {"event_id": event.id})

    def raw(self) -> Reply:
        """Send a body of one's own: `events`, or `text` as it stands; `signature` to forge one."""
        body = Input.read()
        events = {"destination": self._platform.bot_id, "events": body.body.get("events", [])}
        text = body.text("text", "") or json.dumps(events, ensure_ascii=False)
        signature = body.text("signature", "") or None
        return jsonify(asdict(self._platform.webhooks.post(text.encode(), signature)))


def touched(platform: Platform, answer: Json) -> Reply:
    """Tell every screen that something changed, and answer."""
    with platform.lock:
        platform.touch()
    return jsonify(answer)


def event_of(platform: Platform, event_id: str) -> Event:
    """The event with this id, or 404."""
    event = platform.events.get(event_id)
    if event is None:
        raise ControlError(404, "there is no event with this id")
    return event


def _ordered(events: list[Event], order: str, seed: int) -> list[Event]:
    if order == "reversed":
        return events[::-1]
    if order == "shuffled":
        Random(seed).shuffle(events)
    return events
