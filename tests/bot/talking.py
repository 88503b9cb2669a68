"""A talk that walks: every step is checked against what must hold always."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.conversation import (
    Conversation,
    Erase,
    Holder,
    Inbound,
    InboundKind,
    PutInTray,
    RequestHandoff,
    Scene,
    Stage,
    Turn,
    Withdraw,
    conversation_from_json,
    conversation_to_json,
)
from bot.dialogue import step
from bot.line import limits
from bot.line.messages import render
from routing.judgement import Judgement
from tests.build import TALK, a_scene, a_tap, a_text, a_worry

SILENT_KINDS = {
    InboundKind.UNFOLLOW,
    InboundKind.UNSEND,
    InboundKind.EDITED,
    InboundKind.OTHER,
}
SPOKEN_WHILE_HELD = ("danger.", "withdraw.", "erase.", "contact.", "waiting.", "other.media")


@dataclass
class Walk:
    """Steps of one person's talk; keeps every turn."""

    state: Conversation = field(default_factory=lambda: Conversation(TALK))
    scene: Scene = field(default_factory=a_scene)
    turns: list[Turn] = field(default_factory=list)

    def send(self, inbound: Inbound, judgement: Judgement | None = None) -> Turn:
        before = self.state
        turn = step(before, inbound, judgement or Judgement(), self.scene)
        check(before, inbound, turn)
        self.state = turn.next
        self.turns.append(turn)
        return turn

    def write(self, text: str, judgement: Judgement | None = None, message_id: str = "") -> Turn:
        return self.send(a_text(text, message_id), judgement)

    def tap(self, action: str) -> Turn:
        return self.send(a_tap(action, self.state.talk))

    def take(self, turn: Turn) -> Turn:
        """A turn that staff caused."""
        check_bubbles(turn)
        self.state = turn.next
        self.turns.append(turn)
        return turn


def check(before: Conversation, inbound: Inbound, turn: Turn) -> None:
    """What holds for every step from every state."""
    check_bubbles(turn)
    after = turn.next
    erased = any(isinstance(ask, Erase) for ask in turn.asks)
    assert erased or after.level.rank >= before.level.rank
    assert conversation_from_json(conversation_to_json(after)) == after
    if not inbound.can_answer or inbound.kind in SILENT_KINDS:
        assert turn.says == ()
    elif before.holder is Holder.BOT:
        assert turn.says, (before.stage, inbound)
    elif inbound.kind in (InboundKind.TEXT, InboundKind.STICKER):
        assert all(s.key.startswith(SPOKEN_WHILE_HELD) for s in turn.says), turn.says
    for ask in turn.asks:
        check_ask(before, inbound, turn, ask)


def check_ask(before: Conversation, inbound: Inbound, turn: Turn, ask: object) -> None:
    if isinstance(ask, RequestHandoff):
        assert before.stage is Stage.CONSENT
        assert ask.member_id == before.chosen == turn.next.chosen
        assert ask.items == before.items
        assert turn.next.holder is Holder.STAFF
        assert turn.next.stage is Stage.QUEUED
    if isinstance(ask, Withdraw):
        assert turn.next.chosen == ""
        assert turn.next.holder is Holder.BOT
    if isinstance(ask, PutInTray):
        assert turn.next.in_tray
    assert inbound.can_answer or not isinstance(ask, RequestHandoff)


def check_bubbles(turn: Turn) -> None:
    assert len(turn.says) <= 4
    assert all(not say.choices for say in turn.says[:-1])
    messages = [render(say, turn.next.talk, turn.next.language) for say in turn.says]
    if messages:
        assert limits.faults_in_call(messages) == []
    for say in turn.says:
        assert "該当" not in say.text
        assert "{" not in say.text


def suggested() -> Walk:
    walk = Walk()
    walk.send(Inbound(InboundKind.FOLLOW))
    walk.write("ねむれない", a_worry("mental_health", words=("ねむれない",)), "msg-1")
    return walk


def consenting() -> Walk:
    walk = suggested()
    walk.write("1")
    return walk


def queued() -> Walk:
    walk = consenting()
    walk.write("はい")
    return walk


def talking() -> Walk:
    from bot import notices

    walk = queued()
    walk.take(notices.accepted(walk.state, walk.scene))
    return walk


def in_safety() -> Walk:
    from tests.build import a_danger

    walk = suggested()
    walk.write("あぶない", a_danger())
    return walk


def at(stage: Stage) -> Walk:
    """A talk that got to that stage by real steps."""
    from bot import notices

    walk = Walk()
    if stage is Stage.LISTENING:
        walk.send(Inbound(InboundKind.FOLLOW))
    elif stage is Stage.CLARIFYING:
        walk.send(Inbound(InboundKind.FOLLOW))
        walk.write("つらい", a_worry("mental_health", "work", "poverty", clear=False))
    elif stage in _WALKS:
        walk = _WALKS[stage]()
    elif stage is Stage.ERASING:
        walk = suggested()
        walk.write("消して")
    elif stage in (Stage.SURVEY, Stage.CLOSED):
        walk = talking()
        walk.take(notices.closed(walk.state, walk.scene))
        if stage is Stage.CLOSED:
            walk.write("4")
    assert walk.state.stage is stage
    return walk


_WALKS = {
    Stage.SUGGESTED: suggested,
    Stage.CONSENT: consenting,
    Stage.QUEUED: queued,
    Stage.TALKING: talking,
    Stage.SAFETY: in_safety,
}
