"""What operators watch: names that stay, numbers that are right, states in words."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update

import watch
from desk.office import open_office
from desk.post import Result, Verdict
from store.letterbox import InboundEvent
from tests.houses import make_settings
from tests.letterbox import House

NAMES = {
    "genkan_database_up",
    "genkan_events",
    "genkan_outbox",
    "genkan_oldest_event_seconds",
    "genkan_escalations_unacknowledged",
    "genkan_webhook_bad_signature_total",
    "genkan_webhook_bad_body_total",
}


def an_app(office: object) -> Flask:
    app = Flask(__name__)
    app.register_blueprint(watch.blueprint(office))  # type: ignore[arg-type]
    return app


def measured(app: Flask) -> dict[tuple[str, str], float]:
    """Every sample by name and state."""
    answer = app.test_client().get("/metrics")
    assert answer.status_code == 200 and answer.mimetype == "text/plain"
    return {
        (sample.name, sample.labels.get("state", "")): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_the_names_stay_and_the_numbers_are_right(house: House) -> None:
    resident = house.resident()
    resident.says("いま薬をたくさん飲みました")
    house.post.verdicts = [Verdict(Result.REFUSED, 400)]
    resident.says("話をつづける")
    house.keep(resident.text("まだ読まれていない"))
    with house.office.database.sessions.begin() as session:
        waiting = update(InboundEvent).where(InboundEvent.state == "waiting")
        session.execute(waiting.values(accepted_at=house.clock.forward(-3600)))
    seen = measured(an_app(house.office))
    assert {name for name, _ in seen} == NAMES
    assert seen["genkan_database_up", ""] == 1
    assert seen["genkan_events", "done"] == 2 and seen["genkan_events", "waiting"] == 1
    assert seen["genkan_outbox", "sent"] >= 2 and seen["genkan_outbox", "failed"] >= 1
    assert seen["genkan_escalations_unacknowledged", ""] == 1
    assert seen["genkan_webhook_bad_signature_total", ""] == 0


def test_no_word_and_no_id_is_among_them(house: House) -> None:
    resident = house.resident()
    resident.says("さみしくて だれかと話したいです")
    text = an_app(house.office).test_client().get("/metrics").text
    assert resident.line_id not in text and resident.person.id not in text


def test_ready_means_reachable_and_migrated(house: House, tmp_path: Path) -> None:
    client = an_app(house.office).test_client()
    assert (client.get("/readyz").status_code, client.get("/readyz").json) == (
        200,
        {"status": "ok"},
    )
    empty = open_office(make_settings(f"sqlite:///{tmp_path / 'empty.db'}"))
    answer = an_app(empty).test_client().get("/readyz")
    assert answer.status_code == 503 and "run genkan db upgrade" in answer.json["status"]
    empty.database.close()


def test_without_a_database_it_lives_and_says_so() -> None:
    away = open_office(make_settings("postgresql+psycopg://nobody@127.0.0.1:1/none"))
    client = an_app(away).test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "the database does not answer")
    assert "genkan_database_up 0.0" in client.get("/metrics").text
