"""Who may see a case, and opening one for a person of staff under the resident's lock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation import Holder, PutInTray, Stage, Turn
from desk.accounts import MEMBER_ROLES, Role, Staff
from desk.casework import move_case, open_cases
from desk.office import Office
from desk.talks import OpenTalk, TalkErased, open_talk, say
from desk.trail import note
from desk.tray import put_in_tray
from routing.case import Status, TransitionRefused
from store.accounts import StaffAccount
from store.cases import Case
from store.people import Person
from store.talks import Message, Talk

BODY_PURPOSES = frozenset({"escalation", "tray"})
"""What the coordinating body looks after itself."""


class CaseUnseen(Exception):
    """There is no such case for this person; a door answers as if it did not exist."""


class CaseMoved(Exception):
    """The step cannot be taken any more: the case stands elsewhere, perhaps with somebody else."""

    def __init__(self, status: Status, holder: str | None) -> None:
        super().__init__(status)
        self.status = status
        self.holder = holder
        """Name of the person who took it."""


@dataclass
class OpenCase:
    """A case with its talk, inside a transaction that holds the resident's lock."""

    session: Session
    office: Office
    staff: Staff
    now: datetime
    case: Case
    open_talk: OpenTalk | None
    """None when the resident had the talk erased: an escalation then has no words any more."""
    person: Person

    @property
    def talk(self) -> OpenTalk:
        """The talk, for acts that need its words; `CaseMoved` when it was erased."""
        if self.open_talk is None:
            raise self.moved()
        return self.open_talk

    def move(self, wanted: Status, action: str, why: str) -> None:
        """Take one step and note it in the audit trail; `CaseMoved` when it is too late."""
        try:
            move_case(
                self.session, self.case, wanted, self.now, actor=self.staff.account_id, why=why
            )
        except TransitionRefused as error:
            raise self.moved() from error
        self.note(action, why)

    def moved(self) -> CaseMoved:
        return CaseMoved(Status(self.case.status), name_of(self.session, self.case.account_id))

    def note(self, action: str, why: str = "") -> None:
        note(self.session, self.now, self.staff.account_id, action, f"case:{self.case.id}", why)

    def carry_out(self, turn: Turn) -> list[Message]:
        """Say what the turn says, put the resident in the tray if it asks so, keep the state."""
        messages = say(self.session, self.talk, turn.says, self.now, case_id=self.case.id)
        for ask in turn.asks:
            if isinstance(ask, PutInTray):
                put_in_tray(self.session, self.talk, ask.reason, self.now)
        self.talk.save(turn.next, self.now)
        return messages

    def other_open(self) -> list[Case]:
        """The talk's open cases besides this one, oldest first."""
        cases = open_cases(self.session, self.case.conversation_id)
        return [case for case in cases if case.id != self.case.id]

    def take_the_word(self) -> None:
        """From here on a person speaks and the bot is silent; an open question stays open."""
        state = self.talk.state
        if state.holder is Holder.STAFF:
            return
        if state.stage in (Stage.SAFETY, Stage.ERASING):
            spoken = replace(state, holder=Holder.STAFF, resume=Stage.TALKING)
        else:
            spoken = replace(state, holder=Holder.STAFF, stage=Stage.TALKING, resume=None, menu=())
        self.talk.save(spoken, self.now)


def sees(staff: Staff, case: Case) -> bool:
    """S1: a member's people see its own handoffs; coordinators what the body itself holds."""
    if staff.role in MEMBER_ROLES:
        return case.purpose == "handoff" and case.member_id == staff.member_id is not None
    return staff.role is Role.COORDINATOR and case.purpose in BODY_PURPOSES


def open_for(
    session: Session, office: Office, staff: Staff, case_id: str, now: datetime
) -> OpenCase:
    """Open a case for writing; `CaseUnseen` for a stranger.

    The person's row is locked first, as a turn of the talk does, so that a turn and two members of
    staff take their steps one after another.
    """
    talks_person = select(Talk.person_id).join(Case, Case.conversation_id == Talk.id)
    person_id = session.scalar(talks_person.where(Case.id == case_id))
    if person_id is None:
        raise CaseUnseen(case_id)
    person = session.get_one(Person, person_id, with_for_update=True)
    case = session.get_one(Case, case_id)
    if not sees(staff, case):
        raise CaseUnseen(case_id)
    talk = _open_unless_erased(session, office, case)
    return OpenCase(session, office, staff, now, case, talk, person)


def name_of(session: Session, account_id: str | None) -> str | None:
    """How colleagues call the person of an account."""
    account = session.get(StaffAccount, account_id) if account_id else None
    return account.name if account else None


def _open_unless_erased(session: Session, office: Office, case: Case) -> OpenTalk | None:
    try:
        return open_talk(session, office.vault, session.get_one(Talk, case.conversation_id))
    except TalkErased:
        return None


def note_viewed(office: Office, staff: Staff, case_id: str, now: datetime) -> None:
    """Somebody opened the page of a case."""
    with office.database.sessions.begin() as session:
        note(session, now, staff.account_id, "case_viewed", f"case:{case_id}")
