"""The talk as data: where it stands, what came in, what is said, what is asked of the desk.

Only frozen dataclasses and enums. Who decides is `bot.dialogue`; who stores is `desk`; who turns a
`Say` into LINE's JSON is `bot.line.messages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from directory_data.model import Directory
from routing.judgement import CategoryMatch, Level, MemberState, UrgentKind


class Stage(StrEnum):
    """Where a talk stands."""

    NEW = "new"
    """Nothing said yet: not even the greeting."""
    LISTENING = "listening"
    """Greeted; waiting for a worry."""
    CLARIFYING = "clarifying"
    """The one clarifying question was asked."""
    SUGGESTED = "suggested"
    """Members were shown."""
    CONSENT = "consent"
    """The preview of what a member would see is shown; nothing has been passed on."""
    QUEUED = "queued"
    """Agreed; waits in a member's queue."""
    TALKING = "talking"
    """A person accepted and answers."""
    SAFETY = "safety"
    """The emergency card was shown and one question asked: are you in a safe place?"""
    ERASING = "erasing"
    """Asked to delete; waiting for the one confirmation."""
    SURVEY = "survey"
    """Closed by staff; the short question afterwards is open."""
    CLOSED = "closed"
    """Over. The next worry begins a new talk."""


class Holder(StrEnum):
    """Who speaks: while a person holds the talk, the bot is silent."""

    BOT = "bot"
    STAFF = "staff"


class InboundKind(StrEnum):
    """What came in, whatever LINE calls it."""

    TEXT = "text"
    STICKER = "sticker"
    MEDIA = "media"
    """Image, video, audio or file: not stored."""
    LOCATION = "location"
    POSTBACK = "postback"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    UNSEND = "unsend"
    EDITED = "edited"
    JOINED_GROUP = "joined_group"
    """Anything from a group or a many-person room: never a place for a consultation."""
    OTHER = "other"
    """Unknown or irrelevant kinds: noted, not answered."""


@dataclass(frozen=True)
class Inbound:
    """One event of one resident, already translated from LINE's JSON."""

    kind: InboundKind
    text: str = ""
    """The resident's words (text), or a sticker's first keywords, else empty."""
    action: str = ""
    """The action of a tapped button, e.g. `pick:org03`; empty for everything else."""
    talk: str = ""
    """The talk in which that button was shown."""
    message_id: str = ""
    """LINE's id of the message (of the withdrawn one for unsend)."""
    can_answer: bool = True
    """False in LINE's standby mode, where the bot must send nothing."""


@dataclass(frozen=True)
class Button:
    """A tap. Exactly one of `action` (comes back to us) and `uri` (tel:, https:) is set."""

    label: str
    action: str = ""
    uri: str = ""


@dataclass(frozen=True)
class Card:
    """One card of a row: a member, a crisis number list, a consent preview."""

    title: str
    lines: tuple[str, ...] = ()
    note: str = ""
    """Small print: 確認中, why it fits, opening hours."""
    buttons: tuple[Button, ...] = ()
    crisis: bool = False


@dataclass(frozen=True)
class Say:
    """One bubble. `text` alone must carry everything a reader without cards or taps needs."""

    key: str
    """The phrase key it came from (`staff` for a person's words); safe to log."""
    text: str
    cards: tuple[Card, ...] = ()
    choices: tuple[Button, ...] = ()
    """Quick replies; never the only way: the text names the same numbers and words."""
    speaker: str = ""
    """Who speaks when it is a person: the member's name. Empty for the bot."""


@dataclass(frozen=True)
class MenuItem:
    """What a typed number or word means at this moment."""

    action: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """One message of the worry, kept with its id so that an unsend can take it out again."""

    message_id: str
    text: str


@dataclass(frozen=True)
class Conversation:
    """Where one talk stands. Everything in it is sealed at rest."""

    talk: str
    """Short random name of this talk; buttons carry it, so that old ones are recognised."""
    stage: Stage = Stage.NEW
    holder: Holder = Holder.BOT
    language: str = "ja"
    level: Level = Level.NONE
    kind: UrgentKind | None = None
    worry: str = ""
    """The resident's own words of the worry so far, for the consent preview."""
    categories: tuple[str, ...] = ()
    reason_words: tuple[str, ...] = ()
    about_other: bool = False
    asked: bool = False
    """The one clarifying question was used up."""
    offered: tuple[str, ...] = ()
    """Member ids on the page now shown."""
    seen: tuple[str, ...] = ()
    """Member ids shown before: もっと見る goes on after them."""
    excluded: tuple[str, ...] = ()
    """Members that declined, or that the resident left."""
    chosen: str = ""
    """Member being previewed, waited for or talked with."""
    items: tuple[str, ...] = ()
    """Consent items that are switched on."""
    menu: tuple[MenuItem, ...] = ()
    escalated: bool = False
    keep_secret: bool = False
    """誰にも言わないで: nothing goes to a member without a fresh yes or a legal basis."""
    resume: Stage | None = None
    """Where to return to after ERASING was answered with no, or after SAFETY."""
    heard: tuple[Heard, ...] = ()
    """The messages `worry` is made of."""
    matches: tuple[CategoryMatch, ...] = ()
    """What the worry was judged to be; `categories` and `reason_words` are read off it."""
    told: tuple[str, ...] = ()
    """What was already said once in this talk: greeting, cards, notices."""
    in_tray: bool = False
    """A core member looks after this talk because nobody fitted."""


@dataclass(frozen=True)
class RequestHandoff:
    """The resident agreed: open a case in that member's queue and store the consent."""

    member_id: str
    items: tuple[str, ...]
    category: str
    wording_version: str


@dataclass(frozen=True)
class Withdraw:
    """The member's access ends at once."""


@dataclass(frozen=True)
class Escalate:
    """Raise to the coordinating body in the same transaction (safety.md)."""

    level: Level
    kind: UrgentKind | None
    rule_ids: tuple[str, ...]
    about_other: bool = False


@dataclass(frozen=True)
class KeepSecret:
    """Refusal that anybody is told; kept with the escalation."""


@dataclass(frozen=True)
class PutInTray:
    """Nobody fitted or the resident wanted none of them: a core member looks after it (K10)."""

    reason: str


@dataclass(frozen=True)
class Relay:
    """The words belong to the person who holds the talk."""


@dataclass(frozen=True)
class StopContact:
    """連絡しないで: from now on only direct answers to the resident are sent."""


@dataclass(frozen=True)
class ResumeContact:
    """The resident asked to be written to again, or unblocked the account."""


@dataclass(frozen=True)
class Blocked:
    """The resident blocked the account: nothing can reach them."""


@dataclass(frozen=True)
class Unsend:
    """Remove the words of that message everywhere."""

    message_id: str


@dataclass(frozen=True)
class Erase:
    """Destroy the talk's key: words, summary and state become unreadable."""


@dataclass(frozen=True)
class RecordSurvey:
    """One tap of the after-survey."""

    answer: str


@dataclass(frozen=True)
class LeaveGroup:
    """Leave the group or room after the polite sentence."""


Ask = (
    RequestHandoff
    | Withdraw
    | Escalate
    | KeepSecret
    | PutInTray
    | Relay
    | StopContact
    | ResumeContact
    | Blocked
    | Unsend
    | Erase
    | RecordSurvey
    | LeaveGroup
)


@dataclass(frozen=True)
class Turn:
    """The whole answer to one inbound event: the next state, the bubbles, the errands."""

    next: Conversation
    says: tuple[Say, ...] = ()
    asks: tuple[Ask, ...] = ()
    urgent: bool = False
    """Sent before everything else that waits."""


@dataclass(frozen=True)
class Scene:
    """What a step may know besides the talk itself."""

    directory: Directory
    members: Mapping[str, MemberState]
    watched: bool
    """A coordinator is on duty now; without one, no sentence may claim that somebody watches."""
    now: datetime
    new_talk: str
    """A fresh random name, used when this event begins a new talk."""


def say_to_json(say: Say) -> dict[str, Any]:
    """A `Say` as plain JSON, for the outbox."""
    return {
        "key": say.key,
        "text": say.text,
        "speaker": say.speaker,
        "choices": [_button_to_json(b) for b in say.choices],
        "cards": [
            {
                "title": c.title,
                "lines": list(c.lines),
                "note": c.note,
                "crisis": c.crisis,
                "buttons": [_button_to_json(b) for b in c.buttons],
            }
            for c in say.cards
        ],
    }


def say_from_json(data: Mapping[str, Any]) -> Say:
    """The inverse of `say_to_json`."""
    return Say(
        key=data["key"],
        text=data["text"],
        speaker=data["speaker"],
        choices=tuple(Button(**b) for b in data["choices"]),
        cards=tuple(
            Card(
                title=c["title"],
                lines=tuple(c["lines"]),
                note=c["note"],
                crisis=c["crisis"],
                buttons=tuple(Button(**b) for b in c["buttons"]),
            )
            for c in data["cards"]
        ),
    )


def _button_to_json(button: Button) -> dict[str, str]:
    return {"label": button.label, "action": button.action, "uri": button.uri}


def conversation_to_json(conversation: Conversation) -> dict[str, Any]:
    """A `Conversation` as plain JSON, for sealing."""
    data = {name: getattr(conversation, name) for name in _FIELDS}
    data["menu"] = [{"action": m.action, "words": list(m.words)} for m in conversation.menu]
    data["heard"] = [{"message_id": h.message_id, "text": h.text} for h in conversation.heard]
    data["matches"] = [
        {"code": m.code, "score": m.score, "words": list(m.words)} for m in conversation.matches
    ]
    return data


def conversation_from_json(data: Mapping[str, Any]) -> Conversation:
    """The inverse; fields added later take their defaults, so old talks keep opening."""
    kept = {name: _thaw(name, data[name]) for name in _FIELDS if name in data}
    return Conversation(**kept)


_FIELDS = tuple(Conversation.__dataclass_fields__)
_ENUMS = {"stage": Stage, "holder": Holder, "level": Level, "kind": UrgentKind, "resume": Stage}


def _thaw(name: str, value: Any) -> Any:
    if name == "menu":
        return tuple(MenuItem(m["action"], tuple(m["words"])) for m in value)
    if name == "heard":
        return tuple(Heard(h["message_id"], h["text"]) for h in value)
    if name == "matches":
        return tuple(CategoryMatch(m["code"], m["score"], tuple(m["words"])) for m in value)
    if name in _ENUMS and value is not None:
        return _ENUMS[name](value)
    return tuple(value) if isinstance(value, list) else value
