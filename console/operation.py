"""For operators: what is stuck, what did not arrive, how old the oldest unhandled event is."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from console.door import blueprint, me, now, office
from console.wording import t
from desk.health import health
from desk.set_aside import NotSetAside, troubles
from desk.set_aside import try_again as put_back


@blueprint.get("/operation")
def operation() -> str:
    """Ids, states, error classes and times; never words."""
    return render_template(
        "console/operation.html",
        troubles=troubles(office()),
        health=health(office().database, now()),
    )


@blueprint.post("/operation/events/<int:seq>/retry")
def try_again(seq: int) -> Response:
    """Put an event that was set aside back into its lane."""
    try:
        put_back(office(), me(), seq, now())
    except NotSetAside:
        abort(404)
    flash(t("operation.tried_again"))
    return redirect(url_for("console.operation"))
