"""The fault panel's dice."""

from __future__ import annotations

from line_sim.faults import FaultPanel


def struck(panel: FaultPanel, calls: int) -> list[bool]:
    return ["error_500" in panel.api_strikes("push") for _ in range(calls)]


def test_the_next_calls_and_no_more() -> None:
    panel = FaultPanel()
    panel.set("api", "error_500", {"next": 2})
    assert struck(panel, 4) == [True, True, False, False]


def test_chance_repeats_with_its_seed() -> None:
    panel = FaultPanel(seed=7)
    panel.set("api", "error_500", {"probability": 0.5})
    first = struck(panel, 50)
    panel.reset(seed=7)
    panel.set("api", "error_500", {"probability": 0.5})
    assert struck(panel, 50) == first
    assert 10 < sum(first) < 40


def test_at_most_one_fault_besides_the_delay() -> None:
    panel = FaultPanel()
    for name in ("delay", "rate_429", "error_500"):
        panel.set("api", name, {"probability": 1})
    assert list(panel.api_strikes("push")) == ["delay", "rate_429"]


def test_webhook_faults_combine() -> None:
    panel = FaultPanel()
    for name in ("delay", "duplicate"):
        panel.set("webhook", name, {"next": 1})
    assert set(panel.webhook_strikes()) == {"delay", "duplicate"}
    assert panel.webhook_strikes() == {}
