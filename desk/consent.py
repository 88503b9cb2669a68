"""The resident's yes and its end: consent row, case in the member's queue, withdrawal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from bot.consent import items
from bot.conversation import RequestHandoff
from desk.casework import RESIDENT, move_case, open_case, open_cases
from desk.office import Office
from desk.talks import OpenTalk
from routing.case import Status
from store.cases import Consent


def hand_off(
    session: Session, office: Office, talk: OpenTalk, ask: RequestHandoff, now: datetime
) -> None:
    """Open the case with exactly the items switched on, and store what was agreed to."""
    agreed = [item for item in items(talk.state, office.directory) if item.code in ask.items]
    summary = {"items": [{"code": i.code, "label": i.label, "value": i.value} for i in agreed]}
    case = open_case(
        session,
        talk,
        "handoff",
        summary,
        now,
        why="consent",
        member_id=ask.member_id,
        level=talk.state.level,
        category=ask.category or None,
    )
    session.add(
        Consent(
            case_id=case.id,
            member_id=ask.member_id,
            items=",".join(item.code for item in agreed),
            wording_version=ask.wording_version,
            language=talk.state.language,
            given_at=now,
        )
    )


def withdraw(session: Session, talk: OpenTalk, now: datetime, why: str = "withdrawn") -> None:
    """End every open handoff and tray case of the talk; who held it loses access at once.

    An open escalation stays: only its two confirming people may end it.
    """
    for case in open_cases(session, talk.row.id):
        if case.purpose != "escalation":
            move_case(session, case, Status.WITHDRAWN, now, actor=RESIDENT, why=why)
