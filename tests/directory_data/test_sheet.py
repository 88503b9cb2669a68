"""One strict YAML sheet: every value with its line, every fault at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from directory_data.sheet import Record, Sheet


def sheet(folder: Path, text: str | bytes) -> Sheet:
    path = folder / "rows.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Sheet(path)


def faults(read: Sheet) -> list[tuple[int, str]]:
    return [(fault.line, fault.message) for fault in read.faults]


def record(read: Sheet, *allowed: str) -> Record:
    return next(iter(read.records(frozenset(allowed))))


def test_values_are_read_as_what_they_are(tmp_path: Path) -> None:
    row = record(
        sheet(tmp_path, "- id: org01\n  tags: [a, b]\n  on: 2026-11-23\n  core: true\n  days: 3\n"),
        *("id", "tags", "on", "core", "days"),
    )
    assert row.text("id") == "org01"
    assert row.texts("tags") == ("a", "b")
    assert row.day("on", None) == date(2026, 11, 23)
    assert row.flag("core", False) is True
    assert row.number("days") == 3


def test_every_fault_is_named_with_its_line(tmp_path: Path) -> None:
    read = sheet(tmp_path, "- id: org01\n  wrong: 1\n  core: maybe\n- just words\n")
    for row in read.records(frozenset({"id", "core", "name"})):
        row.text("name")
        row.flag("core", False)
    assert [line for line, _ in faults(read)] == [2, 1, 3, 4]


def test_a_key_written_twice_is_a_fault_and_the_first_counts(tmp_path: Path) -> None:
    read = sheet(tmp_path, "- id: one\n  id: two\n")
    assert record(read, "id").text("id") == "one"
    assert faults(read) == [(2, "`id` is written twice")]


def test_a_date_in_the_future_is_a_fault(tmp_path: Path) -> None:
    read = sheet(tmp_path, "- on: 2026-11-24\n")
    record(read, "on").day("on", date(2026, 11, 23))
    assert [line for line, _ in faults(read)] == [1]


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"- id: [\n", b"\t- id: x\n"])
def test_a_file_that_cannot_be_read_is_one_fault_not_an_exception(
    tmp_path: Path, text: bytes
) -> None:
    read = sheet(tmp_path, text)
    assert list(read.records(frozenset({"id"}))) == []
    assert len(read.faults) >= 1
