"""The console on a real database, and clients that are already signed in."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import console
from desk.accounts import Staff
from desk.office import Office
from store.accounts import StaffSession


class Browser(FlaskClient):
    """A client that, like a browser, posts with the form token of the page it has seen."""

    def send(self, path: str, *, seen: str = "/members", **fields: str) -> TestResponse:
        """POST a form whose token stands on the page `seen`."""
        return self.post(path, data={"csrf_token": self.token(seen), **fields})

    def token(self, seen: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(seen).text)
        assert found, f"{seen} has no form token"
        return found[1]


@pytest.fixture
def app(office: Office) -> Flask:
    """The console alone, without the other doors."""
    app = Flask("console-test", static_folder=None)
    app.test_client_class = Browser
    console.register(app, office)
    return app


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Nobody has signed in."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def enter(app: Flask, office: Office) -> Callable[[Staff], Browser]:
    """A browser in which that person has signed in just now."""

    def as_person(staff: Staff) -> Browser:
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        digest = hashlib.sha256(token.encode()).hexdigest()
        with office.database.sessions.begin() as session:
            session.add(
                StaffSession(
                    token_sha256=digest, account_id=staff.account_id, created_at=now, seen_at=now
                )
            )
        client = app.test_client()
        with client.session_transaction() as kept:
            kept["token"] = token
        return client  # type: ignore[return-value]

    return as_person
