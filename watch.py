"""The operator's door: liveness, readiness and metrics. Numbers only, never words or ids."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from desk.health import database_fault, health
from desk.office import Office


def blueprint(office: Office) -> Blueprint:
    """`GET /healthz`, `/readyz` and `/metrics`."""
    watch = Blueprint("watch", __name__)
    registry = CollectorRegistry()
    registry.register(_Letterbox(office))

    @watch.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @watch.get("/readyz")
    def readyz() -> tuple[Response, int]:
        fault = database_fault(office.database)
        return jsonify(status=fault or "ok"), 503 if fault else 200

    @watch.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return watch


class _Letterbox(Collector):
    """Reads the letterbox afresh at every scrape, so that all processes tell the same."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def collect(self) -> Iterator[Metric]:
        now = datetime.now(UTC)
        try:
            seen = health(self._office.database, now)
        except SQLAlchemyError:
            yield GaugeMetricFamily("genkan_database_up", "The database answers", 0)
            return
        yield GaugeMetricFamily("genkan_database_up", "The database answers", 1)
        yield _by_state("genkan_events", "Inbound events by state", seen.events)
        yield _by_state("genkan_outbox", "Outgoing messages by state", seen.outbox)
        yield GaugeMetricFamily(
            "genkan_oldest_event_seconds",
            "Age of the oldest unhandled event",
            seen.oldest_event_seconds,
        )
        yield GaugeMetricFamily(
            "genkan_escalations_unacknowledged",
            "Raised dangers nobody has acknowledged",
            seen.escalations_unacknowledged,
        )
        for name in ("webhook_bad_signature", "webhook_bad_body"):
            count = seen.counters.get(name, 0)
            yield CounterMetricFamily(f"genkan_{name}", f"Requests refused: {name}", count)


def _by_state(name: str, text: str, counts: dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=["state"])
    for state, count in counts.items():
        family.add_metric([state], count)
    return family
