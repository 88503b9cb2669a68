"""Bodies of control requests: JSON only, and errors that name the field."""

from __future__ import annotations

from tests.line_sim.rig import Sim


def test_only_json_changes_anything(sim: Sim) -> None:
    """A page of another site can send a form, but not JSON."""
    answer = sim.send("POST", "/sim/reset", b"a=1", content_type="text/plain")
    assert answer.status == 415


def test_a_phone_needs_words_to_send(sim: Sim) -> None:
    answer = sim.sim("POST", f"/phones/{sim.phone()}/text", {}, expect=400)
    assert answer["error"] == "text is missing"


def test_a_list_is_no_body_and_a_flag_is_no_word(sim: Sim) -> None:
    answer = sim.send("POST", "/sim/phones", b"[]", content_type="application/json")
    assert (answer.status, answer.json["error"]) == (400, "the body must be a JSON object")
    refused = sim.sim("POST", "/phones", {"friend": "yes"}, expect=400)
    assert refused["error"] == "friend must be true or false"
