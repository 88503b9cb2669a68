"""LINE's rich menu endpoints as routes; the menus themselves live in rich_menus.py."""

from __future__ import annotations

from typing import Any

from flask import request

from line_sim.door import Answer, Door, Visit
from line_sim.limits import error_body
from line_sim.platform import Platform
from line_sim.refusal import Refusal
from line_sim.rich_menus import ALIAS, MENUS_MOST, PICTURE_BYTES, check_menu, picture_size

Json = dict[str, Any]


class RichMenuApi:
    """Handlers of rich menus, their pictures, aliases and links to residents."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def register(self, door: Door) -> None:
        base, one = "/v2/bot/richmenu", "/v2/bot/richmenu/<menu_id>"
        door.add(base, "richmenu.create", self.create, "POST")
        door.add(f"{base}/validate", "richmenu.validate", self.validate, "POST")
        door.add(f"{base}/list", "richmenu.list", self.list, "GET")
        door.add(one, "richmenu.get", self.get, "GET")
        door.add(one, "richmenu.delete", self.delete, "DELETE")
        door.add(f"{one}/content", "richmenu.upload", self.upload, "POST", raw=True)
        door.add(f"{one}/content", "richmenu.picture", self.picture, "GET")
        self._register_aliases(door, f"{base}/alias")
        self._register_links(door)

    def _register_aliases(self, door: Door, base: str) -> None:
        door.add(base, "richmenu.alias.create", self.create_alias, "POST")
        door.add(f"{base}/list", "richmenu.alias.list", self.list_aliases, "GET")
        door.add(f"{base}/<alias>", "richmenu.alias.get", self.get_alias, "GET")
        door.add(f"{base}/<alias>", "richmenu.alias.update", self.update_alias, "POST")
        door.add(f"{base}/<alias>", "richmenu.alias.delete", self.delete_alias, "DELETE")

    def _register_links(self, door: Door) -> None:
        everyone, person = "/v2/bot/user/all/richmenu", "/v2/bot/user/<user_id>/richmenu"
        door.add(f"{everyone}/<menu_id>", "richmenu.default.set", self.set_default, "POST")
        door.add(everyone, "richmenu.default.get", self.get_default, "GET")
        door.add(everyone, "richmenu.default.delete", self.delete_default, "DELETE")
        door.add(f"{person}/<menu_id>", "richmenu.link", self.link, "POST")
        door.add(person, "richmenu.linked", self.linked, "GET")
        door.add(person, "richmenu.unlink", self.unlink, "DELETE")

    def create(self, visit: Visit) -> Json:
        self.validate(visit)
        with self._platform.lock:
            if len(self._platform.menus.menus) >= MENUS_MOST:
                raise Refusal(400, "The maximum number of rich menus has been reached")
            return {"richMenuId": self._platform.menus.create(visit.body)}

    def validate(self, visit: Visit) -> None:
        findings = check_menu(visit.body).findings
        if findings:
            raise Refusal(400, error_body(findings))

    def list(self, _visit: Visit) -> Json:
        with self._platform.lock:
            return {"richmenus": list(self._platform.menus.menus.values())}

    def get(self, _visit: Visit, menu_id: str) -> Json:
        with self._platform.lock:
            return self._menu(menu_id)

    def delete(self, _visit: Visit, menu_id: str) -> None:
        with self._platform.lock:
            if not self._platform.menus.delete(menu_id):
                raise Refusal(404, "Not found")
            self._touch_phones()

    def upload(self, _visit: Visit, menu_id: str) -> None:
        with self._platform.lock:
            menu = self._menu(menu_id)
            if menu_id in self._platform.menus.pictures:
                raise Refusal(400, "An image has already been uploaded to the richmenu")
            data = request.get_data(cache=False)
            _check_picture(data, menu["size"])
            self._platform.menus.pictures[menu_id] = (data, request.mimetype)

    def picture(self, _visit: Visit, menu_id: str) -> Answer:
        with self._platform.lock:
            found = self._platform.menus.pictures.get(menu_id)
        if found is None:
            raise Refusal(404, "Not found")
        return Answer(found[0], mime=found[1])

    def create_alias(self, visit: Visit) -> None:
        alias = visit.body.get("richMenuAliasId")
        if not isinstance(alias, str) or not ALIAS.fullmatch(alias):
            raise Refusal(400, "Invalid richMenuAliasId")
        with self._platform.lock:
            if alias in self._platform.menus.aliases:
                raise Refusal(400, "conflict richmenu alias id")
            self._set_alias(alias, visit.body.get("richMenuId"))

    def update_alias(self, visit: Visit, alias: str) -> None:
        with self._platform.lock:
            self._alias(alias)
            self._set_alias(alias, visit.body.get("richMenuId"))

    def get_alias(self, _visit: Visit, alias: str) -> Json:
        with self._platform.lock:
            return {"richMenuAliasId": alias, "richMenuId": self._alias(alias)}

    def list_aliases(self, _visit: Visit) -> Json:
        with self._platform.lock:
            pairs = self._platform.menus.aliases.items()
            aliases = [{"richMenuAliasId": alias, "richMenuId": at} for alias, at in pairs]
        return {"aliases": aliases}

    def delete_alias(self, _visit: Visit, alias: str) -> None:
        with self._platform.lock:
            self._alias(alias)
            del self._platform.menus.aliases[alias]

    def set_default(self, _visit: Visit, menu_id: str) -> None:
        with self._platform.lock:
            self._check_linkable(menu_id)
            self._platform.menus.default = menu_id
            self._touch_phones()

    def get_default(self, _visit: Visit) -> Json:
        with self._platform.lock:
            if self._platform.menus.default is None:
                raise Refusal(404, "no default richmenu")
            return {"richMenuId": self._platform.menus.default}

    def delete_default(self, _visit: Visit) -> None:
        with self._platform.lock:
            self._platform.menus.default = None
            self._touch_phones()

    def link(self, _visit: Visit, user_id: str, menu_id: str) -> None:
        """Linking somebody who is no friend is accepted and has no effect."""
        with self._platform.lock:
            self._check_linkable(menu_id)
            phone = self._platform.phones.get(user_id)
            if phone is not None and phone.friend and not phone.blocked:
                phone.rich_menu_id = menu_id
                self._platform.touch(phone)

    def linked(self, _visit: Visit, user_id: str) -> Json:
        with self._platform.lock:
            phone = self._platform.phones.get(user_id)
            if phone is None or phone.rich_menu_id is None:
                raise Refusal(404, "the user has no richmenu")
            return {"richMenuId": phone.rich_menu_id}

    def unlink(self, _visit: Visit, user_id: str) -> None:
        with self._platform.lock:
            phone = self._platform.phones.get(user_id)
            if phone is not None:
                phone.rich_menu_id = None
                self._platform.touch(phone)

    def _menu(self, menu_id: str) -> Json:
        menu = self._platform.menus.menus.get(menu_id)
        if menu is None:
            raise Refusal(404, "richmenu not found")
        return menu

    def _alias(self, alias: str) -> str:
        menu_id = self._platform.menus.aliases.get(alias)
        if menu_id is None:
            raise Refusal(404, "richmenu alias not found")
        return menu_id

    def _set_alias(self, alias: str, menu_id: Any) -> None:
        if menu_id not in self._platform.menus.pictures:
            raise Refusal(400, "richmenu not found, or no image has been uploaded to it")
        self._platform.menus.aliases[alias] = menu_id

    def _check_linkable(self, menu_id: str) -> None:
        self._menu(menu_id)
        if menu_id not in self._platform.menus.pictures:
            raise Refusal(400, "must upload richmenu image before applying it to user")

    def _touch_phones(self) -> None:
        for phone in self._platform.phones.values():
            self._platform.touch(phone)


def _check_picture(data: bytes, size: Json) -> None:
    if request.mimetype not in {"image/png", "image/jpeg"}:
        raise Refusal(415, f"The content type, {request.mimetype}, is not supported")
    if len(data) > PICTURE_BYTES:
        raise Refusal(413, "Request Entity Too Large")
    if picture_size(data) != (size["width"], size["height"]):
        raise Refusal(400, "The image size does not match the size of the rich menu")
