"""Everything that is not a text or a tap: stickers, media, places, follows, groups, unsends."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import (
    Blocked,
    Conversation,
    Inbound,
    InboundKind,
    LeaveGroup,
    Relay,
    ResumeContact,
    Say,
    Scene,
    Stage,
    Turn,
    Unsend,
)
from bot.dialogue.bubbles import before, is_held, mark, member_name, plain, quiet_line
from bot.dialogue.greeting import welcome
from bot.dialogue.present import present
from bot.dialogue.worry import forget

MEDIA_TOLD = "media"


def silent(conversation: Conversation, inbound: Inbound) -> Turn:
    """Kinds that are carried out or noted, never answered; also all that comes in standby."""
    if inbound.kind is InboundKind.UNFOLLOW:
        return Turn(conversation, asks=(Blocked(),))
    if inbound.kind is InboundKind.UNSEND:
        left = forget(conversation, inbound.message_id)
        return Turn(left, asks=(Unsend(inbound.message_id),))
    return Turn(conversation)


def follow(conversation: Conversation, scene: Scene) -> Turn:
    """Added as a friend: the greeting, or a short welcome to somebody who comes back."""
    if conversation.stage is Stage.NEW:
        return welcome(conversation, scene)
    turn = before(present(conversation, scene), plain("greeting.back", conversation))
    return replace(turn, asks=(ResumeContact(),))


def group(conversation: Conversation) -> Turn:
    """Others would read along: one polite sentence, and out."""
    return Turn(conversation, (plain("other.group", conversation),), (LeaveGroup(),))


def thing(conversation: Conversation, inbound: Inbound, scene: Scene) -> Turn:
    """A sticker, media or a place: nothing is kept of it, and the resident is told so."""
    if is_held(conversation):
        return _for_a_person(conversation, inbound, scene)
    answer = _answer(conversation, inbound, scene)
    if conversation.stage in (Stage.CLOSED, Stage.SURVEY) and _is_sticker(inbound):
        return present(conversation, scene)
    return before(present(conversation, scene), answer)


def _for_a_person(conversation: Conversation, inbound: Inbound, scene: Scene) -> Turn:
    """The person sees that something came; that it is not kept is said once."""
    if _is_sticker(inbound) or MEDIA_TOLD in conversation.told:
        return Turn(conversation, asks=(Relay(),))
    return Turn(
        mark(conversation, MEDIA_TOLD), (_answer(conversation, inbound, scene),), (Relay(),)
    )


def _answer(conversation: Conversation, inbound: Inbound, scene: Scene) -> Say:
    if _is_sticker(inbound):
        return plain("other.sticker", conversation)
    if inbound.kind is InboundKind.LOCATION:
        return plain("other.location", conversation, quiet=quiet_line(conversation, scene))
    if is_held(conversation):
        name = member_name(scene.directory, conversation.chosen, conversation.language)
        return plain("other.media_staff", conversation, member=name)
    return plain("other.media", conversation)


def _is_sticker(inbound: Inbound) -> bool:
    return inbound.kind is InboundKind.STICKER
