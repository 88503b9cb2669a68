"""Identifiers look like LINE's."""

from __future__ import annotations

import re

from line_sim import identifiers


def test_ulids_sort_by_time() -> None:
    early, late = identifiers.ulid(1_700_000_000_000), identifiers.ulid(1_700_000_000_001)
    assert early < late
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", early)
    assert identifiers.ulid(0)[:10] == "0" * 10


def test_shapes() -> None:
    assert re.fullmatch(r"U[0-9a-f]{32}", identifiers.user_id())
    assert re.fullmatch(r"C[0-9a-f]{32}", identifiers.group_id())
    assert identifiers.CHAT_ID.fullmatch(identifiers.room_id())
    assert identifiers.UUID_HEX.fullmatch(identifiers.request_id())


def test_the_account_keeps_its_id_and_messages_never_share_one() -> None:
    assert identifiers.bot_user_id("a") == identifiers.bot_user_id("a")
    assert identifiers.bot_user_id("a") != identifiers.bot_user_id("b")
    ids = [identifiers.message_id() for _ in range(100)]
    assert ids == sorted(set(ids))
