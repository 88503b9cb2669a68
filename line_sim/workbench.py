"""The workbench half of the control API: journal, events, counters, time, faults, settings."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, Response, jsonify, request

from line_sim.config import is_http_url
from line_sim.control_input import ControlError, Input
from line_sim.events import Event
from line_sim.platform import Platform
from line_sim.views import chat_view, phone_view
from line_sim.webhook_control import event_of, touched

Json = dict[str, Any]
Reply = tuple[Response, int] | Response
RECENT = 60


class Workbench:
    """Handlers for everything around the phones."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def register(self, blueprint: Blueprint) -> None:
        add = blueprint.add_url_rule
        for rule, view in (
            ("/state", self.state),
            ("/calls", self.calls),
            ("/events", self.events),
            ("/events/<event_id>", self.event),
            ("/counters", self.counters),
            ("/settings", self.settings),
            ("/faults", self.faults),
            ("/contents/<message_id>", self.content),
            ("/richmenus", self.rich_menus),
            ("/richmenus/<menu_id>/picture", self.rich_menu_picture),
        ):
            add(rule, view_func=view, methods=["GET"])
        add("/settings", "change_settings", self.change_settings, methods=["PUT"])
        add("/faults", "change_faults", self.change_faults, methods=["PUT"])
        for rule, view in (
            ("/clock", self.clock),
            ("/quota", self.quota),
            ("/faults/reset", self.reset_faults),
            ("/reset", self.reset),
        ):
            add(rule, view_func=view, methods=["POST"])

    def state(self) -> Reply:
        """What the screen needs; `?since=V` leaves out chats that have not changed since V."""
        since = request.args.get("since", -1, type=int)
        platform = self._platform
        with platform.lock:
            phones = list(platform.phones.values())
            chats = [chat_view(platform, each) for each in phones if each.changed > since]
            body: Json = {
                "version": platform.version,
                "now": platform.clock.now_ms(),
                "phones": [phone_view(each) for each in phones],
                "chats": chats,
                "settings": self._settings(),
                "held": len(platform.webhooks.held()),
                "counters": platform.billing.as_json(),
            }
            if platform.version != since:
                body["faults"] = platform.faults.as_json()
                body["calls"] = [each.as_json() for each in platform.journal.since()[-RECENT:]]
                body["events"] = [each.as_json() for each in self._latest_events()]
        return jsonify(body)

    def calls(self) -> Reply:
        """API calls, oldest first; `?since=N`, `?endpoint=push`."""
        since = request.args.get("since", 0, type=int)
        found = self._platform.journal.since(since, request.args.get("endpoint"))
        return jsonify({"calls": [each.as_json() for each in found]})

    def events(self) -> Reply:
        """Webhook events in the order they arose, with every delivery of each."""
        chat_id = request.args.get("chat_id")
        with self._platform.lock:
            found = [
                each.as_json()
                for each in self._platform.events.values()
                if chat_id in {None, each.chat_id}
            ]
        return jsonify({"events": found})

    def event(self, event_id: str) -> Reply:
        """One event; `?wait=S` waits up to S seconds for its first delivery."""
        event = event_of(self._platform, event_id)
        wait = request.args.get("wait", 0.0, type=float)
        if wait:
            self._platform.wait_until(lambda: bool(event.deliveries), wait)
        with self._platform.lock:
            return jsonify(event.as_json())

    def counters(self) -> Reply:
        with self._platform.lock:
            return jsonify(self._platform.billing.as_json())

    def settings(self) -> Reply:
        with self._platform.lock:
            return jsonify(self._settings())

    def change_settings(self) -> Reply:
        """webhook_url, redelivery, redelivery_after, mode, chat_mode."""
        body, platform = Input.read(), self._platform
        with platform.lock:
            sending = platform.webhooks.sending
            url = body.text("webhook_url", sending.webhook_url)
            if not is_http_url(url):
                raise ControlError(400, "webhook_url must start with http:// or https://")
            platform.webhooks.sending = replace(
                sending,
                webhook_url=url,
                redelivery=body.flag("redelivery", sending.redelivery),
                redelivery_after=_pauses(body, sending.redelivery_after),
                hold=body.flag("hold", sending.hold),
            )
            platform.mode = body.word("mode", platform.mode, ("active", "standby"))
            platform.chat_mode = body.word("chat_mode", platform.chat_mode, ("bot", "chat"))
            platform.touch()
            return jsonify(self._settings())

    def clock(self) -> Reply:
        """`advance_seconds` moves the platform's time, `offset_seconds` places it."""
        body = Input.read()
        if "offset_seconds" in body.body:
            self._platform.clock.set_offset(body.number("offset_seconds", 0))
        self._platform.clock.advance(body.number("advance_seconds", 0))
        with self._platform.lock:
            self._platform.touch()
        clock = self._platform.clock
        return jsonify({"now": clock.now_ms(), "offset_ms": clock.offset_ms})

    def quota(self) -> Reply:
        """`limit` (null: none), `used` this month, `reserved` by a broadcast under way."""
        body, billing = Input.read(), self._platform.billing
        with self._platform.lock:
            if "limit" in body.body:
                given = body.body["limit"]
                billing.plan_limit = None if given is None else int(body.number("limit", 0))
            billing.used = int(body.number("used", billing.used))
            billing.reserved = int(body.number("reserved", billing.reserved))
            self._platform.touch()
            return jsonify(billing.as_json())

    def faults(self) -> Reply:
        return jsonify(self._platform.faults.as_json())

    def change_faults(self) -> Reply:
        """`{"api": {name: fault}, "webhook": {name: fault}, "seed": n}`; unnamed ones stay."""
        body, panel = Input.read(), self._platform.faults
        if "seed" in body.body:
            panel.reset(int(body.number("seed", 1)))
        for side in ("api", "webhook"):
            for name, wanted in body.object(side, {}).items():
                panel.set(side, name, wanted)
        return touched(self._platform, panel.as_json())

    def reset_faults(self) -> Reply:
        self._platform.faults.reset(int(Input.read().number("seed", 1)))
        return touched(self._platform, self._platform.faults.as_json())

    def reset(self) -> Reply:
        Input.read()
        self._platform.reset()
        return jsonify({})

    def content(self, message_id: str) -> Reply:
        with self._platform.lock:
            found = self._platform.contents.get(message_id)
        return _bytes(found, "no content under this id")

    def rich_menus(self) -> Reply:
        with self._platform.lock:
            return jsonify(self._platform.menus.as_json())

    def rich_menu_picture(self, menu_id: str) -> Reply:
        with self._platform.lock:
            found = self._platform.menus.pictures.get(menu_id)
        return _bytes(found, "no rich menu picture under this id")

    def _latest_events(self) -> list[Event]:
        return list(self._platform.events.values())[-RECENT:]

    def _settings(self) -> Json:
        sending = self._platform.webhooks.sending
        return asdict(sending) | {
            "mode": self._platform.mode,
            "chat_mode": self._platform.chat_mode,
            "bot_id": self._platform.bot_id,
            "clock_offset_ms": self._platform.clock.offset_ms,
        }


def _bytes(found: tuple[bytes, str] | None, missing: str) -> Reply:
    if found is None:
        raise ControlError(404, missing)
    return Response(found[0], mimetype=found[1], headers={"content-disposition": "inline"})


def _pauses(body: Input, default: tuple[float, ...]) -> tuple[float, ...]:
    value = body.body.get("redelivery_after")
    if value is None:
        return default
    if not isinstance(value, list) or not all(isinstance(s, int | float) for s in value):
        raise ControlError(400, "redelivery_after must be a list of seconds")
    return tuple(float(seconds) for seconds in value)
