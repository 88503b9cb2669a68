"""Example sentences: one a line, strict, every fault with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from directory_data.examples import ExampleSheet

SOUND = {"text": "お米がない", "lang": "ja", "categories": ["food", "poverty"]}


def sheet(folder: Path, *rows: object) -> ExampleSheet:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / "examples.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ExampleSheet(folder / "examples.jsonl", frozenset({"food", "poverty"}))


def test_sentences_stand_under_their_first_category(tmp_path: Path) -> None:
    labelled = {**SOUND, "text": "借金がある", "categories": ["poverty"], "voice": "old"}
    found = sheet(tmp_path, SOUND, labelled)
    assert found.faults == []
    assert found.by_category == {"food": ("お米がない",), "poverty": ("借金がある",)}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "not readable as JSON"),
        ("[" * 50_000, "not readable as JSON"),
        ("3", "expected an object"),
        ({"text": "あ", "lang": "ja"}, "`categories` is missing"),
        ({**SOUND, "text": "あ", "mood": 1}, "unknown key `mood`"),
        ({**SOUND, "text": " "}, "`text` must be a sentence"),
        ({**SOUND, "text": 3}, "`text` must be a sentence"),
        ({**SOUND, "text": "あ" * 5_001}, "`text` must be a sentence"),
        ({**SOUND, "text": "あ", "lang": "tlh"}, "unknown language `tlh`"),
        ({**SOUND, "text": "あ", "categories": []}, "at least one code"),
        ({**SOUND, "text": "あ", "categories": ["sleep"]}, "unknown category `sleep`"),
        ({**SOUND, "text": "あ", "categories": [{}]}, "unknown category `{}`"),
        (SOUND, "`お米がない` is already in line 1"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, row: object, message: str) -> None:
    (fault,) = sheet(tmp_path, SOUND, row).faults
    assert fault.line == 2
    assert message in fault.message


def test_a_missing_or_foreign_file_is_a_fault(tmp_path: Path) -> None:
    absent = ExampleSheet(tmp_path / "none.jsonl", frozenset())
    assert "is missing" in absent.faults[0].message
    (tmp_path / "sjis.jsonl").write_bytes(b"{}\n\x83\x65")
    strange = ExampleSheet(tmp_path / "sjis.jsonl", frozenset())
    assert (strange.faults[0].line, strange.faults[0].message) == (2, "not UTF-8")
