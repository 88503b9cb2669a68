"""What every button does and at which stages it counts; typed numbers and words end here too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversation import Conversation, Scene, Stage, Turn
from bot.dialogue import agreeing, ending, interrupt, suggesting, worry
from bot.dialogue.bubbles import before, is_held, plain
from bot.dialogue.greeting import begin_again, listen
from bot.dialogue.present import present

OPEN = frozenset({Stage.NEW, Stage.LISTENING, Stage.CLARIFYING, Stage.SUGGESTED, Stage.CONSENT})
RESTING = frozenset({Stage.CLOSED, Stage.SURVEY})
ANY = frozenset(Stage)
HELD_COMMANDS = ("help", "dialed", "withdraw", "erase", "stop", "resume")
"""The words that count as commands while a person holds the talk; all others are for the person."""
EVEN_IF_STALE = ("help",)

_Act = Callable[[Conversation, str, Scene], Turn | None]


@dataclass(frozen=True)
class Tap:
    """At which stages an action counts. `opens_again`: after the end it begins a new talk."""

    stages: frozenset[Stage]
    act: _Act
    opens_again: bool = False


def act(conversation: Conversation, action: str, scene: Scene) -> Turn:
    """Do what was tapped or named; what does not fit the stage is answered kindly, nothing else."""
    name, _, rest = action.partition(":")
    tap = _TAPS.get(name)
    state = conversation
    if tap and tap.opens_again and state.stage in RESTING:
        state = begin_again(conversation, scene)
    if tap is None or state.stage not in tap.stages:
        return unfit(conversation, scene)
    return tap.act(state, rest, scene) or unfit(conversation, scene)


def unfit(conversation: Conversation, scene: Scene) -> Turn:
    """A button that no longer fits: how it stands now."""
    turn = present(conversation, scene)
    if is_held(conversation) and conversation.stage in (Stage.QUEUED, Stage.TALKING):
        return turn
    return before(turn, plain("other.unfit", conversation))


def stale(conversation: Conversation, scene: Scene) -> Turn:
    """A button of an earlier talk: nothing happens, the present choices are shown."""
    return before(present(conversation, scene), plain("other.stale", conversation))


def rest(conversation: Conversation, scene: Scene) -> Turn:
    """Thanks after the end: no new talk is begun, and an unanswered question is let go."""
    if conversation.stage is Stage.SURVEY:
        return ending.answer_survey(conversation, "skip")
    return present(conversation, scene)


def keep_words(conversation: Conversation, scene: Scene) -> Turn:
    """消さない: the talk goes on where it stood."""
    state = ending.keep(conversation)
    kept = plain("erase.kept", state)
    if state.stage in (Stage.QUEUED, Stage.TALKING):
        return Turn(state, (kept,))
    return before(present(state, scene), kept)


def _start(conversation: Conversation, _rest: str, scene: Scene) -> Turn:
    return listen(replace(conversation, chosen="", items=(), offered=()), scene)


def _restart(conversation: Conversation, _rest: str, scene: Scene) -> Turn:
    return suggesting.suggest(conversation, scene, "suggest.again")


def _item(conversation: Conversation, rest: str, scene: Scene) -> Turn:
    code, _, wanted = rest.partition(":")
    return agreeing.switch(conversation, code, wanted == "on", scene)


def _safe(conversation: Conversation, rest: str, scene: Scene) -> Turn | None:
    if rest not in ("yes", "no", "go_on"):
        return None
    return interrupt.answer_safety(conversation, rest, scene)


def _erase(conversation: Conversation, rest: str, scene: Scene) -> Turn | None:
    if not rest:
        return ending.ask_erase(conversation)
    if conversation.stage is not Stage.ERASING:
        return None
    return ending.erase(conversation, scene) if rest == "yes" else keep_words(conversation, scene)


def _survey(conversation: Conversation, rest: str, _scene: Scene) -> Turn | None:
    if rest not in (*ending.ANSWERS, "skip"):
        return None
    return ending.answer_survey(conversation, rest)


_TAPS: dict[str, Tap] = {
    "help": Tap(ANY, lambda c, _, scene: interrupt.ask_help(c, scene)),
    "dialed": Tap(ANY, lambda c, _, scene: interrupt.dialed(c, scene)),
    "withdraw": Tap(ANY, lambda c, _, scene: ending.withdraw(c, scene)),
    "finish": Tap(OPEN | RESTING, lambda c, _, scene: ending.finish(c, scene)),
    "stop": Tap(ANY, lambda c, _r, _s: ending.stop_contact(c)),
    "resume": Tap(ANY, lambda c, _r, _s: ending.resume_contact(c)),
    "erase": Tap(ANY, _erase),
    "start": Tap(OPEN, _start, opens_again=True),
    "gatherings": Tap(OPEN, lambda c, _, scene: worry.gatherings(c, scene), opens_again=True),
    "cat": Tap(OPEN, worry.choose_category, opens_again=True),
    "neither": Tap(OPEN, lambda c, _, scene: worry.neither(c, scene)),
    "pick": Tap(OPEN, agreeing.choose),
    "more": Tap(OPEN, lambda c, _, scene: suggesting.more(c, scene)),
    "none": Tap(OPEN, lambda c, _, scene: suggesting.none_fits(c, scene)),
    "restart": Tap(OPEN, _restart),
    "item": Tap(frozenset({Stage.CONSENT}), _item),
    "agree": Tap(frozenset({Stage.CONSENT}), agreeing.agree),
    "back": Tap(frozenset({Stage.CONSENT}), lambda c, _, scene: agreeing.back(c, scene)),
    "safe": Tap(frozenset({Stage.SAFETY}), _safe),
    "survey": Tap(frozenset({Stage.SURVEY}), _survey),
}
