"""Identifiers in the shapes LINE gives them; they carry no meaning and no state but a counter."""

from __future__ import annotations

import hashlib
import itertools
import re
import secrets
import uuid

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_message_numbers = itertools.count(560_000_000_000_000_000 + secrets.randbelow(10**16))

CHAT_ID = re.compile(r"[UCR][0-9a-f]{32}")
UUID_HEX = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")


def ulid(at_ms: int) -> str:
    """A ULID for a webhook event: 10 characters of time, 16 of chance."""
    number = (at_ms << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def user_id() -> str:
    return "U" + secrets.token_hex(16)


def group_id() -> str:
    return "C" + secrets.token_hex(16)


def room_id() -> str:
    return "R" + secrets.token_hex(16)


def bot_user_id(channel_secret: str) -> str:
    """The account's own id: always the same for one channel, so restarts do not change it."""
    return "U" + hashlib.sha256(b"bot:" + channel_secret.encode()).hexdigest()[:32]


def message_id() -> str:
    """18 digits, ascending; each start begins elsewhere, so a kept database meets no old id."""
    return str(next(_message_numbers))


def token() -> str:
    """A reply token: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def long_token() -> str:
    """A quote or mark-as-read token: opaque, longer than a reply token."""
    return secrets.token_urlsafe(48)


def request_id() -> str:
    return str(uuid.uuid4())


def rich_menu_id() -> str:
    return "richmenu-" + secrets.token_hex(16)
