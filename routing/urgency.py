"""How urgent a text is, clause by clause; which clues count is data (rules/urgency.yaml).

A text's level is the highest of its rules. What a rule found is softened, never sharpened, by
tone: told as past → concern; denied → concern for death wishes, nothing for the rest; told of a
film, asked as information → nothing. Idioms are taken out before anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from routing.clues import Rule, Tone, rulebook
from routing.fold import fold
from routing.judgement import Level, Urgency, UrgentKind
from routing.people import folded_speaks_for_other

_CLAUSE = re.compile(
    r"[。．.！!？?\n…]+|(?<=けど)、?|(?<=ばってん)|(?<=でも)、|(?<=が)、|(?<=[a-z]), but "
)
_ONLY_SIGNS = re.compile(r"\W*")


@dataclass(frozen=True)
class _Finding:
    rule: Rule
    level: Level


def assess(text: str) -> Urgency:
    """The urgency of one text. Safe from any thread; never raises, whatever the text is."""
    tone, rules = rulebook().tone, rulebook().rules
    folded = fold(text)
    clauses = [_without_idioms(c, tone) for c in _CLAUSE.split(folded) if c]
    told = [c for c in clauses if not _is_story(c, tone)]
    meant = "\n".join(told)
    if _ONLY_SIGNS.fullmatch(meant):
        return Urgency()
    findings = [f for rule in rules if (f := _apply(rule, told, meant, tone)) is not None]
    return _summary(findings, folded)


def _summary(findings: list[_Finding], folded: str) -> Urgency:
    if not findings:
        return Urgency()
    ordered = sorted(findings, key=lambda finding: -finding.level.rank)
    level = ordered[0].level
    kind = next((f.rule.kind for f in ordered if f.level is level and f.rule.kind), None)
    return Urgency(
        level=level,
        kind=kind or next((f.rule.kind for f in ordered if f.rule.kind), None),
        rule_ids=tuple(f.rule.id for f in ordered),
        about_other=any(f.rule.other for f in ordered) or folded_speaks_for_other(folded),
    )


def _apply(rule: Rule, clauses: list[str], text: str, tone: Tone) -> _Finding | None:
    if not all(pattern.search(text) for pattern in rule.clause + rule.text):
        return None
    if sum(1 for pattern in rule.some if pattern.search(text)) < rule.at_least:
        return None
    if not rule.clause:
        blocked = rule.unless is not None and rule.unless.search(text)
        return None if blocked else _Finding(rule, rule.level)
    levels = [_softened(rule, c, end, tone) for c, end in _places(rule, clauses)]
    best = max(levels, key=lambda level: level.rank, default=Level.NONE)
    return None if best is Level.NONE else _Finding(rule, best)


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
