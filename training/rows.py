"""The written rows the judge learns from: who wrote them, their labels, which are held out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from routing.judgement import Level, UrgentKind

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
EXAMPLES = ROOT / "directory_data" / "kumamoto" / "examples.jsonl"


@dataclass(frozen=True)
class Row:
    """One written message and what a reader said of it."""

    text: str
    language: str
    categories: tuple[str, ...]
    """Acceptable categories, the first one first; empty when nobody said."""
    level: Level | None
    kind: UrgentKind | None
    hand: str
    """Who wrote it; whole hands are left out when the judge is checked."""
    voice: str = ""
    who: str = ""
    """`me`, or for whom the writer speaks."""
    tense: str = ""
    direct: bool | None = None
    """False: neither the worry nor the danger is named."""
    pair: str = ""
    """Rows of one pair use the same words and mean different things."""
    twin: bool = False
    """Another row of the same pair has another level."""

    @property
    def number(self) -> int:
        """The rank of the level; −1 when nobody said."""
        return -1 if self.level is None else self.level.rank


def training_rows() -> list[Row]:
    """Everything that may be learned from: the hands of the corpus and the pack's examples."""
    files = [f for f in sorted(CORPUS.glob("*.jsonl")) if not f.stem.startswith("held_out")]
    return [row for file in (EXAMPLES, *files) for row in _rows(file)]


def held_out_rows() -> list[Row]:
    """Two sets by hands of their own that nothing is ever fitted to or chosen by."""
    return [row for file in sorted(CORPUS.glob("held_out_*.jsonl")) for row in _rows(file)]


def digest(rows: Iterable[Row]) -> str:
    """A short fingerprint of rows, to see whether a model still belongs to its corpus."""
    hashed = hashlib.sha256()
    for row in rows:
        fields = (row.text, row.language, row.categories, row.level, row.kind, row.who)
        hashed.update(repr(fields).encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()[:16]


def _rows(file: Path) -> Iterator[Row]:
    read = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    levels: dict[str, set[str]] = {}
    for row in read:
        levels.setdefault(row.get("pair", ""), set()).add(row.get("urgent", ""))
    for row in read:
        pair = row.get("pair", "")
        yield _row(row, file.stem, bool(pair) and len(levels[pair]) > 1)


def _row(row: Mapping[str, Any], hand: str, twin: bool) -> Row:
    return Row(
        text=row["text"],
        language=row["lang"],
        categories=tuple(row.get("categories") or ()),
        level=Level(row["urgent"]) if row.get("urgent") else None,
        kind=UrgentKind(row["kind"]) if row.get("kind") else None,
        hand=row.get("hand", hand),
        voice=row.get("voice", ""),
        who=row.get("who", ""),
        tense=row.get("tense", ""),
        direct=row.get("direct"),
        pair=row.get("pair", ""),
        twin=twin,
    )
