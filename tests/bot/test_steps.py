"""Every stage × every kind of input has a defined answer; random walks keep what must hold."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import notices
from bot.conversation import Escalate, Holder, Inbound, InboundKind, LeaveGroup, Relay, Stage
from bot.dialogue import step
from routing.judgement import Judgement, Level, UrgentKind
from tests.bot.talking import Walk, at, check
from tests.build import a_danger, a_tap, a_text, a_worry

DANGERS = [a_danger(level, kind) for level in list(Level)[1:] for kind in UrgentKind]


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("kind", InboundKind)
@pytest.mark.parametrize("can_answer", [True, False])
def test_every_stage_answers_every_kind(stage: Stage, kind: InboundKind, can_answer: bool) -> None:
    walk = at(stage)
    walk.send(Inbound(kind, text="はなし", message_id="m", can_answer=can_answer))


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("danger", DANGERS)
def test_every_stage_answers_every_danger(stage: Stage, danger: Judgement) -> None:
    walk = at(stage)
    held = walk.state.holder is Holder.STAFF
    turn = walk.write("だれにもみえないことば", danger)
    if danger.urgency.level is Level.EMERGENCY:
        assert [bool(s.cards and s.cards[0].crisis) for s in turn.says] == [True, False]
        assert walk.state.stage is Stage.SAFETY
        assert any(isinstance(a, Escalate) for a in turn.asks)
    elif danger.urgency.level is Level.URGENT and stage not in (Stage.SAFETY,):
        assert turn.says[0].cards[0].crisis
        assert any(isinstance(a, Escalate) for a in turn.asks)
    assert held == any(isinstance(a, Relay) for a in turn.asks)


@pytest.mark.parametrize("stage", Stage)
def test_standby_says_nothing_and_changes_nothing(stage: Stage) -> None:
    walk = at(stage)
    inbound = replace(a_text("はなし"), can_answer=False)
    turn = step(walk.state, inbound, a_danger(), walk.scene)
    assert (turn.next, turn.says, turn.asks) == (walk.state, (), ())


def test_a_group_gets_one_sentence_and_is_left() -> None:
    turn = Walk().send(Inbound(InboundKind.JOINED_GROUP))
    assert len(turn.says) == 1
    assert turn.asks == (LeaveGroup(),)


ACTIONS = [
    "help", "dialed", "withdraw", "erase", "erase:yes", "erase:no", "stop", "resume", "start",
    "gatherings", "cat:poverty", "cat:nowhere", "neither", "pick:m1", "pick:m2", "pick:m9",
    "more", "none", "restart", "finish", "item:worry:off", "item:worry:on", "agree:m1", "back",
    "safe:yes", "safe:no", "safe:go_on", "survey:useful", "survey:skip", "",
]  # fmt: skip
WORDS = [
    "1", "２番", "③", "四", "5", "0", "はい", "いいえ", "もどる", "やめる", "消して", "110",
    "連絡しないで", "だれにも言わないで", "ありがとう", "眠れない夜がつづく", "", "😊",
]  # fmt: skip
JUDGEMENTS = [
    Judgement(),
    a_worry("mental_health"),
    a_worry("mental_health", "work", clear=False),
    a_worry("none"),
    *DANGERS[::4],
    a_danger(Level.URGENT, UrgentKind.VIOLENCE, "dv_women", about_other=True),
]
events = st.one_of(
    st.builds(a_tap, st.sampled_from(ACTIONS), st.sampled_from(["talk-one", "old", ""])).map(
        lambda tap: (tap, Judgement())
    ),
    st.tuples(st.sampled_from(WORDS).map(a_text), st.sampled_from(JUDGEMENTS)),
    st.tuples(
        st.builds(Inbound, st.sampled_from(InboundKind), can_answer=st.booleans()),
        st.just(Judgement()),
    ),
    st.sampled_from(["accepted", "declined", "closed", "menu"]).map(lambda name: (name, None)),
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(Stage), st.lists(events, max_size=30), st.integers(0, 12))
def test_any_walk_keeps_what_must_hold(
    stage: Stage, walked: list[tuple[Inbound | str, Judgement | None]], choice: int
) -> None:
    walk = at(stage)
    for inbound, judgement in walked:
        if isinstance(inbound, Inbound):
            walk.send(inbound, judgement)
        elif inbound == "menu" and walk.state.menu:
            walk.tap(walk.state.menu[choice % len(walk.state.menu)].action)
        elif inbound in ("accepted", "declined") and walk.state.holder is Holder.STAFF:
            walk.take(getattr(notices, inbound)(walk.state, walk.scene))
        elif inbound == "closed" and walk.state.holder is Holder.STAFF:
            level = walk.state.level
            walk.take(notices.closed(walk.state, walk.scene))
            assert walk.state.level is level


def test_check_itself_can_fail() -> None:
    walk = at(Stage.SUGGESTED)
    turn = step(walk.state, a_text("1"), Judgement(), walk.scene)
    with pytest.raises(AssertionError):
        check(walk.state, a_text("1"), replace(turn, says=()))
