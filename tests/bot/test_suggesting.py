"""Pages of members: reasons, more, none of them; never a dead end."""

from bot.conversation import PutInTray, Stage
from routing.judgement import Level, MemberState, UrgentKind
from tests.bot.talking import Walk, at
from tests.build import DIRECTORY, a_danger, a_scene, a_worry

UNCLEAR = a_worry("mental_health", "work", "poverty", clear=False)


def test_more_pages_on_and_ends_kindly() -> None:
    walk = at(Stage.SUGGESTED)
    first = walk.state.offered
    walk.write("ほかを見る")
    assert not {*first} & {*walk.state.offered}
    ended = walk.write("4")
    assert ended.says[-1].key == "suggest.ended"
    back = walk.write("はじめから見る")
    assert back.next.offered == first


def test_none_of_them_asks_the_tray_once() -> None:
    walk = at(Stage.SUGGESTED)
    assert walk.write("どれもちがう").asks == (PutInTray("none_fits"),)
    assert walk.write("はじめから見る").next.offered
    again = walk.write("5")
    assert again.asks == ()
    assert again.says[-1].key == "tray.already"


def test_nobody_left_is_not_the_end() -> None:
    paused = {m: MemberState(m, paused=True) for m in DIRECTORY.members}
    walk = Walk(scene=a_scene(members=paused))
    turn = walk.write("お金がない", a_worry("poverty"))
    assert turn.asks == (PutInTray("unmatched"),)
    assert "110" in turn.says[-1].text


def test_only_what_is_known_is_shown() -> None:
    walk = Walk(scene=a_scene())
    turn = walk.write("お金がない", a_worry("poverty", words=("お" * 40,)))
    (card,) = turn.says[1].cards
    assert card.lines == (
        "暮らしとお金の相談",
        "ことば：日本語、英語、th",
        "地域：市内",
        "時間：平日の昼",
        "お金：無料",
    )
    assert "確認中" not in card.note
    assert "…" in card.note


def test_in_danger_those_who_deal_with_it_come_first() -> None:
    walk = at(Stage.LISTENING)
    walk.write("つらい", a_danger(Level.CONCERN, UrgentKind.VIOLENCE, "work"))
    assert walk.state.offered[0] == "m6"
    assert walk.state.categories == ("work",)


def test_a_full_member_is_told_kindly() -> None:
    walk = at(Stage.SUGGESTED)
    first = walk.state.offered[0]
    walk.scene = a_scene(members={first: MemberState(first, capacity=0)})
    assert walk.write("1").says[0].key == "suggest.busy"
