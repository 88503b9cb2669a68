"""The control API's acts of residents: one route per thing a phone can do."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from flask import Blueprint, Response, jsonify

from line_sim.control_input import ControlError, Input
from line_sim.phones import Phone
from line_sim.platform import Platform
from line_sim.residents import Done, Residents
from line_sim.taps import Taps

Json = dict[str, Any]
Reply = tuple[Response, int] | Response
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MEDIA_MIME = {
    "image": "image/png",
    "video": "video/mp4",
    "audio": "audio/mp4",
    "file": "application/octet-stream",
}
DURATION_MS = 3000


class PhoneActs:
    """Handlers of `POST /phones/<user_id>/<act>`."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._residents = Residents(platform)
        self._taps = Taps(platform)

    def register(self, blueprint: Blueprint) -> None:
        add = blueprint.add_url_rule
        for name in (
            "text",
            "sticker",
            "location",
            "message",
            "postback",
            "tap",
            "follow",
            "block",
            "unsend",
            "event",
        ):
            rule, view = f"/phones/<user_id>/{name}", getattr(self, name)
            add(rule, f"phone_{name}", view, methods=["POST"])
        for kind in MEDIA_MIME:
            add(
                f"/phones/<user_id>/{kind}",
                f"media_{kind}",
                lambda user_id, kind=kind: self.media(user_id, kind),
                methods=["POST"],
            )

    def text(self, user_id: str) -> Reply:
        body = Input.read()
        message = {"type": "text", "text": body.required("text")}
        quote = body.text("quote_message_id", "") or None
        return done_view(self._residents.say(self._phone(user_id), message, quote))

    def sticker(self, user_id: str) -> Reply:
        body = Input.read()
        message = {
            "type": "sticker",
            "packageId": body.text("package_id", "446"),
            "stickerId": body.text("sticker_id", "1988"),
            "stickerResourceType": body.text("resource_type", "STATIC"),
            "keywords": body.strings("keywords"),
        }
        return done_view(self._residents.say(self._phone(user_id), message))

    def location(self, user_id: str) -> Reply:
        body = Input.read()
        message = {
            "type": "location",
            "title": body.text("title", "いまいる場所"),
            "address": body.text("address", "熊本市役所のあたり"),
            "latitude": body.number("latitude", 32.8031),
            "longitude": body.number("longitude", 130.7079),
        }
        return done_view(self._residents.say(self._phone(user_id), message))

    def media(self, user_id: str, kind: str) -> Reply:
        """A picture, film, sound or file; without `base64` a tiny made-up one."""
        body = Input.read()
        data = _bytes(body.text("base64", ""))
        message: Json = {"type": kind}
        if kind == "file":
            message |= {"fileName": body.text("name", "memo.txt"), "fileSize": len(data)}
        elif kind != "image":
            message["duration"] = int(body.number("duration_ms", DURATION_MS))
        mime = body.text("mime", MEDIA_MIME[kind])
        return done_view(self._residents.send_media(self._phone(user_id), message, data, mime))

    def message(self, user_id: str) -> Reply:
        """Any message object, also of kinds nobody knows yet."""
        message = Input.read().object("message")
        return done_view(self._residents.say(self._phone(user_id), message))

    def postback(self, user_id: str) -> Reply:
        body = Input.read()
        phone, words = self._phone(user_id), body.text("display_text", "") or None
        params = body.object("params", {})
        return done_view(self._residents.postback(phone, body.required("data"), words, params))

    def tap(self, user_id: str) -> Reply:
        """Tap by `label`, or by `index`; `where` and `message_id` narrow the search."""
        phone, body = self._phone(user_id), Input.read()
        with self._platform.lock:
            choices = self._taps.choices(phone)
            choice = body.choice(choices)
            return done_view(self._taps.tap(phone, choice, body.object("params", {})))

    def follow(self, user_id: str) -> Reply:
        return done_view(self._residents.follow(self._phone(user_id)))

    def block(self, user_id: str) -> Reply:
        return done_view(self._residents.block(self._phone(user_id)))

    def unsend(self, user_id: str) -> Reply:
        message_id = Input.read().required("message_id")
        return done_view(self._residents.unsend(self._phone(user_id), message_id))

    def event(self, user_id: str) -> Reply:
        """Any event: `fields` over the common frame; `token` and `source` can be left out."""
        phone, body = self._phone(user_id), Input.read()
        fields = body.object("fields")
        token, source = body.flag("token", True), body.flag("source", True)
        return done_view(self._residents.raw_event(phone, fields, token=token, source=source))

    def _phone(self, user_id: str) -> Phone:
        phone = self._platform.phones.get(user_id)
        if phone is None:
            raise ControlError(404, "there is no phone with this id")
        return phone


def done_view(done: Done) -> Reply:
    return jsonify(done.as_json()), 201


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True) if text else PICTURE
    except binascii.Error:
        raise ControlError(400, "base64 is malformed") from None
