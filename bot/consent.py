"""What a member would learn, item by item: one list for the preview and for the case."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation import Conversation
from bot.dialogue.bubbles import label_of, language_name
from bot.phrases import phrase
from directory_data.model import Directory


@dataclass(frozen=True)
class ConsentItem:
    """One thing that is passed on only if the resident leaves it switched on."""

    code: str
    label: str
    value: str


def items(conversation: Conversation, directory: Directory) -> tuple[ConsentItem, ...]:
    """Everything there is to tell the chosen member, in the order of the preview.

    Codes: `worry` (the resident's own words), `category`, `language`, `about_other`. What does not
    exist (no words written yet, no category known) is not listed. With every item off the member
    only learns that somebody wants to talk.
    """
    values = {
        "worry": conversation.worry,
        "category": _category_label(conversation, directory),
        "language": language_name(conversation.language, conversation.language),
        "about_other": _about_other(conversation),
    }
    return tuple(
        ConsentItem(code, phrase(f"consent.label.{code}", conversation.language), value)
        for code, value in values.items()
        if value
    )


def switched_on(conversation: Conversation, directory: Directory) -> tuple[ConsentItem, ...]:
    """The items the resident left on: exactly what the member's case may contain."""
    return tuple(i for i in items(conversation, directory) if i.code in conversation.items)


def category_for(conversation: Conversation, directory: Directory) -> str:
    """The code of the worry's category that the chosen member deals with; empty when unknown."""
    codes = [code for code in conversation.categories if code in directory.categories]
    member = directory.members.get(conversation.chosen)
    fitting = [code for code in codes if member and code in member.categories]
    return next(iter(fitting or codes), "")


def _category_label(conversation: Conversation, directory: Directory) -> str:
    code = category_for(conversation, directory)
    return label_of(directory.categories[code], conversation.language) if code else ""


def _about_other(conversation: Conversation) -> str:
    if not conversation.about_other:
        return ""
    return phrase("consent.value.about_other", conversation.language)
