"""Listening to a worry: remember the words, ask at most once, then show members."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Conversation, Heard, Inbound, Scene, Stage, Turn
from bot.dialogue.bubbles import Choice, asking, before, help_choice, label_of, numbered, plain
from bot.dialogue.greeting import listen
from bot.dialogue.reading import has_no_worry, is_small_talk
from bot.dialogue.suggesting import GATHERINGS, danger_codes, show_again, suggest
from bot.phrases import phrase
from directory_data.model import Directory
from routing.judgement import CategoryMatch, Judgement, Level

WORRY_LENGTH = 1200
"""Characters of the worry that are kept for the preview; the newest messages stay whole."""
_KEPT_MATCHES = 4


def hear(conversation: Conversation, inbound: Inbound, judgement: Judgement, scene: Scene) -> Turn:
    """A text while the bot listens: members, or the one question, or a calm answer."""
    small_talk = is_small_talk(inbound.text)
    found = () if small_talk else real_categories(judgement, scene.directory)
    state = understand(remember(conversation, inbound), found)
    if judgement.about_other:
        state = replace(state, about_other=True)
    if has_no_worry(inbound.text) and {m.code for m in found} <= {*GATHERINGS}:
        return gatherings(conversation, scene)
    if not found:
        return _no_new_category(state, inbound, judgement, scene)
    calm = judgement.urgency.level.rank < Level.CONCERN.rank
    if calm and not (judgement.clear or conversation.asked or len(found) == 1):
        return clarify(state, scene)
    return suggest(state, scene, fitting(state), () if calm else danger_codes(state))


def clarify(conversation: Conversation, scene: Scene) -> Turn:
    """The one question: which of these is nearest. Shown again, it is the same question."""
    language = conversation.language
    categories = (scene.directory.categories[m.code] for m in conversation.matches[:3])
    offered = (Choice(f"cat:{c.code}", label_of(c, language)) for c in categories)
    neither = Choice("neither", phrase("clarify.neither", language))
    state = replace(conversation, stage=Stage.CLARIFYING, asked=True)
    return asking(state, "clarify.ask", (*numbered((*offered, neither)), help_choice(language)))


def choose_category(conversation: Conversation, code: str, scene: Scene) -> Turn | None:
    """A heading was tapped. None when this city does not have it."""
    if code not in scene.directory.categories:
        return None
    state = understand(conversation, (CategoryMatch(code, 1.0),))
    return suggest(state, scene, "suggest.chosen")


def neither(conversation: Conversation, scene: Scene) -> Turn:
    """どれでもない: nobody is pressed into a heading; those who listen come first."""
    return suggest(understand(replace(conversation, matches=()), ()), scene, "suggest.listeners")


def gatherings(conversation: Conversation, scene: Scene) -> Turn:
    """No worry to name: places to meet people."""
    return suggest(conversation, scene, "suggest.calm", GATHERINGS)


def remember(conversation: Conversation, inbound: Inbound) -> Conversation:
    """Add the words to the worry; a greeting or thanks adds nothing."""
    if is_small_talk(inbound.text):
        return conversation
    text = inbound.text.strip()[:WORRY_LENGTH]
    return _with_heard(conversation, (*conversation.heard, Heard(inbound.message_id, text)))


def forget(conversation: Conversation, message_id: str) -> Conversation:
    """The resident took a message back: its words leave the worry and the reasons."""
    left = tuple(h for h in conversation.heard if h.message_id != message_id)
    if left == conversation.heard:
        return conversation
    state = _with_heard(conversation, left)
    matches = tuple(
        replace(m, words=tuple(w for w in m.words if w in state.worry)) for m in state.matches
    )
    return understand(replace(state, matches=()), matches if left else ())


def understand(conversation: Conversation, found: tuple[CategoryMatch, ...]) -> Conversation:
    """What was found now comes first; what was known before stays behind it."""
    codes = {match.code for match in found}
    older = tuple(
        replace(m, score=m.score / 2) for m in conversation.matches if m.code not in codes
    )
    matches = (*found, *(older if found else conversation.matches))[:_KEPT_MATCHES]
    return replace(
        conversation,
        matches=matches,
        categories=tuple(m.code for m in matches),
        reason_words=tuple(word for m in matches for word in m.words),
    )


def fitting(conversation: Conversation) -> str:
    """The key of the sentence that introduces members for a worry."""
    return "suggest.fits_other" if conversation.about_other else "suggest.fits"


def real_categories(judgement: Judgement, directory: Directory) -> tuple[CategoryMatch, ...]:
    """The headings this city has; `none` means that there is no worry."""
    return tuple(
        m for m in judgement.categories if m.code != "none" and m.code in directory.categories
    )


def _no_new_category(
    conversation: Conversation, inbound: Inbound, judgement: Judgement, scene: Scene
) -> Turn:
    if conversation.stage is Stage.CLARIFYING:
        return suggest(conversation, scene, fitting(conversation))
    if judgement.urgency.level is not Level.NONE:
        return suggest(conversation, scene, "suggest.listeners")
    if conversation.offered or conversation.in_tray:
        return show_again(conversation, scene)
    if is_small_talk(inbound.text):
        return before(listen(conversation, scene), plain("other.small_talk", conversation))
    return gatherings(conversation, scene)


def _with_heard(conversation: Conversation, heard: tuple[Heard, ...]) -> Conversation:
    """Keep the newest messages that fit; the preview shows all that is kept."""
    kept: list[Heard] = []
    room = WORRY_LENGTH
    for message in reversed(heard):
        room -= len(message.text) + 1
        if room < 0 and kept:
            break
        kept.insert(0, message)
    return replace(
        conversation, heard=tuple(kept), worry="\n".join(message.text for message in kept)
    )
