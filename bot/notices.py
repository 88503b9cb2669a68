"""What a resident hears when staff act: accepted, declined, closed, and a person's own words."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import Conversation, Holder, PutInTray, Say, Scene, Stage, Turn
from bot.dialogue.bubbles import before, member_name, plain, quiet_line, to_a_person
from bot.dialogue.ending import ask_survey
from bot.dialogue.suggesting import nobody, rank, suggest

LONGEST_BUBBLE = 5_000
"""UTF-16 units in one text bubble."""
_ASIDE = (Stage.SAFETY, Stage.ERASING)
"""A question that waits for its answer, whatever staff do meanwhile."""


def accepted(conversation: Conversation, scene: Scene) -> Turn:
    """A person of the member took the case and speaks from now on."""
    talking = replace(conversation, holder=Holder.STAFF)
    if conversation.stage in _ASIDE:
        state = replace(talking, resume=Stage.TALKING)
    else:
        state = replace(talking, stage=Stage.TALKING, resume=None, menu=())
    name = _member(conversation, scene)
    return Turn(state, (to_a_person("waiting.accepted", state, member=name),))


def declined(conversation: Conversation, scene: Scene) -> Turn:
    """The member cannot take it: the next destinations without it, or the tray."""
    left = conversation.chosen
    state = replace(
        conversation,
        holder=Holder.BOT,
        chosen="",
        items=(),
        excluded=(*conversation.excluded, left) if left else conversation.excluded,
    )
    sorry = plain("waiting.declined", state, member=_member(conversation, scene))
    if conversation.stage in _ASIDE:
        return Turn(replace(state, resume=Stage.SUGGESTED), (sorry,))
    return before(_next_ways(replace(state, resume=None), scene), sorry)


def closed(conversation: Conversation, scene: Scene) -> Turn:
    """Staff brought the talk to its end: goodbye and one question that may be skipped."""
    state = replace(conversation, holder=Holder.BOT, chosen="", offered=(), in_tray=False)
    bye = plain(
        "closing.bye",
        state,
        member=_member(conversation, scene),
        quiet=quiet_line(conversation, scene),
    )
    if conversation.stage is Stage.SAFETY:
        return Turn(replace(state, resume=Stage.LISTENING), (bye,))
    return before(ask_survey(replace(state, resume=None)), bye)


def staff_says(member_name: str, words: str) -> tuple[Say, ...]:
    """A member's words as bubbles; the member's name is shown as the speaker."""
    return tuple(Say("staff", part, speaker=member_name) for part in split(words))


def coordinator_says(body_name: str, words: str) -> tuple[Say, ...]:
    """The coordinating body's words as bubbles."""
    return tuple(Say("staff", part, speaker=body_name) for part in split(words))


def split(words: str, longest: int = LONGEST_BUBBLE) -> tuple[str, ...]:
    """Cut into parts of at most `longest` UTF-16 units, at line ends where there are any."""
    parts: list[str] = []
    rest = words.strip()
    while units(rest) > longest:
        fitting = _fitting(rest, longest)
        line_end = rest.rfind("\n", 1, fitting + 1)
        cut = line_end if line_end > 0 else fitting
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip("\n")
    return tuple(part for part in (*parts, rest) if part)


def units(text: str) -> int:
    """Length in UTF-16 units, as LINE counts the text of a bubble."""
    return len(text.encode("utf-16-le")) // 2


def _fitting(text: str, longest: int) -> int:
    """How many characters from the start make at most `longest` units."""
    used = 0
    for position, sign in enumerate(text):
        used += units(sign)
        if used > longest:
            return position
    return len(text)


def _next_ways(state: Conversation, scene: Scene) -> Turn:
    fresh = replace(state, seen=(), offered=())
    if rank(fresh, scene):
        return suggest(fresh, scene, "suggest.next")
    turn = nobody(fresh, scene, "waiting.declined_none")
    asks = tuple(PutInTray("declined_by_all") for _ in turn.asks)
    return replace(turn, asks=asks)


def _member(conversation: Conversation, scene: Scene) -> str:
    return member_name(scene.directory, conversation.chosen, conversation.language)
