"""The first words, the words on coming back, and the list of worries to choose from."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Conversation, Holder, ResumeContact, Say, Scene, Stage, Turn
from bot.dialogue.bubbles import (
    Choice,
    asking,
    before,
    help_choice,
    is_held,
    label_of,
    mark,
    numbered,
    plain,
    quiet_line,
)
from bot.phrases import phrase
from directory_data.model import in_language

MOST_BUBBLES = 4
"""In one turn."""
GREETED = "greeting"
RETURNING = "returning"
_NOT_NOW = (Stage.NEW, Stage.SAFETY, Stage.ERASING, Stage.SURVEY, Stage.CLOSED)


def welcome(conversation: Conversation, scene: Scene) -> Turn:
    """`follow` by somebody new: who runs this, what to know, and the list of worries."""
    says = (_who(conversation, scene), _promise(conversation, scene))
    turn = listen(mark(conversation, GREETED), scene)
    return replace(before(turn, *says), asks=(ResumeContact(),))


def listen(conversation: Conversation, scene: Scene) -> Turn:
    """The list of worries; anything may be written instead."""
    language = conversation.language
    listed = (c for c in scene.directory.categories.values() if c.on_menu)
    choices = numbered(
        Choice(f"cat:{c.code}", label_of(c, language), words=_parts(label_of(c, language)))
        for c in listed
    )
    open_now = replace(conversation, stage=Stage.LISTENING, holder=Holder.BOT, chosen="")
    key = "listen.more" if GREETED in conversation.told and conversation.worry else "listen.menu"
    return asking(open_now, key, (*choices[:12], help_choice(language)))


def introduced(turn: Turn, scene: Scene) -> Turn:
    """The turn with the short greeting in it, when this talk has not heard it yet.

    What is said about danger stays first, and the turn stays short; after an emergency the
    greeting waits until the question of safety is answered.
    """
    state = turn.next
    too_early = state.stage in _NOT_NOW or is_held(state)
    if GREETED in state.told or too_early or not turn.says:
        return turn
    told = replace(turn, next=mark(state, GREETED))
    words = brief(state, scene)
    if len(turn.says) >= MOST_BUBBLES:
        return replace(told, says=_joined(turn.says, words))
    first, *rest = turn.says
    if first.key.startswith("danger."):
        return replace(told, says=(first, words, *rest))
    return before(told, words)


def _joined(says: tuple[Say, ...], words: Say) -> tuple[Say, ...]:
    """No room for one more bubble: the words go below those of the first one without cards."""
    place = next(n for n, say in enumerate(says) if not say.cards)
    joined = replace(says[place], text=f"{says[place].text}\n\n{words.text}")
    return (*says[:place], joined, *says[place + 1 :])


def brief(conversation: Conversation, scene: Scene) -> Say:
    """What must be said at the start of a talk, in one bubble."""
    if RETURNING in conversation.told:
        return plain("greeting.again", conversation)
    return plain(
        "greeting.brief",
        conversation,
        account=in_language(scene.directory.city.account_name, conversation.language),
        operator=in_language(scene.directory.city.operator, conversation.language),
        reading=_reading(conversation, scene),
        days=scene.directory.city.retention_days,
        quiet=quiet_line(conversation, scene),
    )


def begin_again(conversation: Conversation, scene: Scene) -> Conversation:
    """A new talk after a closed one. Only a person lowers the level, so it goes along."""
    known = (RETURNING,) if {GREETED, RETURNING} & {*conversation.told} else ()
    return Conversation(
        talk=scene.new_talk,
        stage=Stage.LISTENING,
        language=conversation.language,
        level=conversation.level,
        kind=conversation.kind,
        escalated=conversation.escalated,
        keep_secret=conversation.keep_secret,
        told=known,
    )


def _who(conversation: Conversation, scene: Scene) -> Say:
    city = scene.directory.city
    return plain(
        "greeting.who",
        conversation,
        account=in_language(city.account_name, conversation.language),
        operator=in_language(city.operator, conversation.language),
    )


def _promise(conversation: Conversation, scene: Scene) -> Say:
    return plain(
        "greeting.promise",
        conversation,
        reading=_reading(conversation, scene),
        days=scene.directory.city.retention_days,
        quiet=quiet_line(conversation, scene),
    )


def _reading(conversation: Conversation, scene: Scene) -> str:
    key = "greeting.reading.watched" if scene.watched else "greeting.reading.unwatched"
    return phrase(key, conversation.language)


def _parts(label: str) -> tuple[str, ...]:
    """`不登校・子ども・教育` may be typed as any of its parts."""
    parts = tuple(part.strip() for part in label.split("・"))
    return parts if len(parts) > 1 else ()
