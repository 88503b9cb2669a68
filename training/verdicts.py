"""Verdicts on rows: of the shipped judge, of judges that never read a writer, of simpler ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz

from directory_data.model import Category
from routing.fold import fold
from routing.judge import Judge
from routing.judgement import NO_WORRY, Level
from routing.learned import Learned, Reading
from routing.matching import CHAT_LEAD
from routing.urgency import find, weigh
from training.figures import Verdict
from training.folds import Unseen
from training.limits import limits
from training.rows import Row


def shipped(judge: Judge, rows: Sequence[Row]) -> list[Verdict]:
    """What the service itself says."""
    found = [judge.read(row.text) for row in rows]
    return [
        Verdict(tuple(m.code for m in f.ranking), f.urgency.level, f.urgency.kind) for f in found
    ]


def out_of_fold(found: Unseen) -> list[Verdict]:
    """Rules and the scores of a judge that never read the writer, weighed as the service does."""
    model = _bare(found)
    return [
        _weighed(Reading(model, scores.astype(np.float32)), row)
        for row, scores in zip(found.rows, found.scores, strict=True)
    ]


def by_rules(rows: Sequence[Row]) -> list[Verdict]:
    """The hand-written rules alone; they know no categories."""
    verdicts = []
    for row in rows:
        findings = find(fold(row.text))
        level = findings[0].level if findings else Level.NONE
        kind = next((f.rule.kind for f in findings if f.rule.kind), None)
        verdicts.append(Verdict((NO_WORRY,), level, kind))
    return verdicts


def by_keywords(rows: Sequence[Row], categories: Mapping[str, Category]) -> list[Verdict]:
    """rapidfuzz's partial_ratio over the pack's keywords, and nothing else."""
    words = {code: [fold(k) for k in c.keywords] or [code] for code, c in categories.items()}
    verdicts = []
    for row in rows:
        text = fold(row.text)
        scores = {c: max(fuzz.partial_ratio(k, text) for k in ks) for c, ks in words.items()}
        ranked = sorted(scores, key=lambda code: (-scores[code], code))
        verdicts.append(Verdict(tuple(ranked[:5]), Level.NONE, None))
    return verdicts


def _weighed(reading: Reading, row: Row) -> Verdict:
    codes = [name for name in reading.model.outputs if "." not in name]
    scores = {code: reading.score(code) - CHAT_LEAD * (code == NO_WORRY) for code in codes}
    ranked = sorted(codes, key=lambda code: -scores[code])
    urgency = weigh(find(fold(row.text)), reading)
    return Verdict(tuple(ranked[:5]), urgency.level, urgency.kind)


def _bare(found: Unseen) -> Learned:
    """A model that only carries names and thresholds for scores made elsewhere."""
    none, nothing = np.zeros(0, np.float32), np.zeros((0, len(found.outputs)), np.float32)
    return Learned(
        outputs=found.outputs,
        vocabulary={},
        rarity=none,
        letters=nothing.astype(np.int8),
        scale=none,
        rules={},
        rule_weights=nothing,
        meaning=nothing,
        meaning_bias=none,
        bias=none,
        limits=limits(found),
        about={},
    )
