"""The first page after signing in, and the choice of language."""

from __future__ import annotations

from flask import g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from console.door import blueprint, me
from console.paths import local_path
from console.wording import LANGUAGES
from desk.accounts import Role

_FIRST = {
    Role.STAFF: "console.inbox",
    Role.LEAD: "console.inbox",
    Role.COORDINATOR: "console.board",
    Role.COUNCIL: "console.monitor",
    Role.MONITOR: "console.monitor",
    Role.EDITOR: "console.members",
    Role.OPERATOR: "console.operation",
}


@blueprint.get("/")
def home() -> Response:
    """Everybody begins where their work is."""
    return redirect(url_for(_FIRST[me().role]))


@blueprint.post("/language")
def choose_language() -> Response:
    """Remember the language in this browser and stay where one was."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
    g.personal = True
    return redirect(local_path(request.form.get("next", "")))
