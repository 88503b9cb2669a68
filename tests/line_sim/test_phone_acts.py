"""Acts of a phone through the control API."""

from __future__ import annotations

import base64

import pytest

from tests.line_sim.rig import Sim, Sink


@pytest.mark.parametrize("kind", ["sticker", "image", "video", "audio", "file", "location"])
def test_other_kinds_of_message(sim: Sim, sink: Sink, kind: str) -> None:
    done = sim.sim("POST", f"/phones/{sim.phone()}/{kind}")
    (event,) = sink.events()
    assert event == done["event"]
    assert event["message"]["type"] == kind


def test_bytes_of_ones_own(sim: Sim) -> None:
    phone = sim.phone()
    body = {"base64": base64.b64encode(b"notes").decode(), "name": "memo.txt"}
    done = sim.sim("POST", f"/phones/{phone}/file", body)
    assert done["event"]["message"]["fileName"] == "memo.txt"
    assert done["event"]["message"]["fileSize"] == 5
    refused = sim.sim("POST", f"/phones/{phone}/file", {"base64": "%%"}, expect=400)
    assert refused["error"] == "base64 is malformed"
