"""The risk board of the coordinating body, the tray, and who is on duty."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from console.door import blueprint, me, now, office, partial
from console.wording import t
from desk import duty
from desk.escalations import Board
from desk.escalations import board as read_board

_HOURS_OFFERED = 12


@blueprint.get("/board")
def board() -> str:
    """The whole page."""
    return render_template("console/board.html", board=_board(), ends=_ends(), moment=now())


@blueprint.get("/board/partial")
def board_partial() -> Response:
    """Everything but the duty form, for the refresh."""
    return partial("console/_board.html", board=_board(), moment=now())


@blueprint.post("/board/duty")
def go_on_duty() -> AnyResponse:
    """Watch the board until the chosen hour."""
    try:
        until = datetime.fromisoformat(request.form.get("until", ""))
        duty.go_on_duty(office(), me(), until.astimezone(UTC), now())
        flash(t("board.duty.begun"))
    except ValueError:
        flash(t("board.duty.refused"), "error")
    return redirect(url_for("console.board"))


@blueprint.post("/board/duty/end")
def go_off_duty() -> AnyResponse:
    """Stop watching."""
    duty.go_off_duty(office(), me(), now())
    flash(t("board.duty.ended"))
    return redirect(url_for("console.board"))


def _board() -> Board:
    return read_board(office(), me(), now())


def _ends() -> list[datetime]:
    """The next full hours at which a duty may end."""
    hour = now().replace(minute=0, second=0, microsecond=0)
    first = 1 if now().minute < 45 else 2
    return [hour + timedelta(hours=n) for n in range(first, first + _HOURS_OFFERED)]
