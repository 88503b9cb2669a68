"""Rich menus over HTTP: pictures, the order of links, taps, tabs."""

from __future__ import annotations

from typing import Any

from tests.line_sim.rig import TOKEN, Sim, Sink
from tests.line_sim.test_rich_menus import menu, png


def upload(sim: Sim, menu_id: str, data: bytes, mime: str = "image/png") -> int:
    path = f"/v2/bot/richmenu/{menu_id}/content"
    answer = sim.send("POST", path, data, authorization=f"Bearer {TOKEN}", content_type=mime)
    return answer.status


def create(sim: Sim, **more: Any) -> str:
    menu_id = sim.api("POST", "/richmenu", menu(**more)).json["richMenuId"]
    assert upload(sim, menu_id, png()) == 200
    return str(menu_id)


def test_create_list_get_delete(sim: Sim) -> None:
    menu_id = create(sim)
    assert sim.api("GET", f"/richmenu/{menu_id}").json == {"richMenuId": menu_id} | menu()
    assert len(sim.api("GET", "/richmenu/list").json["richmenus"]) == 1
    assert sim.api("DELETE", f"/richmenu/{menu_id}").status == 200
    assert sim.api("GET", f"/richmenu/{menu_id}").status == 404


def test_pictures_must_fit_and_cannot_be_replaced(sim: Sim) -> None:
    menu_id = sim.api("POST", "/richmenu", menu()).json["richMenuId"]
    assert upload(sim, menu_id, png(800, 300)) == 400
    assert upload(sim, menu_id, b"\x00" * (1024 * 1024 + 1)) == 413
    assert upload(sim, menu_id, b"GIF89a", "image/gif") == 415
    assert sim.api("POST", f"/user/all/richmenu/{menu_id}").status == 400
    assert upload(sim, menu_id, png()) == 200
    assert upload(sim, menu_id, png()) == 400
    assert sim.api("GET", f"/richmenu/{menu_id}/content").data == png()


def test_a_link_beats_the_default_and_a_tap_posts_back(sim: Sim, sink: Sink) -> None:
    phone = sim.phone()
    common, own = create(sim), create(sim, name="own")
    assert sim.api("POST", f"/user/all/richmenu/{common}").status == 200
    assert sim.chat(phone)["rich_menu"]["richMenuId"] == common
    assert sim.api("POST", f"/user/{phone}/richmenu/{own}").status == 200
    assert sim.chat(phone)["rich_menu"]["richMenuId"] == own
    sim.sim("POST", f"/phones/{phone}/tap", {"where": "rich_menu", "label": "相談する"})
    assert sink.events()[0]["postback"] == {"data": "start"}
    sim.api("DELETE", f"/user/{phone}/richmenu")
    assert sim.chat(phone)["rich_menu"]["richMenuId"] == common


def test_linking_a_blocker_has_no_effect(sim: Sim) -> None:
    phone, menu_id = sim.phone(), create(sim)
    sim.sim("POST", f"/phones/{phone}/block")
    assert sim.api("POST", f"/user/{phone}/richmenu/{menu_id}").status == 200
    assert sim.api("GET", f"/user/{phone}/richmenu").status == 404


def test_tabs_switch_by_alias(sim: Sim, sink: Sink) -> None:
    phone, second = sim.phone(), create(sim, name="second")
    switch = {"type": "richmenuswitch", "label": "つぎ", "richMenuAliasId": "two", "data": "tab"}
    areas = [{"bounds": menu()["areas"][0]["bounds"], "action": switch}]
    first = create(sim, areas=areas)
    alias = {"richMenuAliasId": "two", "richMenuId": second}
    assert sim.api("POST", "/richmenu/alias", alias).status == 200
    assert sim.api("POST", "/richmenu/alias", alias).status == 400
    sim.api("POST", f"/user/all/richmenu/{first}")
    sim.sim("POST", f"/phones/{phone}/tap", {"label": "つぎ"})
    params = {"newRichMenuAliasId": "two", "status": "SUCCESS"}
    assert sink.events()[0]["postback"] == {"data": "tab", "params": params}
    assert sim.chat(phone)["rich_menu"]["richMenuId"] == second
