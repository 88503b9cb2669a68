"""The urgency rules as compiled patterns; what a match means is decided in `routing.urgency`.

`<name>` in a pattern stands for any expression of the word group `name`. Groups may use groups
defined before them. Patterns are folded like the texts they are compared with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from routing.fold import fold_pattern
from routing.judgement import Level, UrgentKind
from routing.rulebook import read_rules

_GROUP = re.compile(r"<([a-z_]+)>")


class RuleFault(ValueError):
    """A rule file says something that cannot be meant; the message names the rule."""


@dataclass(frozen=True)
class Rule:
    """One way in which danger shows. All conditions must hold."""

    id: str
    level: Level
    kind: UrgentKind | None
    clause: tuple[re.Pattern[str], ...]
    """Every one in the same clause."""
    text: tuple[re.Pattern[str], ...]
    """Every one somewhere in the text."""
    some: tuple[re.Pattern[str], ...]
    """At least `at_least` of these weak clues somewhere in the text."""
    at_least: int
    unless: re.Pattern[str] | None
    """Not when this stands in the same clause (anywhere, for rules without clause conditions)."""
    firm: bool
    """True: neither past tense nor negation softens it (the patterns look after that)."""
    other: bool
    """The danger is somebody else's."""
    danger: tuple[str, ...]
    calm: tuple[str, ...]


@dataclass(frozen=True)
class Tone:
    """How a clause is meant; see the comments in urgency.yaml."""

    idiom: re.Pattern[str]
    earnest: re.Pattern[str]
    negated: re.Pattern[str]
    past: re.Pattern[str]
    still: re.Pattern[str]
    fiction: re.Pattern[str]
    enquiry: re.Pattern[str]


@dataclass(frozen=True)
class Rulebook:
    version: str
    tone: Tone
    rules: tuple[Rule, ...]


@cache
def rulebook() -> Rulebook:
    """The shipped rules, compiled once per process. Raises `RuleFault`."""
    return compile_rules(read_rules("urgency"))


def compile_rules(data: Mapping[str, Any]) -> Rulebook:
    """A rulebook from a rule file's content; groups are expanded in the order they are written."""
    groups: dict[str, str] = {}
    for name, parts in data["words"].items():
        groups[name] = _expand("|".join(parts), groups, f"words.{name}")
    tone = {name: _any(parts, groups, name) for name, parts in data["tone"].items()}
    rules = tuple(_rule(row, groups) for row in data["rules"])
    twice = [r.id for i, r in enumerate(rules) if r.id in {earlier.id for earlier in rules[:i]}]
    if twice:
        raise RuleFault(f"rule id used twice: {', '.join(twice)}")
    return Rulebook(data["version"], Tone(**tone), rules)


def _rule(row: Mapping[str, Any], groups: Mapping[str, str]) -> Rule:
    name = row["id"]

    def patterns(key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(_compile(part, groups, name) for part in row.get(key, ()))

    return Rule(
        id=name,
        level=Level(row["level"]),
        kind=UrgentKind(row["kind"]) if row["kind"] else None,
        clause=patterns("clause"),
        text=patterns("text"),
        some=patterns("some"),
        at_least=row.get("at_least", 0),
        unless=_any(row["unless"], groups, name) if "unless" in row else None,
        firm=row.get("firm", False),
        other=row.get("other", False),
        danger=tuple(row["danger"]),
        calm=tuple(row["calm"]),
    )


def _any(parts: list[str], groups: Mapping[str, str], where: str) -> re.Pattern[str]:
    return _compile("|".join(parts), groups, where)


def _compile(pattern: str, groups: Mapping[str, str], where: str) -> re.Pattern[str]:
    try:
        return re.compile(fold_pattern(_expand(pattern, groups, where)), re.MULTILINE)
    except re.error as broken:
        raise RuleFault(f"{where}: {broken}") from broken


def _expand(pattern: str, groups: Mapping[str, str], where: str) -> str:
    def group(found: re.Match[str]) -> str:
        if found.group(1) not in groups:
            raise RuleFault(f"{where}: unknown word group <{found.group(1)}>")
        return f"(?:{groups[found.group(1)]})"

    return _GROUP.sub(group, pattern)
