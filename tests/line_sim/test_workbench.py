"""State by version, reset, counters and clock from outside."""

from __future__ import annotations

from tests.line_sim.rig import Sim


def test_state_brings_only_what_changed(sim: Sim) -> None:
    quiet, busy = sim.phone(), sim.phone()
    version = sim.sim("GET", "/state")["version"]
    unchanged = sim.sim("GET", f"/state?since={version}")
    assert unchanged["chats"] == []
    assert "calls" not in unchanged
    sim.push(busy)
    changed = sim.sim("GET", f"/state?since={version}")
    assert [each["phone"]["user_id"] for each in changed["chats"]] == [busy]
    assert {each["user_id"] for each in changed["phones"]} == {quiet, busy}


def test_reset_empties_everything(sim: Sim) -> None:
    sim.push(sim.phone())
    sim.sim("PUT", "/faults", {"api": {"error_500": {"probability": 1}}})
    sim.sim("POST", "/clock", {"advance_seconds": 99})
    sim.sim("POST", "/reset")
    state = sim.sim("GET", "/state")
    assert (state["phones"], state["calls"], state["counters"]["billed"]) == ([], [], 0)
    assert state["faults"]["api"]["error_500"]["probability"] == 0
    assert state["settings"]["clock_offset_ms"] == 0
