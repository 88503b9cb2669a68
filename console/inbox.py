"""A member's queue: who waits, who is being looked after, what has ended lately."""

from __future__ import annotations

from flask import Response, render_template

from console.door import blueprint, me, now, office, partial
from desk import queues


@blueprint.get("/inbox")
def inbox() -> str:
    """The whole page."""
    return render_template("console/inbox.html", inbox=_inbox())


@blueprint.get("/inbox/partial")
def inbox_partial() -> Response:
    """Its lists, for the refresh."""
    return partial("console/_inbox.html", inbox=_inbox())


def _inbox() -> queues.Inbox:
    return queues.inbox(office(), me(), now())
