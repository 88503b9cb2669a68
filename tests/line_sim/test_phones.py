"""Phones: who is reached, what can be tapped."""

from __future__ import annotations

from line_sim.phones import WEEK_MS, Bubble, Group, Phone, bubble_choices


def test_who_is_reached() -> None:
    assert Phone("U1").reachable(0)
    assert not Phone("U1", blocked=True).reachable(0)
    stranger = Phone("U1", friend=False)
    assert not stranger.reachable(0)
    stranger.last_wrote_ms = 0
    assert stranger.reachable(WEEK_MS)
    assert not stranger.reachable(WEEK_MS + 1)


def test_groups_and_rooms_are_told_apart() -> None:
    assert (Group("C1").kind, Group("R1").kind) == ("group", "room")


def test_choices_come_in_reading_order_with_visible_words() -> None:
    def postback(label: str) -> dict[str, str]:
        return {"type": "postback", "label": label, "data": label}

    silent = {"type": "uri", "uri": "tel:119"}
    body = [{"type": "text", "text": "119番", "action": silent}]
    footer = [{"type": "button", "action": postback(label)} for label in ("はい", "いいえ")]
    contents = {
        "type": "bubble",
        "body": {"type": "box", "layout": "vertical", "contents": body},
        "footer": {"type": "box", "layout": "vertical", "contents": footer},
    }
    bubble = Bubble("1", "account", {"type": "flex", "contents": contents}, 0)
    assert [each.label for each in bubble_choices(bubble)] == ["119番", "はい", "いいえ"]
    assert bubble_choices(Bubble("2", "resident", bubble.message, 0)) == []


def test_an_unsent_bubble_shows_nothing_of_its_words() -> None:
    bubble = Bubble("1", "resident", {"type": "text", "text": "ひみつ"}, 0, unsent=True)
    assert "ひみつ" not in str(bubble.as_json())
