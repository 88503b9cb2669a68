"""Carrying out what a turn asks for, in the turn's transaction; each matter has its own file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.conversation import (
    Ask,
    Blocked,
    Conversation,
    Erase,
    Escalate,
    KeepSecret,
    LeaveGroup,
    PutInTray,
    RecordSurvey,
    Relay,
    RequestHandoff,
    ResumeContact,
    StopContact,
    Unsend,
    Withdraw,
)
from desk import consent, contact, erase, escalate, leave, tray, unsend
from desk.casework import first_for, open_cases
from desk.office import Office
from desk.talks import OpenTalk
from store.people import Person
from store.talks import SurveyAnswer


@dataclass
class Errands:
    """The errands of one turn. `talk` and its state can change on the way (erasure, unsend)."""

    session: Session
    office: Office
    person: Person
    talk: OpenTalk
    words: str
    """What the resident just wrote; empty for taps."""
    now: datetime

    def run(self, asks: tuple[Ask, ...]) -> None:
        """Carry out every ask, in order."""
        for ask in asks:
            _BY_KIND[type(ask)](self, ask)

    def reader(self, asks: tuple[Ask, ...]) -> str | None:
        """Id of the case whose holder may read these words, or None: nobody but the bot.

        Words of a talk that a person holds go to that person; words of a raised danger go to the
        coordinating body.
        """
        cases = open_cases(self.session, self.talk.row.id)
        relayed = any(isinstance(ask, Relay) for ask in asks)
        handoff = first_for(cases, "handoff") if relayed else None
        case = handoff or first_for(cases, "escalation")
        if case is None and relayed:
            case = first_for(cases, "tray")
        return case.id if case else None

    def _hand_off(self, ask: RequestHandoff) -> None:
        consent.hand_off(self.session, self.office, self.talk, ask, self.now)

    def _withdraw(self, _ask: Withdraw) -> None:
        consent.withdraw(self.session, self.talk, self.now)

    def _escalate(self, ask: Escalate) -> None:
        escalate.raise_escalation(self.session, self.talk, ask, self.words, self.now)

    def _keep_secret(self, _ask: KeepSecret) -> None:
        escalate.keep_secret(self.session, self.talk)

    def _put_in_tray(self, ask: PutInTray) -> None:
        tray.put_in_tray(self.session, self.talk, ask.reason, self.now)

    def _relay(self, _ask: Relay) -> None:
        """Nothing to carry: `reader` says whose the words are."""

    def _stop_contact(self, _ask: StopContact) -> None:
        contact.stop(self.session, self.person, self.now)

    def _resume_contact(self, _ask: ResumeContact) -> None:
        contact.resume(self.person)

    def _blocked(self, _ask: Blocked) -> None:
        contact.blocked(self.session, self.person, self.now)

    def _unsend(self, ask: Unsend) -> None:
        unsend.unsend(
            self.session, self.office.vault, self.person, self.talk, ask.message_id, self.now
        )

    def _erase(self, _ask: Erase) -> None:
        farewell: Conversation = self.talk.state
        self.talk = erase.erase(self.session, self.office, self.talk, farewell, self.now)

    def _record_survey(self, ask: RecordSurvey) -> None:
        self.session.merge(
            SurveyAnswer(conversation_id=self.talk.row.id, answer=ask.answer, at=self.now)
        )

    def _leave_group(self, _ask: LeaveGroup) -> None:
        leave.leave_group(self.session, self.talk, self.now)


_BY_KIND: Mapping[type[Any], Callable[[Errands, Any], None]] = {
    RequestHandoff: Errands._hand_off,
    Withdraw: Errands._withdraw,
    Escalate: Errands._escalate,
    KeepSecret: Errands._keep_secret,
    PutInTray: Errands._put_in_tray,
    Relay: Errands._relay,
    StopContact: Errands._stop_contact,
    ResumeContact: Errands._resume_contact,
    Blocked: Errands._blocked,
    Unsend: Errands._unsend,
    Erase: Errands._erase,
    RecordSurvey: Errands._record_survey,
    LeaveGroup: Errands._leave_group,
}
