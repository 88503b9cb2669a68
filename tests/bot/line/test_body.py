"""A body of LINE cut into events: one strange event never loses its neighbours."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.line.body import BodyRefused, split

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)
USER = "U" + "a" * 32


def an_event(**fields: Any) -> dict[str, Any]:
    event = {
        "type": "message",
        "webhookEventId": "01FINE",
        "timestamp": NOW_MS - 5,
        "source": {"type": "user", "userId": USER},
        "message": {"id": "1", "type": "text", "text": "こんにちは"},
    }
    return {key: value for key, value in (event | fields).items() if value is not ...}


def body(*events: object) -> bytes:
    return json.dumps({"destination": "U0", "events": list(events)}).encode()


def test_an_event_is_read_only_as_far_as_keeping_needs() -> None:
    event = an_event()
    (arrival,) = split(body(event), NOW)
    assert (arrival.event_id, arrival.source_kind, arrival.source_id) == ("01FINE", "user", USER)
    assert (arrival.event_ms, arrival.kind) == (NOW_MS - 5, "message.text")
    assert json.loads(arrival.raw) == event


@pytest.mark.parametrize("kind", ["group", "room"])
def test_groups_and_rooms_are_people_of_their_own(kind: str) -> None:
    source = {"type": kind, f"{kind}Id": "C1", "userId": USER}
    (arrival,) = split(body(an_event(source=source)), NOW)
    assert (arrival.source_kind, arrival.source_id) == (kind, "C1")


STRANGE = [
    5,
    None,
    "text",
    [],
    {},
    [[]],
    an_event(webhookEventId=...),
    an_event(webhookEventId=""),
    an_event(webhookEventId=17),
    an_event(webhookEventId="x" * 300),
    an_event(webhookEventId="日本語"),
    an_event(webhookEventId="a\u0000b"),
    an_event(timestamp=...),
    an_event(timestamp=None),
    an_event(timestamp="soon"),
    an_event(timestamp=1.5),
    an_event(timestamp=-1),
    an_event(timestamp=10**30),
    an_event(timestamp=2**52),
    an_event(timestamp=True),
    an_event(source=None),
    an_event(source=...),
    an_event(source={"type": "user"}),
    an_event(source={"type": "user", "userId": ""}),
    an_event(source={"type": "user", "userId": "U" * 300}),
    an_event(source={"type": "user", "userId": "\ud800"}),
    an_event(source={"type": "moon", "moonId": "M1"}),
    an_event(message={"type": "text", "text": "\ud800 half"}),
    an_event(message={"type": "text", "text": "a\u0000b"}),
    an_event(message="not an object"),
    an_event(type="x" * 300),
    an_event(type={"deep": 1}),
    an_event(type="messageEdited"),
    an_event(mode="nobody knows"),
]


@pytest.mark.parametrize("strange", STRANGE, ids=range(len(STRANGE)))
def test_a_strange_event_is_kept_and_its_neighbours_too(strange: object) -> None:
    before, after = an_event(webhookEventId="01BEFORE"), an_event(webhookEventId="01AFTER")
    kept = split(body(before, strange, after), NOW)
    assert [kept[0].event_id, kept[2].event_id] == ["01BEFORE", "01AFTER"]
    odd = kept[1]
    assert 0 < len(odd.event_id) <= 80 and odd.event_id.isascii() and odd.event_id.isprintable()
    assert 0 < odd.event_ms <= NOW_MS + 24 * 3600 * 1000
    assert len(odd.kind) <= 40 and len(odd.source_id) <= 64
    assert odd.raw.isascii()
    json.loads(odd.raw)


@pytest.mark.parametrize("depth", [400, 900, 990, 1_000, 5_000, 100_000])
def test_nesting_without_end_loses_nobody(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    tricky = json.dumps(an_event(webhookEventId="01TRICKY", note='a "quoted], [{" \\'))
    plain = json.dumps(an_event())
    raw = f'{{"destination": "[", "events": [{plain}, {{"x": {deep}}}, {tricky}]}}'
    kept = split(raw.encode(), NOW)
    assert [kept[0].event_id, kept[2].event_id] == ["01FINE", "01TRICKY"]
    assert len(kept) == 3 and deep in kept[1].raw.replace(" ", "")


def test_a_number_without_end_loses_nobody() -> None:
    odd = json.dumps(an_event(timestamp=0)).replace('"timestamp": 0', '"timestamp": ' + "9" * 9_000)
    raw = f'{{"events": [{odd}, {json.dumps(an_event(webhookEventId="01AFTER"))}]}}'
    kept = split(raw.encode(), NOW)
    assert [each.event_id for each in kept] == ["01FINE", "01AFTER"]
    assert kept[0].event_ms == NOW_MS


def test_without_an_id_the_same_event_has_the_same_name_twice() -> None:
    nameless = an_event(webhookEventId=...)
    first, second, other = split(body(nameless, nameless, an_event(webhookEventId=3)), NOW)
    assert first.event_id == second.event_id != other.event_id
    assert first.event_id.startswith("sha256:")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(), below, max_size=3),
)


@given(st.lists(st.dictionaries(st.sampled_from(sorted(an_event())), JSON), max_size=3))
def test_whatever_the_fields_hold_every_event_is_kept(events: list[object]) -> None:
    assert len(split(body(*events), NOW)) == len(events)


def test_no_events_is_a_connection_check() -> None:
    assert split(b'{"destination":"U0","events":[]}', NOW) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"5",
        b"{}",
        b'{"events": 3}',
        b'{"events": {}}',
        b'{"events": null}',
        b'{"events": [1, 2}',
        b"\xff\xfe\xfa",
        b"[" * 5_000,
        b'{"events": ' + b"[" * 5_000,
    ],
    ids=range(13),
)
def test_what_is_no_webhook_body_is_refused(raw: bytes) -> None:
    with pytest.raises(BodyRefused):
        split(raw, NOW)
