"""Every stage can say again where the talk stands, without moving it."""

import pytest

from bot.conversation import Stage
from bot.dialogue.present import present
from tests.bot.talking import at, check_bubbles


@pytest.mark.parametrize("stage", Stage)
def test_saying_it_again_moves_nothing(stage: Stage) -> None:
    walk = at(stage)
    turn = present(walk.state, walk.scene)
    check_bubbles(turn)
    assert turn.says
    assert turn.asks == ()
    assert turn.next.stage is (Stage.LISTENING if stage is Stage.NEW else stage)
    assert turn.next.chosen == walk.state.chosen
