"""How people put their worries: examples.jsonl, a sentence a line, read strictly.

{"text": …, "lang": …, "categories": [code, …]}: the categories that would be right, the first one
first. Further keys (`urgent`, `kind`, `voice`, `hand`) are labels for training, not read here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from directory_data.faults import Fault
from directory_data.sheet import LANGUAGES

_LABELS = frozenset({"urgent", "kind", "voice", "hand"})
_KEYS = frozenset({"text", "lang", "categories"})
_LONGEST = 5_000
"""LINE's limit for one message."""


class ExampleSheet:
    """The file's sentences by their first category, and the faults found in it."""

    def __init__(self, path: Path, known: frozenset[str]) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.by_category: dict[str, tuple[str, ...]] = {}
        self._known = known
        self._lines: dict[str, int] = {}
        sentences: dict[str, list[str]] = {}
        for number, row in self._rows():
            if self._is_sound(number, row):
                sentences.setdefault(row["categories"][0], []).append(row["text"])
        self.by_category = {code: tuple(texts) for code, texts in sentences.items()}

    def _rows(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        try:
            lines = self.path.read_text(encoding="utf-8").split("\n")
        except OSError:
            self.fault(1, "the file is missing or cannot be read")
            return
        except UnicodeDecodeError as broken:
            self.fault(broken.object[: broken.start].count(b"\n") + 1, "not UTF-8")
            return
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield from self._row(number, line)

    def _row(self, number: int, line: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            self.fault(number, "not readable as JSON")
            return
        if isinstance(row, dict):
            yield number, row
        else:
            self.fault(number, "expected an object with `text`, `lang` and `categories`")

    def _is_sound(self, number: int, row: Mapping[str, Any]) -> bool:
        faults = [*self._key_faults(row)] or [*self._value_faults(row)]
        for fault in faults:
            self.fault(number, fault)
        if not faults:
            self._lines.setdefault(row["text"], number)
        return not faults

    def _key_faults(self, row: Mapping[str, Any]) -> Iterator[str]:
        for key in sorted(_KEYS - set(row)):
            yield f"`{key}` is missing"
        for key in sorted(set(row) - _KEYS - _LABELS):
            yield f"unknown key `{key}`; known: {', '.join(sorted(_KEYS | _LABELS))}"

    def _value_faults(self, row: Mapping[str, Any]) -> Iterator[str]:
        text, categories = row["text"], row["categories"]
        if not isinstance(text, str) or not text.strip() or len(text) > _LONGEST:
            yield f"`text` must be a sentence of 1 to {_LONGEST} signs"
        elif text in self._lines:
            yield f"`{text[:30]}` is already in line {self._lines[text]}"
        if row["lang"] not in LANGUAGES:
            yield f"unknown language `{row['lang']}`"
        if not isinstance(categories, list) or not categories:
            yield "`categories` must be a list with at least one code"
        else:
            strange = (c for c in categories if not isinstance(c, str) or c not in self._known)
            yield from (f"unknown category `{c}`" for c in strange)

    def fault(self, number: int, message: str) -> None:
        self.faults.append(Fault(str(self.path), number, message))
