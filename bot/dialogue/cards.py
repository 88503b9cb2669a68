"""The crisis card of each danger, its gentle form, and the question about safety.

Numbers come from the data pack, never from a sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation import Button, Card, Conversation, Say, Scene, Stage, Turn
from bot.dialogue.bubbles import Choice, asking, help_choice, hotline_name, numbered
from bot.phrases import phrase, typed
from directory_data.model import Hotline, in_language
from routing.judgement import UrgentKind

_CALLABLE = re.compile(r"[#0-9-]+")
_PRIVATE = (UrgentKind.VIOLENCE, UrgentKind.SEXUAL_VIOLENCE, UrgentKind.CHILD_ABUSE)
"""Where the phone may be read by the person who is feared."""


def crisis_card(conversation: Conversation, scene: Scene) -> Say:
    """The card for the talk's kind of danger, spoken to the resident or to the helper."""
    kind = conversation.kind or "any"
    who = "other" if conversation.about_other else "me"
    return _card(conversation, scene, f"danger.card.{who}.{kind}", conversation.kind)


def gentle_card(conversation: Conversation, scene: Scene) -> Say:
    """The same numbers beside suggestions, for a worry that may become heavier."""
    return _card(conversation, scene, "danger.card.gentle", conversation.kind)


def dialed_card(conversation: Conversation, scene: Scene) -> Say:
    """For 110 or 119 written into the talk: a text does not call anybody."""
    return _card(conversation, scene, "danger.dialed", None)


def ask_safety(conversation: Conversation, scene: Scene, *first: str) -> Turn:
    """いま、安全な場所にいますか, below the sentences that must come first."""
    language = conversation.language
    choices = numbered(
        (
            Choice("safe:yes", phrase("danger.yes", language), words=typed("yes", language)),
            Choice("safe:no", phrase("danger.no", language), words=typed("no", language)),
            Choice("safe:go_on", phrase("danger.go_on", language)),
        )
    )
    who = "other" if conversation.about_other else "me"
    state = replace(conversation, stage=Stage.SAFETY)
    turn = asking(state, f"danger.question.{who}", (*choices, help_choice(language)))
    say = turn.says[0]
    return replace(turn, says=(replace(say, text="\n\n".join((*first, say.text))),), urgent=True)


def first_numbers(conversation: Conversation, scene: Scene) -> str:
    """The first numbers for this danger, one a line, for sentences that keep them in reach."""
    rows = scene.directory.card_numbers(conversation.kind)[:3]
    return "\n".join(hotline_name(row, conversation.language) for row in rows)


def exit_hint(conversation: Conversation) -> tuple[str, ...]:
    """How to leave the screen quickly, where somebody feared may look at the phone."""
    if conversation.kind not in _PRIVATE:
        return ()
    return (phrase("danger.exit", conversation.language),)


def _card(conversation: Conversation, scene: Scene, intro: str, kind: UrgentKind | None) -> Say:
    language = conversation.language
    rows = scene.directory.card_numbers(kind)
    lines = tuple(_row(row, language) for row in rows)
    buttons = tuple(_call(row, language) for row in rows if _CALLABLE.fullmatch(row.number))
    title = phrase(f"danger.card.title.{kind or 'any'}", language)
    words = phrase(intro, language)
    text = "\n".join((title, *lines, "", words))
    return Say(intro, text, (Card(title, lines, words, buttons, crisis=True),))


def _row(hotline: Hotline, language: str) -> str:
    name, hours = in_language(hotline.name, language), in_language(hotline.hours, language)
    if hotline.number in name:
        return phrase("danger.card.row_short", language, name=name, hours=hours)
    return phrase("danger.card.row", language, name=name, number=hotline.number, hours=hours)


def _call(hotline: Hotline, language: str) -> Button:
    return Button(phrase("danger.card.call", language, number=hotline.number), uri=hotline.tel)
