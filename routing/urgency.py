"""How urgent a text is: rules over its clauses first, then the learned judge beside them.

Which clues count is data (rules/urgency.yaml, models/judge.npz). A text's level by rule is the
highest of its rules. What a rule found is softened, never sharpened, by tone: told as past →
concern; denied → concern for death wishes, nothing for the rest; told of a film, asked as
information → nothing. Idioms are taken out before anything else. The learned judge may raise a
level, and may hold an urgent rule back to concern, but never lowers an emergency rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from routing.clues import Rule, Tone, rulebook
from routing.fold import fold
from routing.judgement import Level, Urgency, UrgentKind
from routing.learned import Reading

LEVEL_FEATURE = "level."
"""`level.urgent` is a feature of its own beside the ids of the rules."""

_CLAUSE = re.compile(
    r"[。．.！!？?\n…]+|(?<=けど)、?|(?<=ばってん)|(?<=でも)、|(?<=が)、|(?<=[a-z]), but "
)
_ONLY_SIGNS = re.compile(r"\W*")
_RAISED = (Level.EMERGENCY, Level.URGENT, Level.CONCERN)
_LEAST_KIND = 0.5
"""A concern whose kind is less certain than this is a concern of no kind."""


@dataclass(frozen=True)
class Finding:
    """One rule that holds, and the level that is left of it after tone."""

    rule: Rule
    level: Level


def find(folded: str) -> list[Finding]:
    """What the rules find in a folded text, most urgent first. Never raises."""
    tone, rules = rulebook().tone, rulebook().rules
    clauses = [_without_idioms(c, tone) for c in _CLAUSE.split(folded) if c]
    told = [c for c in clauses if not _is_story(c, tone)]
    meant = "\n".join(told)
    if _ONLY_SIGNS.fullmatch(meant):
        return []
    findings = [f for rule in rules if (f := _apply(rule, told, meant, tone)) is not None]
    return sorted(findings, key=lambda finding: -finding.level.rank)


def features(findings: list[Finding]) -> tuple[str, ...]:
    """What the learned judge is told of the rules: each id, and the level they give together."""
    if not findings:
        return ()
    return (LEVEL_FEATURE + findings[0].level, *(f.rule.id for f in findings))


def rules_in(text: str) -> tuple[str, ...]:
    """The rule features of a text as it was written."""
    return features(find(fold(text)))


def weigh(findings: list[Finding], reading: Reading) -> Urgency:
    """The level of a text from its rules and its reading by the learned judge."""
    ruled = findings[0].level if findings else Level.NONE
    raised = next((level for level in _RAISED if _is_heard(level, reading)), Level.NONE)
    ids = tuple(finding.rule.id for finding in findings)
    level = max(ruled, raised, key=lambda level: level.rank)
    if raised.rank > ruled.rank:
        ids = (f"learned.{raised}", *ids)
    elif ruled is Level.URGENT and not reading.passes("brake"):
        level, ids = Level.CONCERN, ("learned.brake", *ids)
    return Urgency(
        level=level,
        kind=_kind(level, findings, reading),
        rule_ids=ids,
        about_other=any(finding.rule.other for finding in findings),
        scores={name: round(reading.distance(name), 3) for name in _RAISED},
    )


def _is_heard(level: Level, reading: Reading) -> bool:
    """An emergency must sound like danger at all, or a word like 救急車 would be enough."""
    return reading.passes(level) and (level is not Level.EMERGENCY or reading.passes("brake"))


def _kind(level: Level, findings: list[Finding], reading: Reading) -> UrgentKind | None:
    if level is Level.NONE:
        return None
    kinds, dangers = reading.of_kinds("kind"), reading.of_kinds("danger")
    best = max(UrgentKind, key=lambda kind: kinds[kind] + dangers[kind])
    if level is Level.CONCERN and kinds[best] < _LEAST_KIND:
        return next((f.rule.kind for f in findings if f.rule.kind), None)
    return best


def _apply(rule: Rule, clauses: list[str], text: str, tone: Tone) -> Finding | None:
    if not all(pattern.search(text) for pattern in rule.clause + rule.text):
        return None
    if sum(1 for pattern in rule.some if pattern.search(text)) < rule.at_least:
        return None
    if not rule.clause:
        blocked = rule.unless is not None and rule.unless.search(text)
        return None if blocked else Finding(rule, rule.level)
    levels = [_softened(rule, c, end, tone) for c, end in _places(rule, clauses)]
    best = max(levels, key=lambda level: level.rank, default=Level.NONE)
    return None if best is Level.NONE else Finding(rule, best)


def _places(rule: Rule, clauses: list[str]) -> Iterator[tuple[str, int]]:
    """The clauses in which the whole rule holds, with the place where the telling words end."""
    for clause in clauses:
        found = [pattern.search(clause) for pattern in rule.clause]
        ends = [match.end() for match in found if match is not None]
        if len(ends) < len(found) or (rule.unless is not None and rule.unless.search(clause)):
            continue
        yield clause, ends[0]


def _softened(rule: Rule, clause: str, end: int, tone: Tone) -> Level:
    if rule.firm:
        return rule.level
    if tone.negated.match(clause, end):
        return Level.CONCERN if rule.kind is UrgentKind.SUICIDE else Level.NONE
    if tone.past.search(clause) and not tone.still.search(clause):
        return min(rule.level, Level.CONCERN, key=lambda level: level.rank)
    return rule.level


def _is_story(clause: str, tone: Tone) -> bool:
    """Told of a film, a game, the news, or asked as information; never when the writer means it."""
    if tone.earnest.search(clause):
        return False
    return bool(tone.fiction.search(clause) or tone.enquiry.search(clause))


def _without_idioms(clause: str, tone: Tone) -> str:
    if tone.earnest.search(clause):
        return clause
    return tone.idiom.sub(" ", clause)
