"""Stopping, leaving a member, deleting, the question afterwards; each has one clear outcome."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import (
    Conversation,
    Erase,
    Holder,
    RecordSurvey,
    ResumeContact,
    Scene,
    Stage,
    StopContact,
    Turn,
    Withdraw,
)
from bot.dialogue.bubbles import (
    Choice,
    asking,
    help_choice,
    is_held,
    member_name,
    numbered,
    plain,
    quiet_line,
)
from bot.phrases import phrase, typed

ANSWERS = ("useful", "partly", "not_useful")


def withdraw(conversation: Conversation, scene: Scene) -> Turn:
    """やめる: a member's access ends at once and other ways are offered; else the talk rests."""
    if not is_held(conversation):
        return finish(conversation, scene)
    left = conversation.chosen
    state = replace(
        conversation,
        stage=Stage.SUGGESTED,
        holder=Holder.BOT,
        chosen="",
        items=(),
        offered=(),
        resume=None,
        in_tray=False,
        excluded=(*conversation.excluded, left) if left else conversation.excluded,
    )
    return replace(_left(state, left, scene), asks=(Withdraw(),))


def finish(conversation: Conversation, scene: Scene) -> Turn:
    """The resident ends a talk that nobody holds; a request in the tray ends with it."""
    closed = replace(
        conversation,
        stage=Stage.CLOSED,
        holder=Holder.BOT,
        chosen="",
        offered=(),
        menu=(),
        resume=None,
        in_tray=False,
    )
    bye = plain("withdraw.finished", closed, quiet=quiet_line(conversation, scene))
    if not conversation.in_tray:
        return Turn(closed, (bye,))
    return Turn(closed, (plain("withdraw.tray", closed), bye), (Withdraw(),))


def stop_contact(conversation: Conversation) -> Turn:
    """連絡しないで: only direct answers from now on."""
    return Turn(conversation, (plain("contact.stopped", conversation),), (StopContact(),))


def resume_contact(conversation: Conversation) -> Turn:
    """連絡して: answers are sent again."""
    return Turn(conversation, (plain("contact.resumed", conversation),), (ResumeContact(),))


def ask_erase(conversation: Conversation) -> Turn:
    """消して: what goes, what stays, and one confirmation."""
    language = conversation.language
    if conversation.stage is Stage.ERASING:
        state = conversation
    elif conversation.stage is Stage.SAFETY and conversation.resume:
        state = replace(conversation, stage=Stage.ERASING)
    else:
        state = replace(conversation, stage=Stage.ERASING, resume=conversation.stage)
    open_case = phrase("erase.open_case", language) if state.escalated else ""
    choices = numbered(
        (
            Choice("erase:yes", phrase("erase.yes", language), words=typed("yes", language)),
            Choice("erase:no", phrase("erase.no", language), words=typed("no", language)),
        )
    )
    return asking(state, "erase.ask", (*choices, help_choice(language)), open_case=open_case)


def erase(conversation: Conversation, scene: Scene) -> Turn:
    """Confirmed: nothing of the talk is left, not even in this state."""
    empty = Conversation(talk=conversation.talk, language=conversation.language)
    done = plain("erase.done", empty, quiet=quiet_line(conversation, scene))
    asks = (Withdraw(), Erase()) if is_held(conversation) else (Erase(),)
    return Turn(empty, (done,), asks)


def keep(conversation: Conversation) -> Conversation:
    """Not deleted: the talk stands where it stood before the question."""
    stage = conversation.resume or Stage.LISTENING
    return replace(conversation, stage=stage, resume=None, menu=())


def ask_survey(conversation: Conversation) -> Turn:
    """One question with three answers, which may be skipped."""
    language = conversation.language
    answers = (Choice(f"survey:{a}", phrase(f"closing.{a}", language)) for a in ANSWERS)
    skip = Choice("survey:skip", phrase("closing.skip", language))
    state = replace(conversation, stage=Stage.SURVEY)
    choices = (*numbered((*answers, skip)), help_choice(language))
    return asking(state, "closing.survey", choices)


def answer_survey(conversation: Conversation, answer: str) -> Turn:
    """Record the answer and say thanks; a skip records nothing."""
    closed = replace(conversation, stage=Stage.CLOSED, menu=())
    if answer == "skip":
        return Turn(closed, (plain("closing.skipped", closed),))
    return Turn(closed, (plain("closing.thanks", closed),), (RecordSurvey(answer),))


def _left(state: Conversation, left: str, scene: Scene) -> Turn:
    language = state.language
    ways = numbered(
        (
            Choice("restart", phrase("withdraw.others", language)),
            Choice("none", phrase("suggest.together", language)),
            Choice("finish", phrase("withdraw.finish", language)),
        )
    )
    choices = (*ways, help_choice(language))
    quiet = quiet_line(state, scene)
    if not left:
        return asking(state, "withdraw.done_body", choices, quiet=quiet)
    name = member_name(scene.directory, left, language)
    return asking(state, "withdraw.done", choices, quiet=quiet, member=name)
