"""The one step of the talk: danger first, then taps and commands, then words, then the rest."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import (
    Conversation,
    Inbound,
    InboundKind,
    KeepSecret,
    Relay,
    Scene,
    Stage,
    Turn,
)
from bot.dialogue import agreeing, ending, kinds, reading, taps, worry
from bot.dialogue.bubbles import before, is_held, mark, member_name, plain, to_a_person
from bot.dialogue.greeting import MOST_BUBBLES, begin_again, introduced
from bot.dialogue.interrupt import interrupt, other_words, raised, with_gentle_card
from bot.dialogue.present import present
from bot.phrases import languages
from routing.judgement import Judgement, Level

_SILENT = (
    InboundKind.UNFOLLOW,
    InboundKind.UNSEND,
    InboundKind.EDITED,
    InboundKind.OTHER,
)
_JUDGED = (InboundKind.TEXT, InboundKind.STICKER)
KEPT_TOLD = "kept"


def step(conversation: Conversation, inbound: Inbound, judgement: Judgement, scene: Scene) -> Turn:
    """The whole answer to one event: next state, bubbles (at most four), errands. Pure."""
    if inbound.kind in _SILENT or not inbound.can_answer:
        return kinds.silent(conversation, inbound)
    if inbound.kind is InboundKind.FOLLOW:
        return kinds.follow(conversation, scene)
    if inbound.kind is InboundKind.JOINED_GROUP:
        return kinds.group(conversation)
    if inbound.kind in _JUDGED:
        return introduced(_words(conversation, inbound, judgement, scene), scene)
    return introduced(_without_words(conversation, inbound, scene), scene)


def _without_words(conversation: Conversation, inbound: Inbound, scene: Scene) -> Turn:
    if inbound.kind is not InboundKind.POSTBACK:
        return kinds.thing(conversation, inbound, scene)
    old = inbound.talk not in ("", conversation.talk)
    if old and inbound.action not in taps.EVEN_IF_STALE:
        return taps.stale(conversation, scene)
    return taps.act(conversation, inbound.action, scene)


def _words(
    conversation: Conversation, inbound: Inbound, judgement: Judgement, scene: Scene
) -> Turn:
    """A text (or what a sticker says): judged for danger before anything else."""
    known = _spoken_language(conversation, judgement)
    secret = reading.refuses_telling(inbound.text) and not known.keep_secret
    state = replace(known, keep_secret=known.keep_secret or secret)
    turn = interrupt(state, inbound, judgement, scene)
    if turn is None:
        turn = _calm_words(state, inbound, judgement, scene)
    if secret:
        turn = _keep_secret(turn)
    return turn if _ordered(state, inbound) else _relayed(state, turn)


def _calm_words(
    conversation: Conversation, inbound: Inbound, judgement: Judgement, scene: Scene
) -> Turn:
    """Words without acute danger: a tap by another name, words for a person, or a worry."""
    state = raised(conversation, judgement.urgency)
    action = _named(state, inbound)
    if action:
        turn = taps.act(state, action, scene)
    elif state.stage is Stage.ERASING:
        turn = _instead_of_erasing(state, inbound, judgement, scene)
    else:
        turn = _free_words(state, inbound, judgement, scene)
    if judgement.urgency.level is Level.CONCERN:
        return with_gentle_card(turn, scene)
    return turn


def _free_words(
    conversation: Conversation, inbound: Inbound, judgement: Judgement, scene: Scene
) -> Turn:
    if conversation.stage is Stage.SAFETY:
        return other_words(conversation, inbound, scene)
    if is_held(conversation):
        return _waiting(conversation, scene)
    if inbound.kind is InboundKind.STICKER and not judgement.categories:
        return kinds.thing(conversation, inbound, scene)
    if reading.only_refuses(inbound.text):
        return present(conversation, scene)
    return _worry(conversation, inbound, judgement, scene)


def _worry(
    conversation: Conversation, inbound: Inbound, judgement: Judgement, scene: Scene
) -> Turn:
    if conversation.stage is Stage.CONSENT:
        return agreeing.unsure(worry.remember(conversation, inbound), scene)
    if conversation.stage not in taps.RESTING:
        return worry.hear(conversation, inbound, judgement, scene)
    if reading.is_small_talk(inbound.text):
        return taps.rest(conversation, scene)
    return worry.hear(begin_again(conversation, scene), inbound, judgement, scene)


def _instead_of_erasing(
    conversation: Conversation, inbound: Inbound, judgement: Judgement, scene: Scene
) -> Turn:
    """Not a yes: nothing is deleted, and the words are taken where the talk stood before."""
    from_before = ending.keep(conversation)
    turn = _free_words(from_before, inbound, judgement, scene)
    if len(turn.says) >= MOST_BUBBLES - 1:
        return turn
    return before(turn, plain("erase.kept", from_before))


def _waiting(conversation: Conversation, scene: Scene) -> Turn:
    """The person reads it; while nobody has answered yet, say once that it is kept."""
    if conversation.stage is not Stage.QUEUED or KEPT_TOLD in conversation.told:
        return Turn(conversation)
    name = member_name(scene.directory, conversation.chosen, conversation.language)
    kept = to_a_person("waiting.kept", conversation, member=name)
    return Turn(mark(conversation, KEPT_TOLD), (kept,))


def _named(conversation: Conversation, inbound: Inbound) -> str:
    """The action these words name: a command that always counts, or one of the choices shown."""
    if inbound.kind is not InboundKind.TEXT:
        return ""
    picked = reading.pick(conversation.menu, inbound.text)
    named = picked or reading.command(inbound.text)
    held = is_held(conversation) and not picked
    return named if not held or named in taps.HELD_COMMANDS else ""


def _ordered(conversation: Conversation, inbound: Inbound) -> bool:
    """Words that are for the bot alone while a person holds the talk: やめる, 消して …"""
    if not is_held(conversation):
        return True
    action = _named(conversation, inbound).partition(":")[0]
    return action in ("withdraw", "erase", "stop", "resume")


def _relayed(conversation: Conversation, turn: Turn) -> Turn:
    if any(isinstance(ask, Relay) for ask in turn.asks):
        return turn
    return replace(turn, asks=(Relay(), *turn.asks))


def _keep_secret(turn: Turn) -> Turn:
    asks = (*turn.asks, KeepSecret())
    said = any(say.key.startswith("secret.") for say in turn.says) or turn.urgent
    if said or is_held(turn.next) or len(turn.says) >= MOST_BUBBLES - 1:
        return replace(turn, asks=asks)
    key = "secret.kept_raised" if turn.next.escalated else "secret.kept"
    return replace(before(turn, plain(key, turn.next)), asks=asks)


def _spoken_language(conversation: Conversation, judgement: Judgement) -> Conversation:
    if judgement.language not in languages():
        return conversation
    return replace(conversation, language=judgement.language)
