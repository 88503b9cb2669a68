"""Rich menus: limits, sizes of menus and pictures."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest

from line_sim.rich_menus import check_menu, picture_size

ACTION = {"type": "postback", "label": "相談する", "data": "start"}


def png(width: int = 800, height: int = 270) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * ((width + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def menu(**more: Any) -> dict[str, Any]:
    bounds = {"x": 0, "y": 0, "width": 400, "height": 270}
    return {
        "size": {"width": 800, "height": 270},
        "selected": True,
        "name": "main",
        "chatBarText": "メニュー",
        "areas": [{"bounds": bounds, "action": ACTION}],
        **more,
    }


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"chatBarText": "あ" * 15}, "chatBarText"),
        ({"name": ""}, "name"),
        ({"size": {"width": 700, "height": 250}}, "size.width"),
        ({"size": {"width": 800, "height": 600}}, "size"),
        ({"areas": menu()["areas"] * 21}, "areas"),
        ({"selected": "yes"}, "selected"),
    ],
)
def test_limits(more: dict[str, Any], place: str) -> None:
    assert check_menu(menu()).findings == []
    assert [each.dotted for each in check_menu(menu(**more)).findings] == [place]


def test_picture_sizes() -> None:
    assert picture_size(png(1200, 405)) == (1200, 405)
    jpeg = b"\xff\xd8\xff\xe0\x00\x04xx\xff\xc0\x00\x11\x08\x01\x0e\x03\x20" + b"\x00" * 10
    assert picture_size(jpeg) == (800, 270)
    assert picture_size(b"text") is None
