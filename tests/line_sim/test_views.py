"""What the screen reads: quotes, contents, PC view."""

from __future__ import annotations

from line_sim.config import SimConfig
from line_sim.phones import Bubble, Phone
from line_sim.platform import Platform
from line_sim.views import chat_view


def test_a_chat_tells_quotes_and_contents_and_hides_replies_on_a_pc() -> None:
    platform = Platform(SimConfig("secret", "token"))
    action = {"type": "message", "label": "あ", "text": "あ"}
    asked = {"type": "text", "text": "?", "quickReply": {"items": [{"action": action}]}}
    quoting = asked | {"quoteToken": "q"}
    phone = Phone("U1", name="はな")
    phone.bubbles = [
        Bubble("1", "resident", {"type": "image"}, 0, quote_token="q"),
        Bubble("2", "account", quoting, 0, last_of_send=True),
    ]
    platform.contents["1"] = (b"abc", "image/png")
    view = chat_view(platform, phone)
    assert view["bubbles"][0]["content"] == {"mime": "image/png", "bytes": 3}
    assert view["bubbles"][1]["quoted"]["id"] == "1"
    assert [each["action"] for each in view["quick_replies"]] == [action]
    phone.pc_view = True
    assert chat_view(platform, phone)["quick_replies"] == []
