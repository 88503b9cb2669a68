"""What a check finds wrong in a request body, and the small checks all limits are made of.

No limit of LINE's is written here; those stand in the `*_limits` modules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from line_sim.text_length import graphemes

Path = tuple[str | int, ...]
Json = dict[str, Any]

EMPTY = "May not be empty"


@dataclass(frozen=True)
class Finding:
    """One fault: LINE's sentence for it and where in the body it stands."""

    message: str
    path: Path

    @property
    def dotted(self) -> str:
        """`messages[0].text`, as LINE names places outside Flex contents."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
        return text

    @property
    def pointer(self) -> str:
        """`/body/contents/0`, as LINE names places inside Flex contents."""
        return "/" + "/".join(str(part) for part in self.path)


@dataclass
class Check:
    """Collects findings; each method reads one property and answers with its value or None."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, path: Path, message: str) -> None:
        self.findings.append(Finding(message, path))

    def text(
        self,
        holder: Json,
        key: str,
        path: Path,
        most: int,
        *,
        required: bool = True,
        count: Callable[[str], int] = graphemes,
    ) -> str | None:
        """A string of at most `most` units as `count` counts them; not empty when required."""
        value = holder.get(key)
        place = (*path, key)
        if value is None or value == "":
            if required:
                self.add(place, EMPTY)
            return None
        if not isinstance(value, str):
            self.add(place, "Must be a string")
            return None
        if required and not value.strip():
            self.add(place, EMPTY)
        if count(value) > most:
            self.add(place, f"Length must be between 0 and {most}")
        return value

    def one_of(
        self,
        holder: Json,
        key: str,
        path: Path,
        values: Collection[str],
        *,
        required: bool = False,
    ) -> str | None:
        value = holder.get(key)
        if value is None and not required:
            return None
        if not isinstance(value, str) or value not in values:
            allowed = ", ".join(values)
            self.add((*path, key), f"Must be one of the following values: [{allowed}]")
            return None
        return value

    def url(
        self,
        holder: Json,
        key: str,
        path: Path,
        *,
        schemes: Collection[str] = ("https",),
        most: int = 2000,
        required: bool = True,
    ) -> None:
        """An absolute address; LINE takes https only, but for actions."""
        before = len(self.findings)
        value = self.text(holder, key, path, most, required=required)
        if value is None or len(self.findings) > before:
            return
        scheme = value.partition(":")[0].lower()
        if scheme not in schemes:
            self.add((*path, key), "invalid uri scheme")
        elif not _is_uri(value, scheme):
            self.add((*path, key), "invalid uri")

    def integer(
        self, holder: Json, key: str, path: Path, low: int, high: int, *, required: bool = False
    ) -> None:
        value = holder.get(key)
        if value is None and not required:
            return
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.add((*path, key), f"Must be a whole number between {low} and {high}")

    def number(self, holder: Json, key: str, path: Path, low: float, high: float) -> None:
        value = holder.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.add((*path, key), "Must be a number")
        elif not low <= value <= high:
            self.add((*path, key), f"Must be between {low:g} and {high:g}")

    def objects(
        self, holder: Json, key: str, path: Path, least: int, most: int
    ) -> Iterator[tuple[Json, Path]]:
        """Every object of a list with its path; a wrong size or kind becomes a finding."""
        place = (*path, key)
        value = holder.get(key)
        if not isinstance(value, list):
            self.add(place, EMPTY if value is None else "Must be an array")
            return
        if not least <= len(value) <= most:
            self.add(place, f"Size must be between {least} and {most}")
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield item, (*place, index)
            else:
                self.add((*place, index), "Must be an object")

    def object(self, holder: Json, key: str, path: Path, *, required: bool = False) -> Json | None:
        value = holder.get(key)
        if isinstance(value, dict):
            return value
        if value is not None or required:
            self.add((*path, key), EMPTY if value is None else "Must be an object")
        return None


def _is_uri(value: str, scheme: str) -> bool:
    if any(character.isspace() or ord(character) < 0x20 for character in value):
        return False
    if scheme == "tel":
        return bool(value[4:]) and all(c in "+0123456789-.()#*,;" for c in value[4:])
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.netloc)
