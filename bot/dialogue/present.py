"""Where the talk stands, said again: the present choices of every stage."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import Conversation, Scene, Stage, Turn
from bot.dialogue.agreeing import preview
from bot.dialogue.bubbles import asking, help_choice, member_name, to_a_person
from bot.dialogue.cards import ask_safety
from bot.dialogue.ending import ask_erase, ask_survey
from bot.dialogue.greeting import listen
from bot.dialogue.suggesting import show_again
from bot.dialogue.worry import clarify


def present(conversation: Conversation, scene: Scene) -> Turn:
    """The bubble or bubbles with what may be done now."""
    return _BY_STAGE[conversation.stage](conversation, scene)


def _queued(conversation: Conversation, scene: Scene) -> Turn:
    return _standing("waiting.still", conversation, scene)


def _talking(conversation: Conversation, scene: Scene) -> Turn:
    return _standing("waiting.talking", conversation, scene)


def _standing(key: str, conversation: Conversation, scene: Scene) -> Turn:
    name = member_name(scene.directory, conversation.chosen, conversation.language)
    return Turn(conversation, (to_a_person(key, conversation, member=name),))


def _closed(conversation: Conversation, _scene: Scene) -> Turn:
    return asking(conversation, "closing.rest", (help_choice(conversation.language),))


def _erasing(conversation: Conversation, _scene: Scene) -> Turn:
    return ask_erase(conversation)


def _survey(conversation: Conversation, _scene: Scene) -> Turn:
    return ask_survey(conversation)


_BY_STAGE: dict[Stage, Callable[[Conversation, Scene], Turn]] = {
    Stage.NEW: listen,
    Stage.LISTENING: listen,
    Stage.CLARIFYING: clarify,
    Stage.SUGGESTED: show_again,
    Stage.CONSENT: preview,
    Stage.QUEUED: _queued,
    Stage.TALKING: _talking,
    Stage.SAFETY: ask_safety,
    Stage.ERASING: _erasing,
    Stage.SURVEY: _survey,
    Stage.CLOSED: _closed,
}
