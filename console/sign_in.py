"""Signing in and out."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from console.door import blueprint, now, office
from console.paths import local_path
from console.wording import left, t
from desk import accounts
from desk.passwords import TooBusy

Page = str | Response | tuple[str, int]


@blueprint.get("/sign-in")
def sign_in() -> Page:
    """The form."""
    return _form()


@blueprint.post("/sign-in")
def let_in() -> Page:
    """Open a session under a new token, whatever the browser held before."""
    email = request.form.get("email", "")
    try:
        token = accounts.sign_in(office(), email, request.form.get("password", ""), now())
    except accounts.SignInRefused:
        return _form(t("sign_in.refused"), email), 401
    except accounts.SignInPaused as paused:
        return _form(t("sign_in.paused", left=left(paused.until)), email), 429
    except TooBusy:
        return _form(t("sign_in.busy"), email), 503
    language = session.get("language", "ja")
    session.clear()
    session["token"], session["language"] = token, language
    return redirect(local_path(request.form.get("next", "")))


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session here and in the database."""
    accounts.sign_out(office(), session.pop("token", ""), now())
    return redirect(url_for("console.sign_in", bye=1))


def _form(error: str = "", email: str = "") -> str:
    wanted = request.values.get("next", "")
    return render_template("console/sign_in.html", error=error, email=email, next=wanted)
