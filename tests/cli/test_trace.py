"""`genkan trace` as an operator calls it."""

from __future__ import annotations

import json

import pytest

from tests.cli.commands import genkan, refused
from tests.letterbox import House


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_lines_tables_and_faults(house: House) -> None:
    url = house.office.settings.database_url
    event = house.resident().says("さみしくて だれかと話したいです")
    event_id = event["webhookEventId"]
    done = genkan("trace", "--jsonl", "--event", event_id, database_url=url)
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (line["event_id"], line["event_ms"]) == (event_id, event["timestamp"])
    table = genkan("trace", database_url=url).stdout
    assert event_id in table and "reply:sent×1" in table
    later = genkan("trace", "--jsonl", "--since", "2030-01-01T00:00:00+09:00", database_url=url)
    assert (later.returncode, later.stdout) == (0, "")
    assert "01NOBODY" in refused(genkan("trace", "--event", "01NOBODY", database_url=url))
    assert "--since" in refused(genkan("trace", "--since", "yesterday", database_url=url))
