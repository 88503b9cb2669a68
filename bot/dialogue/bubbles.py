"""How a bubble is put together: a sentence, numbered choices, the quiet line; decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count

from bot.conversation import (
    Button,
    Card,
    Conversation,
    Holder,
    MenuItem,
    Say,
    Scene,
    Stage,
    Turn,
)
from bot.dialogue.reading import menu_item
from bot.phrases import has, phrase, typed
from directory_data.model import Category, Directory, Hotline, in_language

HELP_NUMBER = "0"
"""The same number everywhere: いますぐ助けがほしい."""


@dataclass(frozen=True)
class Choice:
    """One thing a resident may do now. `number` is shown and may be typed."""

    action: str
    label: str
    number: str = ""
    words: tuple[str, ...] = ()

    @property
    def button(self) -> Button:
        return Button(self.label, self.action)

    @property
    def line(self) -> str:
        return f"{self.number} {self.label}" if self.number else f"「{self.label}」"

    @property
    def item(self) -> MenuItem:
        return menu_item(self.button, self.number, self.words)


def numbered(choices: Iterable[Choice], start: int = 1) -> tuple[Choice, ...]:
    """The choices with the numbers 1, 2, 3 …"""
    return tuple(
        replace(choice, number=str(n)) for n, choice in zip(count(start), choices, strict=False)
    )


def help_choice(language: str) -> Choice:
    """The permanent way to the numbers."""
    words = typed("help", language)
    return Choice("help", phrase("danger.help", language), HELP_NUMBER, words)


def plain(key: str, conversation: Conversation, **params: object) -> Say:
    """A bubble that asks nothing."""
    return Say(key, phrase(key, conversation.language, **params))


def asking(
    conversation: Conversation,
    key: str,
    choices: tuple[Choice, ...],
    cards: tuple[Card, ...] = (),
    **params: object,
) -> Turn:
    """One bubble with choices; from now on the typed numbers and words mean these choices."""
    lines = "\n".join(choice.line for choice in choices)
    text = phrase(key, conversation.language, choices=lines, **params)
    say = Say(key, text, cards, tuple(choice.button for choice in choices))
    return Turn(replace(conversation, menu=tuple(choice.item for choice in choices)), (say,))


def to_a_person(key: str, conversation: Conversation, **params: object) -> Say:
    """A bubble while a person holds the talk: leaving and help are one tap away, too."""
    language = conversation.language
    leave = Button(phrase("withdraw.leave", language), "withdraw")
    return replace(
        plain(key, conversation, **params), choices=(leave, help_choice(language).button)
    )


def before(turn: Turn, *says: Say) -> Turn:
    """The same turn with these bubbles first."""
    return replace(turn, says=(*says, *turn.says))


def mark(conversation: Conversation, *notices: str) -> Conversation:
    """Remember that these were said once."""
    new = tuple(n for n in notices if n not in conversation.told)
    return replace(conversation, told=(*conversation.told, *new))


def is_held(conversation: Conversation) -> bool:
    """A person holds the talk, or it waits for one: the bot is silent."""
    with_people = (Stage.QUEUED, Stage.TALKING)
    return (
        conversation.holder is Holder.STAFF
        or conversation.stage in with_people
        or conversation.resume in with_people
    )


def quiet_line(conversation: Conversation, scene: Scene) -> str:
    """The one line with numbers that stands under every worry answer."""
    return phrase("quiet", conversation.language, numbers=_short_numbers(conversation, scene))


def _short_numbers(conversation: Conversation, scene: Scene) -> str:
    rows = scene.directory.card_numbers(None)[:3]
    return "、".join(hotline_name(row, conversation.language) for row in rows)


def hotline_name(hotline: Hotline, language: str) -> str:
    """Name with its number, said once: `110番（警察）`, `よりそいホットライン 0120-279-338`."""
    name = in_language(hotline.name, language)
    return name if hotline.number in name else f"{name} {hotline.number}"


def label_of(category: Category, language: str) -> str:
    """The leaflet's heading in the resident's language."""
    return in_language(category.label, language)


def member_name(directory: Directory, member_id: str, language: str) -> str:
    """The member's name; `担当の人` when a coordinator holds the talk or the member has left."""
    member = directory.members.get(member_id)
    return member.name if member else phrase("waiting.somebody", language)


def language_name(code: str, language: str) -> str:
    """The name of a language; its code when the phrase file has no name for it."""
    key = f"language.{code}"
    return phrase(key, language) if has(key) else code
