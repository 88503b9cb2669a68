"""What every screen reaches for: the blueprint, the office, the clock, the person signed in."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import generate_csrf

from desk.accounts import Staff
from desk.office import Office

blueprint = Blueprint(
    "console",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static",
)


def office() -> Office:
    """The office this app was built on."""
    found: Office = current_app.extensions["genkan.office"]
    return found


def now() -> datetime:
    """The time of this request, read once."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    moment: datetime = g.now
    return moment


def me() -> Staff:
    """The person signed in; the guard has let nobody else come this far."""
    staff: Staff = g.staff
    return staff


def partial(template: str, **values: object) -> Response:
    """A part of a page for its refresh: 304 when the browser holds the same already.

    The form token differs every time without meaning anything, so it does not count.
    """
    body = render_template(template, **values)
    steady = body.replace(generate_csrf(), "")
    response = make_response(body)
    response.set_etag(hashlib.sha256(steady.encode()).hexdigest()[:32])
    return response.make_conditional(request)  # type: ignore[return-value]
