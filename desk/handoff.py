"""A member (or the coordinating body) takes a case, declines it, or brings it to its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot import notices
from bot.conversation import Holder, Stage
from desk.access import OpenCase, open_for
from desk.accounts import Staff
from desk.office import Office
from desk.scene import scene
from routing.case import Status
from store.cases import Case, Escalation


class DeclineReason(StrEnum):
    """Why a member does not take a case. The resident is never told which."""

    FULL = "full"
    OTHER_FIELD = "other_field"
    NO_TIME = "no_time"
    BETTER_PLACE = "better_place"
    OTHER = "other"


class Outcome(StrEnum):
    """How a case ended (S9)."""

    SOLVED = "solved"
    CONNECTED = "connected"
    CONTINUES = "continues"
    LOST = "lost"
    ELSEWHERE = "elsewhere"


def accept(office: Office, staff: Staff, case_id: str, now: datetime) -> None:
    """Take a waiting case. `CaseUnseen`; `CaseMoved` names who was first.

    For a handoff the resident is told at once and the bot falls silent. A case of the coordinating
    body is only named: the bot goes on until a coordinator writes (`desk.answer`).
    """
    with office.database.sessions.begin() as session:
        opened = open_for(session, office, staff, case_id, now)
        opened.move(Status.ACCEPTED, _ACCEPTED_AS[opened.case.purpose], "")
        opened.case.account_id = staff.account_id
        if opened.case.purpose == "handoff":
            opened.carry_out(notices.accepted(opened.talk.state, scene(session, office, now)))
        if opened.case.purpose == "escalation":
            _acknowledge(opened)
        session.flush()
    office.ring([opened.person.id])


def decline(
    office: Office, staff: Staff, case_id: str, reason: DeclineReason, note: str, now: datetime
) -> None:
    """Pass on a waiting handoff; the resident gets the next destinations in the same transaction.

    `note` is for colleagues only, at most 150 characters. Raises as `accept`.
    """
    why = f"{reason}: {note}" if note else reason
    with office.database.sessions.begin() as session:
        opened = open_for(session, office, staff, case_id, now)
        if opened.case.purpose != "handoff":
            raise opened.moved()
        opened.move(Status.DECLINED, "case_declined", why)
        opened.carry_out(notices.declined(opened.talk.state, scene(session, office, now)))
    office.ring([opened.person.id])


def close(office: Office, staff: Staff, case_id: str, outcome: Outcome, now: datetime) -> None:
    """End an accepted case; the resident hears of it when nobody else holds the talk."""
    with office.database.sessions.begin() as session:
        opened = open_for(session, office, staff, case_id, now)
        opened.move(Status.CLOSED, "case_closed", outcome)
        opened.case.outcome = outcome
        if opened.open_talk is not None:
            _let_go(opened)
    office.ring([opened.person.id])


_ACCEPTED_AS = {
    "handoff": "case_accepted",
    "tray": "tray_taken",
    "escalation": "escalation_acknowledged",
}


def _acknowledge(opened: OpenCase) -> None:
    escalation = opened.session.get_one(Escalation, opened.case.id)
    escalation.acknowledged_at = opened.now
    escalation.acknowledged_by = opened.staff.account_id


def _let_go(opened: OpenCase) -> None:
    """Who speaks after this case: another person, the queue it waits in, or the goodbye.

    A danger that was looked after is over: the next one in the same talk is raised anew.
    """
    state, others = opened.talk.state, opened.other_open()
    if opened.case.purpose == "escalation":
        state = replace(state, escalated=False)
        opened.talk.save(state, opened.now)
    if state.holder is not Holder.STAFF or _spoken_for(others):
        return
    if any(case.purpose == "handoff" for case in others):
        opened.talk.save(replace(state, holder=Holder.BOT, stage=Stage.QUEUED), opened.now)
        return
    opened.carry_out(notices.closed(state, scene(opened.session, opened.office, opened.now)))


def _spoken_for(others: list[Case]) -> bool:
    """Somebody else is already writing with the resident."""
    return any(
        case.status == Status.ACCEPTED and (case.purpose == "handoff" or case.first_answer_at)
        for case in others
    )
