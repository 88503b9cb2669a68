"""Kind pages for everything that goes wrong, in the browser's language, with nothing lost."""

from __future__ import annotations

from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from console.wording import t
from desk.access import CaseMoved, CaseUnseen
from routing.case import OPEN

_KNOWN = {400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503}


def answer_kindly(app: Flask) -> None:
    """Register the pages. Other doors' own answers (JSON, plain) stay as they are."""
    app.register_error_handler(CSRFError, _old_page)
    app.register_error_handler(CaseUnseen, lambda _error: _page(404))
    app.register_error_handler(CaseMoved, _moved)
    app.register_error_handler(HTTPException, _http)


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    if error.response is not None or request.blueprint not in (None, "console"):
        return error
    code = error.code or 500
    return _page(code if code in _KNOWN else 500)


def _old_page(_error: CSRFError) -> tuple[str, int]:
    return _page(400)


def _moved(moved: CaseMoved) -> tuple[str, int]:
    if moved.status in OPEN and moved.holder:
        return _page(409, t("error.409.taken", name=moved.holder))
    if moved.status in OPEN:
        return _page(409, t("error.409.not_taken"))
    return _page(409, t("error.409.ended"))


def _page(code: int, text: str = "") -> tuple[str, int]:
    """The page; what somebody had written into a form is shown again, so that it can be kept."""
    g.personal = True
    g.setdefault("staff", None)
    return (
        render_template(
            "console/error.html",
            code=code,
            text=text or t(f"error.{code}.text"),
            words=request.form.get("words", "") if code != 413 else "",
        ),
        code,
    )
