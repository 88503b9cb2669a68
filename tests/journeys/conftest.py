"""One street per kind of database for all journeys; its logs come with a failure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.houses import fresh_schema
from tests.journeys.street import ROOT, Phone, Street
from tests.line_sim.schemas import Schemas

_OPEN: list[Street] = []
KINDS = [
    "sqlite",
    pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.redis]),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@contextmanager
def open_street(kind: str, request: pytest.FixtureRequest, place: Path) -> Iterator[Street]:
    """SQLite without Redis, or PostgreSQL with Redis and two workers."""
    with ExitStack() as stack:
        if kind == "sqlite":
            street = Street(place, f"sqlite:///{place / 'genkan.db'}")
        else:
            url = stack.enter_context(fresh_schema(request.getfixturevalue("postgresql_url")))
            street = Street(place, url, request.getfixturevalue("redis_url"))
        _OPEN.append(street)
        stack.callback(_OPEN.remove, street)
        stack.callback(street.close)
        street.open()
        yield street


@pytest.fixture(scope="session", params=KINDS)
def street(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Street]:
    """The street that journeys share; each walks with phones of its own."""
    place = tmp_path_factory.mktemp(f"street-{request.param}")
    with open_street(request.param, request, place) as street:
        yield street
        faults = list(faults_of_calls(street))
        assert faults == [], "calls that break LINE's rules or its OpenAPI file"


def faults_of_calls(street: Street) -> Iterator[str]:
    """Every call made on the street: taken by LINE's limits, and fit for its OpenAPI file."""
    published = Path(os.environ.get("LINE_OPENAPI_DIR") or ROOT.parent / "shared" / "line-openapi")
    spec = published / "messaging-api.yml"
    schemas = Schemas(spec) if spec.exists() else None
    for call in street.sim.calls():
        refused = 400 <= call["status"] < 500 and call["status"] not in (409, 429)
        if refused and (call["error"] or {}).get("message") != "Invalid reply token":
            yield f"{call['endpoint']}: {call['status']} {call['error']}"
        if schemas is not None:
            for message in call["messages"]:
                yield from schemas.faults("Message", message)


@pytest.fixture
def phone(street: Street) -> Phone:
    """A phone whose resident has not added the account yet."""
    return street.sim.phone(friend=False)


@pytest.fixture(autouse=True)
def calm(request: pytest.FixtureRequest) -> Iterator[None]:
    """Faults and delivery settings of one journey never reach the next."""
    yield
    for street in _OPEN:
        if street.simulator.running:
            street.sim.do("/faults/reset")
            street.sim.do("/settings", "PUT", redelivery=False, hold=False, mode="active")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.failed:  # type: ignore[attr-defined]
        for street in _OPEN:
            for child in street.children:
                report.sections.append(  # type: ignore[attr-defined]
                    (f"end of {child.log.name}", child.last_lines(30))
                )
    return report  # type: ignore[return-value]
