"""What can be tapped on a phone, and what each action does; events are made in residents.py."""

from __future__ import annotations

from typing import Any

from line_sim.phones import Choice, Phone, bubble_choices, quick_reply_choices
from line_sim.platform import Platform
from line_sim.residents import Done, ResidentError, Residents

Json = dict[str, Any]


class Taps:
    """A resident's finger on buttons, quick replies and menus."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._residents = Residents(platform)

    def tap(self, phone: Phone, choice: Choice, params: Json | None = None) -> Done:
        """Carry out a button's action; `params` answers a date picker."""
        action, kind = choice.action, choice.action.get("type")
        if kind == "postback":
            if action.get("text"):
                self._residents.say(phone, {"type": "text", "text": action["text"]})
            done = self._residents.postback(
                phone, action.get("data", ""), action.get("displayText")
            )
            return Done(done.event, done.bubble, _input_effect(action))
        if kind == "message":
            return self._residents.say(phone, {"type": "text", "text": action["text"]})
        if kind == "datetimepicker":
            return self._pick(phone, action, params)
        if kind == "richmenuswitch":
            return self._switch_menu(phone, action)
        return Done(effect=_local_effect(action))

    def choices(self, phone: Phone) -> list[Choice]:
        """Everything that can be tapped now: quick replies, the menu, bubbles newest first."""
        found = [] if phone.pc_view else quick_reply_choices(phone) + self._menu_choices(phone)
        for bubble in reversed(phone.bubbles):
            found += bubble_choices(bubble)
        return found

    def _pick(self, phone: Phone, action: Json, params: Json | None) -> Done:
        mode = action.get("mode", "date")
        if not params or mode not in params:
            raise ResidentError(f'a date picker needs params, such as {{"{mode}": "…"}}')
        return self._residents.postback(
            phone, action.get("data", ""), params={mode: str(params[mode])}
        )

    def _switch_menu(self, phone: Phone, action: Json) -> Done:
        alias = action["richMenuAliasId"]
        with self._platform.lock:
            menu_id = self._platform.menus.aliases.get(alias)
            if menu_id is not None:
                phone.rich_menu_id = menu_id
        status = "SUCCESS" if menu_id else "RICHMENU_ALIAS_ID_NOTFOUND"
        params = {"newRichMenuAliasId": alias, "status": status}
        return self._residents.postback(phone, action.get("data", ""), params=params)

    def _menu_choices(self, phone: Phone) -> list[Choice]:
        menu = self._platform.menus.shown(phone.rich_menu_id) or {"areas": []}
        actions = [area["action"] for area in menu["areas"]]
        return [Choice(action.get("label", ""), action, "rich_menu") for action in actions]


def _input_effect(action: Json) -> Json | None:
    option = action.get("inputOption")
    return {"input": option, "fill_in": action.get("fillInText", "")} if option else None


def _local_effect(action: Json) -> Json:
    """What a tap does on the phone alone: nothing reaches the account."""
    kind = action.get("type")
    if kind == "uri":
        return {"opened": action["uri"], "on_pc": (action.get("altUri") or {}).get("desktop")}
    if kind == "clipboard":
        return {"copied": action["clipboardText"]}
    return {"opened": kind}
