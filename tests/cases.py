"""Builders of residents with cases and of the staff who look after them; synthetic people only."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.conversation import Conversation, Escalate, Holder, MenuItem, Stage
from desk.accounts import Role, Staff
from desk.casework import open_case
from desk.escalate import raise_escalation
from desk.office import Office
from desk.talks import OpenTalk, begin_talk, keep_message, open_talk
from desk.tray import put_in_tray
from routing.judgement import Level, UrgentKind
from store.accounts import StaffAccount
from store.cases import Case
from store.people import Person
from store.talks import Talk

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
MEMBER = "org03"
OTHER_MEMBER = "org02"
PASSWORD = "a calm long phrase"
WORRY = "よるになると さびしくて ねむれません"


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def a_staff(
    office: Office,
    role: Role = Role.STAFF,
    *,
    member: str | None = None,
    name: str = "木村",
    email: str = "",
    password_hash: str = "none",
) -> Staff:
    """An account and the person behind it; staff and leads belong to `MEMBER` unless said."""
    if role in (Role.STAFF, Role.LEAD):
        member = member or MEMBER
    with office.database.sessions.begin() as session:
        account = StaffAccount(
            email=email or f"{uuid.uuid4().hex[:8]}@example.org",
            name=name,
            role=role,
            member_id=member,
            password_hash=password_hash,
            created_at=NOW,
        )
        session.add(account)
        session.flush()
        return Staff(account.id, name, role, member)


def a_talk(
    office: Office,
    *,
    stage: Stage = Stage.QUEUED,
    category: str = "loneliness_listening",
    level: Level = Level.NONE,
    chosen: str = MEMBER,
    holder: Holder = Holder.BOT,
    at: datetime = NOW,
) -> str:
    """A resident with a talk; returns the talk's id."""
    state = Conversation(
        talk="talk-one",
        stage=stage,
        holder=holder,
        level=level,
        worry=WORRY,
        categories=(category,) if category else (),
        chosen=chosen,
        menu=(MenuItem("withdraw", ("やめる",)),),
    )
    with office.database.sessions.begin() as session:
        key = office.vault.new_key(session, at)
        session.flush()
        person = Person(line_hash=uuid.uuid4().hex, kind="user", created_at=at, data_key_id=key.id)
        session.add(person)
        session.flush()
        talk = begin_talk(session, person.id, key, state, at)
        person.conversation_id = talk.row.id
        return talk.row.id


def a_handoff(
    office: Office,
    *,
    member: str = MEMBER,
    talk: str = "",
    level: Level = Level.NONE,
    at: datetime = NOW,
    category: str = "loneliness_listening",
) -> str:
    """A waiting case in a member's queue; returns its id."""
    talk = talk or a_talk(office, chosen=member, category=category, level=level, at=at)
    summary = {"items": [{"code": "worry", "label": "書いた言葉", "value": WORRY}]}
    with office.database.sessions.begin() as session:
        case = open_case(
            session,
            opened(office, session, talk),
            "handoff",
            summary,
            at,
            why="consent",
            member_id=member,
            level=level,
            category=category,
        )
        return case.id


def an_escalation(
    office: Office,
    *,
    talk: str = "",
    level: Level = Level.URGENT,
    kind: UrgentKind = UrgentKind.SUICIDE,
    words: str = "もう消えてしまいたい 090-1234-5678",
    at: datetime = NOW,
) -> str:
    """A raised danger on the board; returns the id of its case."""
    talk = talk or a_talk(office, stage=Stage.LISTENING, chosen="", level=level, at=at)
    with office.database.sessions.begin() as session:
        ask = Escalate(level, kind, ("test.rule",))
        raise_escalation(session, opened(office, session, talk), ask, words, at)
        found = select(Case.id).where(Case.conversation_id == talk, Case.purpose == "escalation")
        return session.scalars(found).one()


def a_tray_case(office: Office, *, talk: str = "", at: datetime = NOW) -> str:
    """Somebody nobody has taken; returns the id of the case."""
    talk = talk or a_talk(office, stage=Stage.LISTENING, chosen="", at=at)
    with office.database.sessions.begin() as session:
        return put_in_tray(session, opened(office, session, talk), "none_fits", at).id


def hear(
    office: Office, case_id: str, words: str, *, at: datetime = NOW, kind: str = "text"
) -> str:
    """The resident writes while the case is open; returns the message's id."""
    with office.database.sessions.begin() as session:
        case = session.get_one(Case, case_id)
        talk = opened(office, session, case.conversation_id)
        message = keep_message(session, talk, "resident", words, at, kind=kind, case_id=case_id)
        return message.id


def state_of(office: Office, case_id: str) -> Conversation:
    """Where the talk of a case stands now."""
    with office.database.reads() as session:
        case = session.get_one(Case, case_id)
        return opened(office, session, case.conversation_id).state


def put_state(office: Office, case_id: str, **changes: object) -> None:
    """Change where the talk of a case stands."""
    with office.database.sessions.begin() as session:
        case = session.get_one(Case, case_id)
        talk = opened(office, session, case.conversation_id)
        talk.save(replace(talk.state, **changes), NOW)  # type: ignore[arg-type]


def case_of(office: Office, case_id: str) -> Case:
    with office.database.reads() as session:
        return session.get_one(Case, case_id)


def opened(office: Office, session: object, talk_id: str) -> OpenTalk:
    row = session.get_one(Talk, talk_id)  # type: ignore[attr-defined]
    return open_talk(session, office.vault, row)  # type: ignore[arg-type]
