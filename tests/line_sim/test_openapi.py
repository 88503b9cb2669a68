"""The simulator against LINE's own OpenAPI files: events, answers, error bodies."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from line_sim.config import SimConfig
from line_sim.server import create_app
from tests.line_sim.rig import KEY, ROOT, Sim, Sink, text
from tests.line_sim.schemas import Schemas
from tests.line_sim.test_rich_menu_api import create


@pytest.fixture(scope="module")
def openapi_dir() -> Path:
    place = Path(os.environ.get("LINE_OPENAPI_DIR") or ROOT.parent / "shared" / "line-openapi")
    if not (place / "messaging-api.yml").exists():
        pytest.skip("no LINE OpenAPI files: set LINE_OPENAPI_DIR")  # published by LINE, not ours
    return place


@pytest.fixture(scope="module")
def api(openapi_dir: Path) -> Schemas:
    return Schemas(openapi_dir / "messaging-api.yml")


@pytest.fixture(scope="module")
def hooks(openapi_dir: Path) -> Schemas:
    return Schemas(openapi_dir / "webhook.yml")


def test_the_schemas_can_refuse(hooks: Schemas) -> None:
    event = {"type": "follow", "timestamp": 1, "mode": "active", "webhookEventId": "x"}
    event |= {"deliveryContext": {"isRedelivery": False}, "replyToken": "t"}
    body = {"destination": "U" + "0" * 32, "events": [event]}
    assert "'follow' is a required property" in " ".join(hooks.faults("CallbackRequest", body))


def test_every_event_fits(sim: Sim, sink: Sink, hooks: Schemas) -> None:
    phone = sim.phone()
    kinds = ("text", "sticker", "image", "video", "audio", "file", "location")
    ids = [
        sim.sim("POST", f"/phones/{phone}/{kind}", {"text": "x"})["bubble"]["id"] for kind in kinds
    ]
    sim.sim("POST", f"/phones/{phone}/postback", {"data": "x", "params": {"date": "2026-01-01"}})
    sim.sim("POST", f"/phones/{phone}/unsend", {"message_id": ids[0]})
    for act in ("block", "follow"):
        sim.sim("POST", f"/phones/{phone}/{act}")
    group = sim.sim("POST", "/groups", {"members": [phone]})["group_id"]
    sim.sim("POST", f"/groups/{group}/text", {"user_id": phone, "text": "x"})
    hits = sink.wait(len(kinds) + 6)
    faults = [fault for hit in hits for fault in _faults(hooks, hit.body)]
    assert faults == []


def _faults(hooks: Schemas, body: bytes) -> list[str]:
    return hooks.faults("CallbackRequest", json.loads(body))


def test_every_answer_fits(sim: Sim, api: Schemas) -> None:
    phone = sim.phone()
    sim.say(phone)
    menu = create(sim)
    sim.api("POST", f"/user/all/richmenu/{menu}")
    member = sim.phone()
    group = sim.sim("POST", "/groups", {"members": [member]})["group_id"]
    reads = {
        "/v2/bot/info": {},
        "/v2/bot/profile/{userId}": {"userId": phone},
        "/v2/bot/message/quota": {},
        "/v2/bot/message/quota/consumption": {},
        "/v2/bot/followers/ids": {},
        "/v2/bot/channel/webhook/endpoint": {},
        "/v2/bot/richmenu/list": {},
        "/v2/bot/richmenu/alias/list": {},
        "/v2/bot/richmenu/{richMenuId}": {"richMenuId": menu},
        "/v2/bot/user/all/richmenu": {},
        "/v2/bot/group/{groupId}/summary": {"groupId": group},
        "/v2/bot/group/{groupId}/members/count": {"groupId": group},
        "/v2/bot/group/{groupId}/member/{userId}": {"groupId": group, "userId": member},
    }
    faults = {path: _read_faults(sim, api, path, fields) for path, fields in reads.items()}
    assert {path: found for path, found in faults.items() if found} == {}


def _read_faults(sim: Sim, api: Schemas, path: str, fields: dict[str, str]) -> list[str]:
    answer = sim.api("GET", path.removeprefix("/v2/bot").format(**fields))
    name = api.response(path, "get", 200)
    assert (answer.status, name is not None) == (200, True), (path, answer)
    return api.faults(str(name), answer.json)


def test_sends_and_refusals_fit(sim: Sim, api: Schemas) -> None:
    phone = sim.phone()
    answers: list[tuple[str, Any]] = [
        ("reply", sim.reply(sim.token(phone))),
        ("reply", sim.reply("used")),
        ("push", sim.push(phone, key=KEY)),
        ("push", sim.push(phone, key=KEY)),
        ("push", sim.push(phone, text(""))),
        ("push", sim.push("U" + "0" * 32)),
    ]
    sim.sim("POST", "/quota", {"limit": 0})
    answers.append(("push", sim.push(phone)))
    assert [answer.status for _, answer in answers] == [200, 400, 200, 409, 400, 400, 429]
    for name, answer in answers:
        schema = api.response(f"/v2/bot/message/{name}", "post", answer.status)
        assert schema is not None
        assert api.faults(schema, answer.json) == []


def test_every_served_path_is_one_of_lines(api: Schemas) -> None:
    known = {(_shape(path), method) for path, item in api.paths.items() for method in item}
    app = create_app(SimConfig("secret", "token"))
    served = {
        (_shape(rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/v2/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served - known == set()
    assert len(served) >= 40


def _shape(path: str) -> str:
    return re.sub(r"[{<][^}>]+[}>]", "*", path)
