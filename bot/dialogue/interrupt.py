"""Danger goes before everything else: the card, the question about safety, and its answers.

Works whoever holds the talk. Never asks a promise, never diagnoses, never says that somebody is
there when nobody is.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Conversation, Escalate, Inbound, Scene, Stage, Turn
from bot.dialogue.agreeing import preview
from bot.dialogue.bubbles import before, is_held, mark, plain
from bot.dialogue.cards import (
    ask_safety,
    crisis_card,
    dialed_card,
    exit_hint,
    first_numbers,
    gentle_card,
)
from bot.dialogue.greeting import begin_again
from bot.dialogue.present import present
from bot.dialogue.reading import leading_answer
from bot.dialogue.suggesting import danger_codes, show_again, suggest
from bot.dialogue.worry import real_categories, remember, understand
from bot.phrases import phrase
from directory_data.model import in_language
from routing.judgement import Judgement, Level, Urgency


def raised(conversation: Conversation, urgency: Urgency) -> Conversation:
    """The talk with the danger these words tell of; its level rises and never falls."""
    heavier = urgency.level.rank >= conversation.level.rank
    if urgency.level is Level.NONE or not (heavier or urgency.level.rank >= Level.URGENT.rank):
        return conversation
    return replace(
        conversation,
        level=urgency.level if heavier else conversation.level,
        kind=urgency.kind or conversation.kind,
        about_other=urgency.about_other,
    )


def interrupt(
    conversation: Conversation, inbound: Inbound, judgement: Judgement, scene: Scene
) -> Turn | None:
    """The answer to words of danger; None when they are not (or only `concern`)."""
    urgency = judgement.urgency
    if urgency.level.rank < Level.URGENT.rank:
        return None
    state = raised(_noted(conversation, inbound, judgement, scene), urgency)
    if urgency.level is Level.EMERGENCY:
        return _emergency(state, urgency, scene)
    return _urgent(state, urgency, scene)


def ask_help(conversation: Conversation, scene: Scene) -> Turn:
    """いますぐ助けがほしい: the card and the question, from any button however old."""
    urgency = Urgency(Level.URGENT, conversation.kind, ("button.help",), conversation.about_other)
    return _emergency(raised(_awake(conversation, scene), urgency), urgency, scene)


def dialed(conversation: Conversation, scene: Scene) -> Turn:
    """110 or 119 was written here: say that a text does not call, and show the numbers."""
    card = dialed_card(conversation, scene)
    if is_held(conversation) and conversation.stage is not Stage.SAFETY:
        return Turn(conversation, (card,), urgent=True)
    return replace(before(present(conversation, scene), card), urgent=True)


def answer_safety(conversation: Conversation, answer: str, scene: Scene) -> Turn:
    """はい, いいえ or 話をつづける."""
    if answer == "no":
        return _not_safe(conversation, scene)
    key = "danger.safe" if answer == "yes" else "danger.go_on_now"
    return before(
        leave_safety(conversation, scene),
        plain(key, conversation, numbers=first_numbers(conversation, scene)),
    )


def leave_safety(conversation: Conversation, scene: Scene) -> Turn:
    """Back to the person who holds the talk, else on to people who listen."""
    if is_held(conversation):
        return Turn(replace(conversation, stage=_resumed(conversation), resume=None, menu=()))
    return suggest(
        replace(conversation, resume=None), scene, "danger.way", danger_codes(conversation)
    )


def other_words(conversation: Conversation, inbound: Inbound, scene: Scene) -> Turn:
    """Neither yes nor no: a person who holds the talk reads it; else numbers and question stay."""
    answer = leading_answer(inbound.text)
    if answer:
        return answer_safety(conversation, answer, scene)
    if is_held(conversation):
        return leave_safety(conversation, scene)
    words = phrase(
        "danger.listening",
        conversation.language,
        numbers=first_numbers(conversation, scene),
    )
    return ask_safety(remember(conversation, inbound), scene, words)


def with_gentle_card(turn: Turn, scene: Scene) -> Turn:
    """Put the card gently in front of the answer to a worry of level `concern`, once per danger."""
    state = turn.next
    notices = {f"card:{level}:{state.kind}" for level in ("concern", "urgent", "emergency")}
    held = is_held(state) or state.stage is Stage.SAFETY
    if held or notices & set(state.told):
        return turn
    told = mark(state, f"card:concern:{state.kind}")
    card = gentle_card(state, scene)
    first, rest = turn.says[:1], turn.says[1:]
    says = (*first, card, *rest) if rest else (card, *first)
    return replace(turn, next=told, says=says)


def _emergency(state: Conversation, urgency: Urgency, scene: Scene) -> Turn:
    """Only the card and the one question; every other question stops."""
    resume = state.resume if state.stage in (Stage.SAFETY, Stage.ERASING) else state.stage
    told = mark(
        replace(state, resume=resume, escalated=True),
        f"card:{Level.EMERGENCY}:{state.kind}",
    )
    card = crisis_card(told, scene)
    turn = ask_safety(told, scene, _told(told, scene), *exit_hint(told))
    escalate = Escalate(urgency.level, told.kind, urgency.rule_ids, told.about_other)
    return replace(before(turn, card), asks=(escalate,))


def _urgent(state: Conversation, urgency: Urgency, scene: Scene) -> Turn:
    notices = {f"card:{level}:{state.kind}" for level in (Level.URGENT, Level.EMERGENCY)}
    known = bool(notices & set(state.told))
    new = mark(state, f"card:{Level.URGENT}:{state.kind}")
    raise_it = not new.keep_secret and not (known and new.escalated)
    asks = (Escalate(urgency.level, new.kind, urgency.rule_ids, new.about_other),)
    new = replace(new, escalated=new.escalated or raise_it)
    turn = _urgent_again(new, scene) if known else _urgent_first(new, scene, raise_it)
    return replace(turn, asks=asks if raise_it else (), urgent=True)


def _urgent_first(state: Conversation, scene: Scene, raise_it: bool) -> Turn:
    card = crisis_card(state, scene)
    if state.stage is Stage.SAFETY:
        return before(ask_safety(state, scene), card)
    words = _told(state, scene) if raise_it else _told_nobody(state)
    offer = (phrase("danger.told_offer", state.language),) if raise_it else ()
    way = replace(
        plain("danger.told_already", state), text="\n".join((words, *offer, *exit_hint(state)))
    )
    return before(_way_to_people(state, scene), card, way)


def _urgent_again(state: Conversation, scene: Scene) -> Turn:
    """Nothing new was said: the numbers in one line, not the whole card again."""
    if state.stage is Stage.SAFETY:
        return ask_safety(state, scene, first_numbers(state, scene))
    if state.stage is Stage.TALKING:
        return Turn(state)
    again = plain("danger.again", state, numbers=first_numbers(state, scene))
    if state.stage is Stage.CONSENT:
        return before(preview(state, scene), again)
    if state.stage is Stage.SUGGESTED and state.offered:
        return before(show_again(state, scene), again)
    return before(_way_to_people(state, scene), again)


def _way_to_people(state: Conversation, scene: Scene) -> Turn:
    if is_held(state):
        stage = _resumed(state) if state.stage is Stage.ERASING else state.stage
        return Turn(replace(state, stage=stage, resume=None))
    return suggest(replace(state, resume=None), scene, "danger.way", danger_codes(state))


def _not_safe(conversation: Conversation, scene: Scene) -> Turn:
    level = Urgency(Level.EMERGENCY, conversation.kind, ("safety.not_safe",))
    state = replace(raised(conversation, level), escalated=True)
    key = "danger.not_safe_other" if state.about_other else "danger.not_safe"
    words = phrase(key, state.language, numbers=first_numbers(state, scene))
    escalate = Escalate(state.level, state.kind, level.rule_ids, state.about_other)
    return replace(ask_safety(state, scene, words), asks=(escalate,))


def _noted(
    conversation: Conversation, inbound: Inbound, judgement: Judgement, scene: Scene
) -> Conversation:
    """The words belong to the worry, unless they belong to the person who holds the talk."""
    state = _awake(conversation, scene)
    if is_held(state):
        return state
    found = real_categories(judgement, scene.directory)
    return understand(remember(state, inbound), found)


def _awake(conversation: Conversation, scene: Scene) -> Conversation:
    """Danger after the end of a talk begins a new one."""
    if conversation.stage in (Stage.CLOSED, Stage.SURVEY):
        return begin_again(conversation, scene)
    return conversation


def _resumed(conversation: Conversation) -> Stage:
    return conversation.resume or Stage.TALKING


def _told(state: Conversation, scene: Scene) -> str:
    """Who learns of it and whether anybody watches now, honestly."""
    key = "danger.told_watched" if scene.watched else "danger.told_unwatched"
    body = in_language(scene.directory.city.operator, state.language)
    return phrase(key, state.language, body=body)


def _told_nobody(state: Conversation) -> str:
    key = "danger.told_already"
    if state.keep_secret:
        key = "secret.kept_raised" if state.escalated else "secret.kept"
    return phrase(key, state.language)
