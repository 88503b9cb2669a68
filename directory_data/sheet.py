"""One YAML file of a pack, read strictly with the line of every value; knows no members or cities.

A fault is noted and reading goes on, so that an editor sees all of them in one go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from directory_data.faults import Fault

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_KIND_NAMES = {
    "str": "text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "timestamp": "a date",
    "null": "empty",
    "map": "a mapping",
    "seq": "a list",
}
LANGUAGES = ("ja", "ja-easy", "en", "zh-Hans", "zh-Hant", "ko", "vi", "ne", "tl", "id", "pt")
"""Every language a text of the pack may carry (features row R5)."""


class Sheet:
    """A file and the faults found in it so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.root = self._compose()

    def fault(self, where: yaml.Node | int, message: str) -> None:
        line = where if isinstance(where, int) else line_of(where)
        self.faults.append(Fault(str(self.path), line, message))

    def records(self, allowed: frozenset[str]) -> Iterator[Record]:
        """The file as a list of mappings, one record each."""
        for node in self.items(self.root) if self.root is not None else ():
            if isinstance(node, yaml.MappingNode):
                yield Record(self, node, allowed)
            else:
                self.fault(node, f"expected a mapping, found {kind_of(node)}")

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.fault(node, f"expected a list, found {kind_of(node)}")
        return []

    def pairs(self, node: yaml.Node) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Key → (key node, value node); a key written twice is a fault, the first one counts."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, f"expected a mapping, found {kind_of(node)}")
            return {}
        pairs: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in pairs:
                self.fault(key, f"`{name}` is written twice")
            else:
                pairs[name] = (key, value)
        return pairs

    def _compose(self) -> yaml.Node | None:
        text = self._text()
        if text is None:
            return None
        try:
            root: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as broken:
            mark = broken.problem_mark or broken.context_mark
            self.fault(mark.line + 1 if mark else 1, f"not readable as YAML: {broken.problem}")
            return None
        except (yaml.YAMLError, RecursionError) as broken:
            self.fault(1, f"not readable as YAML: {type(broken).__name__}")
            return None
        if root is None:
            self.fault(1, "the file is empty")
        return root

    def _text(self) -> str | None:
        try:
            raw = self.path.read_bytes()
        except OSError:
            self.fault(1, "the file is missing or cannot be read")
            return None
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as broken:
            self.fault(raw[: broken.start].count(b"\n") + 1, "not UTF-8")
            return None
        control = _CONTROL.search(text)
        if control is None:
            return text
        line = text[: control.start()].count("\n") + 1
        self.fault(line, f"control character U+{ord(control.group()):04X}")
        return None


class Record:
    """One mapping of a file. Every reader notes its own fault and then returns a harmless value."""

    def __init__(self, sheet: Sheet, node: yaml.Node, allowed: frozenset[str]) -> None:
        self.sheet = sheet
        self.node = node
        self._pairs = sheet.pairs(node)
        for name, (key, _) in self._pairs.items():
            if name not in allowed:
                sheet.fault(key, f"unknown key `{name}`; known: {', '.join(sorted(allowed))}")

    def fault(self, name: str, message: str) -> None:
        self.sheet.fault(self.where(name), message)

    def where(self, name: str) -> yaml.Node:
        """The node of that value, or of the record when the key is absent."""
        pair = self._pairs.get(name)
        return pair[1] if pair else self.node

    def given(self, name: str) -> yaml.Node | None:
        """The value's node; None when absent or written as null."""
        pair = self._pairs.get(name)
        return None if pair is None or kind_of(pair[1]) == "empty" else pair[1]

    def text(self, name: str, *, may_be_empty: bool = False) -> str:
        node = self._required(name)
        value = "" if node is None else self._string(node, name)
        if node is not None and not value and kind_of(node) == "text" and not may_be_empty:
            self.fault(name, f"`{name}` is empty")
        return value

    def optional_text(self, name: str) -> str | None:
        node = self.given(name)
        return None if node is None else self._string(node, name) or None

    def texts(self, name: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of texts, none of them twice."""
        node = self._required(name) if required else self.given(name)
        found: dict[str, None] = {}
        for item in self.sheet.items(node) if node is not None else ():
            value = self._string(item, name)
            if not value and kind_of(item) == "text":
                self.sheet.fault(item, f"an entry of `{name}` is empty")
            if value in found:
                self.sheet.fault(item, f"`{value}` stands twice in `{name}`")
            found[value] = None
        return tuple(found)

    def translated(self, name: str, *, required: bool = True) -> dict[str, str]:
        """A text by language; Japanese must be there."""
        node = self._required(name) if required else self.given(name)
        if node is None:
            return {}
        pairs = self.sheet.pairs(node)
        for language, (key, _) in pairs.items():
            if language not in LANGUAGES:
                self.sheet.fault(key, f"unknown language `{language}` in `{name}`")
        if isinstance(node, yaml.MappingNode) and "ja" not in pairs:
            self.sheet.fault(node, f"`{name}` has no `ja`")
        texts = {k: self._string(v, f"{name}.{k}") for k, (_, v) in pairs.items()}
        for language, text in texts.items():
            if not text and kind_of(pairs[language][1]) == "text":
                self.sheet.fault(pairs[language][1], f"`{name}.{language}` is empty")
        return texts

    def flag(self, name: str, default: bool) -> bool:
        node = self.given(name)
        if node is None:
            return default
        if kind_of(node) != "true or false":
            self.fault(name, f"`{name}` must be true or false")
        return str(node.value).lower() in ("true", "yes", "on")

    def number(self, name: str) -> int:
        node = self._required(name)
        if node is None:
            return 0
        if kind_of(node) != "a number" or not str(node.value).isdecimal():
            self.fault(name, f"`{name}` must be a whole number")
            return 0
        return int(node.value)

    def day(self, name: str, today: date | None) -> date | None:
        """A date like 2026-04-01; not later than `today` when that is known."""
        node = self.given(name)
        day = None if node is None else self._date(node, name)
        if today is not None and day is not None and day > today:
            self.fault(name, f"`{name}` lies in the future")
        return day

    def days(self, name: str) -> list[date]:
        """A list of dates like 2026-12-29."""
        node = self.given(name)
        items = self.sheet.items(node) if node is not None else ()
        return [day for item in items if (day := self._date(item, name)) is not None]

    def _date(self, node: yaml.Node, name: str) -> date | None:
        try:
            return date.fromisoformat(str(node.value))
        except ValueError:
            self.sheet.fault(node, f"`{name}` must be a date like 2026-04-01")
            return None

    def _required(self, name: str) -> yaml.Node | None:
        if name not in self._pairs:
            self.sheet.fault(self.node, f"`{name}` is missing")
        elif self.given(name) is None:
            self.fault(name, f"`{name}` is empty")
        return self.given(name)

    def _string(self, node: yaml.Node, name: str) -> str:
        if kind_of(node) != "text":
            self.sheet.fault(
                node, f"`{name}` must be text (in quotes if need be), found {kind_of(node)}"
            )
            return ""
        value = str(node.value)
        if value != value.strip():
            self.sheet.fault(node, f"`{name}` begins or ends with a space")
        return value


def line_of(node: yaml.Node) -> int:
    """The line of a node, counted from 1."""
    return int(node.start_mark.line) + 1


def kind_of(node: yaml.Node) -> str:
    """What a value is, in an editor's words."""
    return _KIND_NAMES.get(node.tag.removeprefix(_TAG), node.tag)
