"""Every sentence Genkan says, by key and language, from reviewed files; no logic, no free text.

A file is `<language>.yaml` with a `version`, `says` (sentences) and `typed` (what a resident may
type instead of tapping). Japanese is the pattern: every other file has the same keys and the same
placeholders, so a language is added by adding one file.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PATTERN = "ja"
FOLDER = Path(__file__).parent


class PhraseFault(ValueError):
    """A phrase file is wrong, or a sentence that does not exist was asked for; names it."""


@dataclass(frozen=True)
class Phrasebook:
    """One language. `says` maps dotted keys to sentences, `typed` to the words that mean a key."""

    language: str
    version: str
    says: Mapping[str, str]
    typed: Mapping[str, tuple[str, ...]]


def phrase(key: str, language: str, **params: object) -> str:
    """The sentence in that language (Japanese when there is none), with its parameters filled in.

    Raises `PhraseFault` for an unknown key or a parameter that is missing or not expected.
    """
    book = _book(language)
    if key not in book.says:
        raise PhraseFault(f"{book.language}: no sentence {key}")
    wanted = placeholders(book.says[key])
    if wanted != frozenset(params):
        raise PhraseFault(f"{key}: takes {sorted(wanted)}, was given {sorted(params)}")
    return book.says[key].format_map(params)


def has(key: str) -> bool:
    """Whether there is such a sentence, for keys that come from a data pack."""
    return key in _book(PATTERN).says


def typed(key: str, language: str) -> tuple[str, ...]:
    """The words a resident may type to mean `key`."""
    return _book(language).typed[key]


def typed_everywhere() -> Mapping[str, tuple[str, ...]]:
    """What may be typed at any moment, in every language there is: nobody is held to one."""
    return {
        key: tuple(word for book in books().values() for word in book.typed[key])
        for key in books()[PATTERN].typed
    }


def version(language: str) -> str:
    """Language and version of the wording, as a consent records it: `ja 2026-11-23.1`."""
    book = _book(language)
    return f"{book.language} {book.version}"


def languages() -> tuple[str, ...]:
    """The languages that have a file, Japanese first."""
    return tuple(books())


@cache
def books() -> Mapping[str, Phrasebook]:
    """All files, checked against the Japanese one; read once per process."""
    others = sorted(p.stem for p in FOLDER.glob("*.yaml") if p.stem != PATTERN)
    found = {name: read(FOLDER / f"{name}.yaml") for name in (PATTERN, *others)}
    for book in found.values():
        refuse_differences(found[PATTERN], book)
    return found


def read(path: Path) -> Phrasebook:
    """One file as it stands; `PhraseFault` when it is not shaped as described above."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or set(raw) != {"version", "says", "typed"}:
        raise PhraseFault(f"{path.name}: needs exactly version, says and typed")
    says = dict(_flat(raw["says"], path.name))
    words = {key: tuple(map(str, row)) for key, row in raw["typed"].items()}
    return Phrasebook(path.stem, str(raw["version"]), says, words)


def refuse_differences(pattern: Phrasebook, book: Phrasebook) -> None:
    """Raise `PhraseFault` naming every key or placeholder in which `book` differs."""
    faults = [f"key {k}" for k in sorted(set(pattern.says) ^ set(book.says))]
    faults += [f"typed {k}" for k in sorted(set(pattern.typed) ^ set(book.typed))]
    faults += [
        f"placeholders of {key}"
        for key in sorted(set(pattern.says) & set(book.says))
        if placeholders(pattern.says[key]) != placeholders(book.says[key])
    ]
    if faults:
        raise PhraseFault(f"{book.language}.yaml differs from {pattern.language}.yaml: {faults}")


def placeholders(sentence: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name)


def _book(language: str) -> Phrasebook:
    return books().get(language) or books()[PATTERN]


def _flat(node: Any, where: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for name, below in node.items():
            if not isinstance(name, str):
                raise PhraseFault(f"{where}: {prefix}: the key {name} needs quotes")
            yield from _flat(below, where, f"{prefix}.{name}" if prefix else name)
    elif isinstance(node, str) and node.strip():
        yield prefix, node.rstrip("\n")
    else:
        raise PhraseFault(f"{where}: {prefix} is not a sentence")
