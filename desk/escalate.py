"""Raising a danger to the coordinating body, without personal data, in the turn's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.conversation import Escalate
from desk.casework import GENKAN, first_for, open_case, open_cases, read_summary, seal_summary
from desk.scene import is_watched
from desk.talks import OpenTalk
from routing.escalation import acknowledge_by
from routing.judgement import Level
from routing.masking import mask
from store.cases import Escalation


def raise_escalation(
    session: Session, talk: OpenTalk, ask: Escalate, words: str, now: datetime
) -> None:
    """Open an escalation, or raise the one that is open: one board row per talk."""
    case = first_for(open_cases(session, talk.row.id), "escalation")
    if case is None:
        _open(session, talk, ask, words, now)
        return
    escalation = session.get_one(Escalation, case.id)
    summary = read_summary(talk.key, case)
    summary["words"] = "\n".join(filter(None, (summary.get("words"), mask(words))))
    case.summary_sealed = seal_summary(talk.key, case.id, summary)
    if ask.level.rank > Level(escalation.level).rank:
        case.level = escalation.level = ask.level
        escalation.kind = ask.kind or escalation.kind
        escalation.acknowledge_by = min(acknowledge_by(ask.level, now), escalation.acknowledge_by)


def keep_secret(session: Session, talk: OpenTalk) -> None:
    """The resident refused that anybody is told; the board shows it, the case stays."""
    case = first_for(open_cases(session, talk.row.id), "escalation")
    if case is not None:
        session.get_one(Escalation, case.id).keep_secret = True


def _open(session: Session, talk: OpenTalk, ask: Escalate, words: str, now: datetime) -> None:
    case = open_case(
        session,
        talk,
        "escalation",
        {"words": mask(words), "level": ask.level, "kind": ask.kind},
        now,
        why=",".join(ask.rule_ids)[:200] or "resident",
        level=ask.level,
        category=talk.state.categories[0] if talk.state.categories else None,
        actor=GENKAN,
    )
    session.add(
        Escalation(
            case_id=case.id,
            level=ask.level,
            kind=ask.kind,
            rule_ids=",".join(ask.rule_ids)[:300],
            about_other=ask.about_other,
            keep_secret=talk.state.keep_secret,
            raised_at=now,
            watched=is_watched(session, now),
            acknowledge_by=acknowledge_by(ask.level, now),
        )
    )
