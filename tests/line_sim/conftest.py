"""One simulator process and one webhook for the room; each test begins on an empty platform."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.line_sim.rig import Sim, Sink, listening, running


@pytest.fixture(scope="session")
def webhook() -> Iterator[Sink]:
    with listening() as sink:
        yield sink


@pytest.fixture(scope="session")
def process(webhook: Sink) -> Iterator[Sim]:
    with running(webhook.url) as sim:
        yield sim


@pytest.fixture
def sink(webhook: Sink) -> Sink:
    webhook.forget()
    return webhook


@pytest.fixture
def sim(process: Sim, sink: Sink) -> Sim:
    process.sim("POST", "/reset")
    sink.forget()
    return process
