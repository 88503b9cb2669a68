"""The control API under /sim/: what tests and the screen do with phones, time, faults, webhooks.

It translates JSON to acts of residents and back; LINE has nothing like it.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from line_sim.control_input import ControlError, Input
from line_sim.faults import FaultError
from line_sim.phone_acts import PhoneActs, done_view
from line_sim.phones import Group, Phone
from line_sim.platform import Platform
from line_sim.residents import ResidentError, Residents
from line_sim.taps import Taps
from line_sim.views import bubble_view, chat_view, phone_view
from line_sim.webhook_control import WebhookControl
from line_sim.workbench import Workbench

Json = dict[str, Any]
Reply = tuple[Response, int] | Response


class Control:
    """Handlers for phones and groups."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._residents = Residents(platform)
        self._taps = Taps(platform)

    def register(self, blueprint: Blueprint) -> None:
        add = blueprint.add_url_rule
        add("/phones", view_func=self.add_phone, methods=["POST"])
        add("/phones", view_func=self.phones, methods=["GET"])
        add("/phones/<user_id>", view_func=self.phone, methods=["GET"])
        add("/phones/<user_id>", view_func=self.change_phone, methods=["PATCH"])
        add("/phones/<user_id>", view_func=self.remove_phone, methods=["DELETE"])
        add("/phones/<user_id>/chat", view_func=self.chat, methods=["GET"])
        add("/phones/<user_id>/choices", view_func=self.choices, methods=["GET"])
        add("/groups", view_func=self.add_group, methods=["POST"])
        add("/groups/<group_id>/text", view_func=self.group_text, methods=["POST"])
        add("/groups/<group_id>/chat", view_func=self.group_chat, methods=["GET"])

    def add_phone(self) -> Reply:
        body = Input.read()
        phone = self._residents.add_phone(
            body.text("name", f"住民{len(self._platform.phones) + 1}"),
            friend=body.flag("friend", True),
            language=body.text("language", "ja"),
            user_id=body.user_id("user_id"),
        )
        return jsonify(phone_view(phone)), 201

    def phones(self) -> Reply:
        with self._platform.lock:
            return jsonify({"phones": [phone_view(p) for p in self._platform.phones.values()]})

    def phone(self, user_id: str) -> Reply:
        return jsonify(phone_view(self._phone(user_id)))

    def change_phone(self, user_id: str) -> Reply:
        phone, body = self._phone(user_id), Input.read()
        with self._platform.lock:
            phone.name = body.text("name", phone.name)
            phone.pc_view = body.flag("pc_view", phone.pc_view)
            phone.friend = body.flag("friend", phone.friend)
            phone.language = body.text("language", phone.language)
            self._platform.touch(phone)
        return jsonify(phone_view(phone))

    def remove_phone(self, user_id: str) -> Reply:
        self._residents.remove_phone(self._phone(user_id))
        return jsonify({})

    def chat(self, user_id: str) -> Reply:
        """The whole chat; `?after=N&wait=S` waits for more than N bubbles of the account."""
        phone = self._phone(user_id)
        if "after" in request.args:
            after = _number("after")
            self._platform.wait_until(lambda: phone.account_bubbles() > after, _number("wait", 5))
        with self._platform.lock:
            return jsonify(chat_view(self._platform, phone))

    def choices(self, user_id: str) -> Reply:
        with self._platform.lock:
            found = self._taps.choices(self._phone(user_id))
            return jsonify({"choices": [each.as_json() for each in found]})

    def add_group(self) -> Reply:
        body = Input.read()
        kind = "room" if body.text("kind", "group") == "room" else "group"
        group, done = self._residents.add_group(body.strings("members"), kind)
        return jsonify({"group_id": group.id} | done.as_json()), 201

    def group_text(self, group_id: str) -> Reply:
        body = Input.read()
        message = {"type": "text", "text": body.required("text")}
        author = body.required("user_id")
        return done_view(self._residents.say_in_group(self._group(group_id), author, message))

    def group_chat(self, group_id: str) -> Reply:
        with self._platform.lock:
            group = self._group(group_id)
            bubbles = [bubble_view(self._platform, group, each) for each in group.bubbles]
        return jsonify({"group_id": group.id, "joined": group.joined, "bubbles": bubbles})

    def _phone(self, user_id: str) -> Phone:
        phone = self._platform.phones.get(user_id)
        if phone is None:
            raise ControlError(404, "there is no phone with this id")
        return phone

    def _group(self, group_id: str) -> Group:
        group = self._platform.groups.get(group_id)
        if group is None:
            raise ControlError(404, "there is no group with this id")
        return group


def control(platform: Platform) -> Blueprint:
    """The control API with its error table."""
    blueprint = Blueprint("control", __name__, url_prefix="/sim")
    for part in (Control, PhoneActs, Workbench, WebhookControl):
        part(platform).register(blueprint)

    @blueprint.errorhandler(ControlError)
    def _refused(error: ControlError) -> Reply:
        return jsonify({"error": str(error)} | error.more), error.status

    @blueprint.errorhandler(ResidentError)
    @blueprint.errorhandler(FaultError)
    def _impossible(error: ValueError) -> Reply:
        return jsonify({"error": str(error)}), 400

    return blueprint


def _number(name: str, default: float = 0) -> float:
    try:
        return float(request.args.get(name, default))
    except ValueError:
        raise ControlError(400, f"{name} must be a number") from None
