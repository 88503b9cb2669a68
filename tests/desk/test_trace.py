"""Where did a message go: one line per accepted event, in the order taken, never words."""

from __future__ import annotations

import json

import jsonschema
import pytest

from desk import trace as module
from desk.trace import trace
from tests.letterbox import House

LINE = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "event_id", "event_ms", "accepted", "taken", "done", "outcome", "late", "sends",
    ],
    "properties": {
        "event_id": {"type": "string"},
        "event_ms": {"type": "integer"},
        "accepted": {"type": "string"},
        "taken": {"type": ["string", "null"]},
        "done": {"type": ["string", "null"]},
        "outcome": {"type": "string"},
        "late": {"type": "boolean"},
        "sends": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": [
                    "outbox_id", "via", "reply_token_sha256", "attempts", "state",
                    "line_request_id",
                ],
                "properties": {
                    "outbox_id": {"type": "string"},
                    "via": {"enum": ["reply", "push", None]},
                    "reply_token_sha256": {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"},
                    "attempts": {"type": "integer"},
                    "state": {"type": "string"},
                    "line_request_id": {"type": ["string", "null"]},
                },
            },
        },
    },
}  # fmt: skip


def test_every_event_has_its_line_in_the_order_taken(house: House) -> None:
    resident = house.resident()
    first = resident.says("さみしくて だれかと話したいです")
    second = resident.says("どれもちがう")
    waiting = resident.text("まだ読まれていない")
    house.keep(waiting)
    lines = list(trace(house.office.database))
    for line in lines:
        jsonschema.validate(line, LINE)
    assert [line["event_id"] for line in lines] == [
        event["webhookEventId"] for event in (first, second, waiting)
    ]
    assert [line["outcome"] for line in lines] == ["answered", "answered", "waiting"]
    assert {send["state"] for send in lines[0]["sends"]} == {"sent"}
    said = json.dumps(lines, ensure_ascii=False)
    assert resident.line_id not in said and "さみし" not in said


def test_one_event_or_those_since_a_time(house: House) -> None:
    resident = house.resident()
    first = resident.says("さみしくて だれかと話したいです")
    since = house.clock.forward(60)
    second = resident.says("どれもちがう")
    database = house.office.database
    assert [x["event_id"] for x in trace(database, since)] == [second["webhookEventId"]]
    (only,) = trace(database, None, first["webhookEventId"])
    assert only["event_id"] == first["webhookEventId"]
    assert list(trace(database, None, "01NOBODY")) == []


def test_events_taken_meanwhile_neither_vanish_nor_repeat(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PAGE", 2)
    resident = house.resident()
    events = [resident.text(str(n), at=n / 1000) for n in range(6)]
    house.keep(*events)
    lines = trace(house.office.database)
    seen = [next(lines)["event_id"], next(lines)["event_id"]]
    if not house.office.settings.is_sqlite:
        house.clock.forward(1)
        house.work(resident.person.id)
    seen += [line["event_id"] for line in lines]
    assert sorted(seen) == sorted(event["webhookEventId"] for event in events)
