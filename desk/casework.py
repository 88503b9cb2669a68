"""Opening a case and moving it: the one place that writes `cases.status` and its history."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.talks import OpenTalk
from routing.case import OPEN, Status, move
from routing.judgement import Level
from store.base import new_id
from store.cases import Case, CaseHistory, Consent
from store.vault import Key

RESIDENT = "resident"
GENKAN = "genkan"

_NAMES = [
    "あさひ",
    "いずみ",
    "うみ",
    "かえで",
    "かもめ",
    "こだち",
    "こはる",
    "さくら",
    "しずく",
    "すみれ",
    "そら",
    "たんぽぽ",
    "つばめ",
    "なぎさ",
    "のはら",
    "はなび",
    "ひかり",
    "ほたる",
    "まつば",
    "みなと",
    "もみじ",
    "やまぶき",
    "ゆうひ",
    "よつば",
    "わかば",
    "れんげ",
]


def new_pseudonym() -> str:
    """A kind name for one resident towards one recipient; drawn anew for every case (S12)."""
    return f"{secrets.choice(_NAMES)}-{secrets.randbelow(9000) + 1000}"


def open_case(
    session: Session,
    talk: OpenTalk,
    purpose: str,
    summary: Mapping[str, Any],
    now: datetime,
    *,
    why: str,
    member_id: str | None = None,
    level: str = "none",
    category: str | None = None,
    actor: str = RESIDENT,
) -> Case:
    """Add a waiting case with its sealed summary (JSON) and its first history row."""
    case_id = new_id()
    case = Case(
        id=case_id,
        conversation_id=talk.row.id,
        purpose=purpose,
        member_id=member_id,
        status=Status.WAITING,
        pseudonym=new_pseudonym(),
        level=level,
        category=category,
        summary_sealed=seal_summary(talk.key, case_id, summary),
        created_at=now,
    )
    session.add(case)
    session.flush()
    _note(session, case, None, now, actor=actor, why=why)
    return case


def move_case(
    session: Session, case: Case, wanted: Status, now: datetime, *, actor: str, why: str
) -> None:
    """Move a case and write who, when, from, to, why; `TransitionRefused` when it cannot.

    A case that ends loses its summary, and consents given for it end too.
    """
    before = Status(case.status)
    case.status = move(before, wanted)
    if wanted is Status.ACCEPTED:
        case.accepted_at = now
    elif wanted not in OPEN:
        case.ended_at = now
        case.summary_sealed = None
        _end_consents(session, case, now)
    _note(session, case, before, now, actor=actor, why=why)


def open_cases(session: Session, conversation_id: str) -> list[Case]:
    """Cases of a talk that are waiting or accepted, oldest first."""
    statement = (
        select(Case)
        .where(Case.conversation_id == conversation_id, Case.status.in_(OPEN))
        .order_by(Case.created_at)
    )
    return list(session.scalars(statement))


def raise_levels(session: Session, conversation_id: str, level: Level) -> None:
    """Words made the talk more urgent: its open cases move up in their queues, never down."""
    for case in open_cases(session, conversation_id):
        if Level(case.level).rank < level.rank:
            case.level = level


def first_for(cases: Iterable[Case], purpose: str) -> Case | None:
    """The first case of that purpose."""
    return next((case for case in cases if case.purpose == purpose), None)


def seal_summary(key: Key, case_id: str, summary: Mapping[str, Any]) -> bytes:
    """The summary as sealed JSON."""
    return key.seal(f"cases.summary|{case_id}", json.dumps(summary, ensure_ascii=False))


def read_summary(key: Key | None, case: Case) -> dict[str, Any]:
    """What the recipient may see besides later words; empty once the case ended or was erased."""
    if key is None or case.summary_sealed is None:
        return {}
    summary: dict[str, Any] = json.loads(key.open(f"cases.summary|{case.id}", case.summary_sealed))
    return summary


def _note(
    session: Session, case: Case, before: Status | None, now: datetime, *, actor: str, why: str
) -> None:
    session.add(
        CaseHistory(
            case_id=case.id,
            at=now,
            actor=actor,
            from_status=before,
            to_status=case.status,
            why=why,
        )
    )


def _end_consents(session: Session, case: Case, now: datetime) -> None:
    for consent in session.scalars(select(Consent).where(Consent.case_id == case.id)):
        consent.withdrawn_at = consent.withdrawn_at or now
