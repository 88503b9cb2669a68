"""Rich menus, their pictures, aliases and links; LINE's limits on them; nobody's phone."""

from __future__ import annotations

import re
import struct
from typing import Any

from line_sim import identifiers
from line_sim.action_limits import RICH_MENU, check_action
from line_sim.findings import Check, Json

ALIAS = re.compile(r"[a-z0-9_-]{1,32}")
PICTURE_BYTES = 1024 * 1024
MENUS_MOST = 1000


def check_menu(menu: Json) -> Check:
    """Judge a rich menu object; the findings are in the returned check."""
    check = Check()
    check.text(menu, "name", (), 300)
    check.text(menu, "chatBarText", (), 14)
    if not isinstance(menu.get("selected"), bool):
        check.add(("selected",), "Must be a boolean")
    size = check.object(menu, "size", (), required=True)
    if size is not None:
        _check_size(check, size)
    for area, path in check.objects(menu, "areas", (), 0, 20):
        bounds = check.object(area, "bounds", path, required=True) or {}
        for key in ("x", "y", "width", "height"):
            check.integer(bounds, key, (*path, "bounds"), 0, 2500, required=True)
        action = check.object(area, "action", path, required=True)
        if action is not None:
            check_action(check, action, (*path, "action"), RICH_MENU)
    return check


def _check_size(check: Check, size: Json) -> None:
    before = len(check.findings)
    check.integer(size, "width", ("size",), 800, 2500, required=True)
    check.integer(size, "height", ("size",), 250, 2500, required=True)
    if len(check.findings) == before and size["width"] / size["height"] < 1.45:
        check.add(("size",), "The aspect ratio (width / height) must be at least 1.45")


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None when it is neither."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return int(width), int(height)
        place += 2 + length
    return None


class RichMenus:
    """All menus of the account; the caller holds the platform's lock."""

    def __init__(self) -> None:
        self.menus: dict[str, Json] = {}
        self.pictures: dict[str, tuple[bytes, str]] = {}
        self.aliases: dict[str, str] = {}
        self.default: str | None = None

    def create(self, menu: Json) -> str:
        menu_id = identifiers.rich_menu_id()
        keys = ("size", "selected", "name", "chatBarText", "areas")
        self.menus[menu_id] = {"richMenuId": menu_id} | {key: menu[key] for key in keys}
        return menu_id

    def delete(self, menu_id: str) -> bool:
        if self.menus.pop(menu_id, None) is None:
            return False
        self.pictures.pop(menu_id, None)
        self.aliases = {alias: at for alias, at in self.aliases.items() if at != menu_id}
        if self.default == menu_id:
            self.default = None
        return True

    def shown(self, linked: str | None) -> Json | None:
        """The menu a phone shows: its own link first, then the account's default."""
        for menu_id in (linked, self.default):
            if menu_id in self.menus and menu_id in self.pictures:
                return self.menus[menu_id]
        return None

    def as_json(self) -> dict[str, Any]:
        return {
            "menus": list(self.menus.values()),
            "aliases": self.aliases,
            "default": self.default,
            "with_picture": sorted(self.pictures),
        }
