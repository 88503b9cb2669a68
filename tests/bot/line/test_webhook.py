"""LINE's way in: the signature before anything else, 200 only for what is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select, text
from werkzeug.test import TestResponse

from app import create_app
from bot.line.webhook import MOST_BYTES, signature_matches
from desk import schema
from settings import Settings
from store.engine import Database
from store.letterbox import InboundEvent
from store.people import Person
from store.vault import Vault
from tests.houses import kumamoto, make_settings
from tests.letterbox import START

ROOT = Path(__file__).parents[3]
LINE_SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
LINE_BODY = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
LINE_SIGNATURE = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="
SECRET = "test-channel-secret"
Post = Callable[..., TestResponse]


def an_event(event_id: str, who: str = "a", **more: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "webhookEventId": event_id,
        "timestamp": 1_795_000_000_000,
        "source": {"type": "user", "userId": "U" + who * 32},
        "replyToken": f"token-{event_id}",
        "message": {"id": "1", "type": "text", "text": "さびしいです"},
    } | more


def signed(body: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


@pytest.fixture
def app(settings: Settings, database: Database) -> Flask:
    return create_app(settings)


@pytest.fixture
def post(app: Flask) -> Post:
    return poster(app)


def poster(app: Flask) -> Post:
    def send(*events: object, body: bytes | None = None, **headers: str) -> TestResponse:
        raw = json.dumps({"events": events}).encode() if body is None else body
        names = headers or {"X-Line-Signature": signed(raw)}
        names = {name.replace("_", "-"): value for name, value in names.items()}
        return app.test_client().post("/line/webhook", data=raw, headers=names)

    return send


def kept(database: Database) -> list[str]:
    with database.reads() as session:
        return list(session.scalars(select(InboundEvent.event_id).order_by(InboundEvent.seq)))


def test_lines_own_example_matches() -> None:
    assert signature_matches(LINE_SECRET, LINE_BODY, LINE_SIGNATURE)
    assert not signature_matches(LINE_SECRET, LINE_BODY + b" ", LINE_SIGNATURE)
    assert not signature_matches(LINE_SECRET + "x", LINE_BODY, LINE_SIGNATURE)
    for wrong in (None, "", "x", LINE_SIGNATURE[:-1], LINE_SIGNATURE.lower(), "日本", "\udc80"):
        assert not signature_matches(LINE_SECRET, LINE_BODY, wrong)


@pytest.mark.parametrize("name", ["x-line-signature", "X-LINE-SIGNATURE", "X-Line-Signature"])
def test_the_header_counts_in_any_case(post: Post, database: Database, name: str) -> None:
    body = json.dumps({"events": [an_event("01A")]}).encode()
    assert post(body=body, **{name: signed(body)}).status_code == 200
    assert kept(database) == ["01A"]


def test_an_empty_list_is_answered(post: Post, database: Database) -> None:
    assert post().status_code == 200
    assert kept(database) == []


def test_several_people_in_one_body(post: Post, database: Database) -> None:
    assert post(an_event("01A", "a"), an_event("01B", "b"), an_event("01C", "a")).status_code == 200
    assert kept(database) == ["01A", "01B", "01C"]
    with database.reads() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_a_broken_event_does_not_lose_its_neighbours(post: Post, database: Database) -> None:
    strange = [None, 5, {}, an_event("x" * 300), an_event("01S", source=None, timestamp=-5)]
    assert post(an_event("01A"), *strange, an_event("01B", "b")).status_code == 200
    assert {"01A", "01B", "01S"} <= set(kept(database))
    assert len(kept(database)) == 7


def test_repeats_fall_away_at_once_and_later(post: Post, database: Database) -> None:
    event = an_event("01A")
    assert post(event, event).status_code == 200
    again = event | {"deliveryContext": {"isRedelivery": True}}
    assert post(again).status_code == 200
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _n: post(event, an_event("01B")).status_code, range(16)))
    assert set(answers) == {200}
    assert sorted(kept(database)) == ["01A", "01B"]


def test_forged_requests_are_refused_and_counted(
    post: Post, app: Flask, database: Database
) -> None:
    body = json.dumps({"events": [an_event("01A")]}).encode()
    assert post(body=body, X_Line_Signature=signed(body, "another")).status_code == 401
    assert post(body=body, X_Other="1").status_code == 401
    assert kept(database) == []
    wait_for_metric(app, "genkan_webhook_bad_signature_total 2.0")


def test_a_signed_body_that_is_none_is_refused_and_counted(post: Post, app: Flask) -> None:
    assert post(body=b"{").status_code == 400
    wait_for_metric(app, "genkan_webhook_bad_body_total 1.0")


def wait_for_metric(app: Flask, line: str) -> None:
    deadline = time.monotonic() + 8
    while line not in (seen := app.test_client().get("/metrics").text):
        assert time.monotonic() < deadline, seen
        time.sleep(0.1)


def test_too_much_is_refused_before_it_is_read(post: Post, database: Database) -> None:
    body = json.dumps({"events": [an_event("01A", more="x" * MOST_BYTES)]}).encode()
    assert post(body=body).status_code == 413
    assert kept(database) == []


def test_a_body_just_below_the_limit_is_kept(post: Post, database: Database) -> None:
    body = json.dumps({"events": [an_event("01A", more="x" * (MOST_BYTES - 2_000))]}).encode()
    assert post(body=body).status_code == 200
    assert kept(database) == ["01A"]


def test_other_methods_and_paths_are_not_for_line(app: Flask) -> None:
    refused = app.test_client().get("/line/webhook")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "POST")
    assert app.test_client().post("/line/other").status_code in (302, 401, 404)


@pytest.fixture
def quick_app(tmp_path: Path) -> Iterator[tuple[Flask, Path]]:
    """An app on a SQLite file that is not migrated yet."""
    place = tmp_path / "place" / "genkan.db"
    place.parent.mkdir()
    yield create_app(make_settings(f"sqlite:///{place}")), place


def migrate(url: str) -> None:
    chosen = make_settings(url)
    database = Database(chosen.database_url)
    schema.upgrade(database, Vault(chosen.sealing_keys), kumamoto()[0], START)
    database.close()


def test_before_the_first_migration_line_is_asked_to_come_again(
    quick_app: tuple[Flask, Path],
) -> None:
    app, place = quick_app
    post = poster(app)
    assert post(an_event("01A")).status_code == 503
    ready = app.test_client().get("/readyz")
    assert ready.status_code == 503 and "genkan db upgrade" in ready.json["status"]
    migrate(f"sqlite:///{place}")
    assert post(an_event("01A")).status_code == 200
    assert app.test_client().get("/readyz").status_code == 200


def test_a_locked_database_costs_a_second_and_heals_by_itself(
    quick_app: tuple[Flask, Path],
) -> None:
    app, place = quick_app
    migrate(f"sqlite:///{place}")
    post = poster(app)
    assert post(an_event("01A")).status_code == 200
    holder = create_engine(f"sqlite:///{place}", connect_args={"check_same_thread": False})
    with holder.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(4) as threads:
            started = time.monotonic()
            answers = list(threads.map(lambda n: post(an_event(f"01L{n}")).status_code, range(4)))
            assert time.monotonic() - started < 1.2
        assert set(answers) == {503}
        connection.rollback()
    holder.dispose()
    deadline = time.monotonic() + 5
    while post(an_event("01B")).status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    database = Database(f"sqlite:///{place}")
    assert "01B" in kept(database) and len(kept(database)) == len(set(kept(database)))
    database.close()


def test_a_postgresql_that_is_away_costs_less_than_a_second() -> None:
    post = poster(create_app(make_settings("postgresql+psycopg://nobody@127.0.0.1:1/none")))
    for _ in range(2):
        started = time.monotonic()
        assert post(an_event("01A")).status_code == 503
        assert time.monotonic() - started < 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.postgresql
def test_connections_cut_by_a_restart_are_made_anew(
    post: Post, database: Database, settings: Settings
) -> None:
    assert post(an_event("01A")).status_code == 200
    schema_name = settings.database_url.rpartition("%3D")[2]
    with create_engine(settings.database_url).connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND query LIKE '%inbound_event%' "
                "AND datname = current_database() AND state = 'idle' AND :name <> ''"
            ),
            {"name": schema_name},
        )
        engine = connection.engine
    engine.dispose()
    assert post(an_event("01B")).status_code == 200
    assert kept(database) == ["01A", "01B"]


def test_many_at_once_are_all_kept(post: Post, database: Database) -> None:
    def one(number: int) -> int:
        return post(an_event(f"01N{number}", "abcdefgh"[number % 8])).status_code

    with ThreadPoolExecutor(16) as threads:
        assert set(threads.map(one, range(120))) == {200}
    assert len(kept(database)) == 120
    assert threading.active_count() < 40


def test_the_web_process_never_loads_lines_library() -> None:
    program = """
import os, sys
from app import create_app
create_app()
print([name for name in sys.modules if name.partition('.')[0] in ('linebot', 'pydantic')])
"""
    environ = {
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": "sqlite:////nowhere/at/all.db",
        "LINE_CHANNEL_SECRET": "s",
        "LINE_CHANNEL_ACCESS_TOKEN": "t",
        "SECRET_KEY": "a secret key of this house",
        "SEALING_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == "[]"
