"""Who may open which screen, as data, and the check that stands before every screen."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from console.door import now, office
from desk.accounts import MEMBER_ROLES, Role, Staff, whoami

PUBLIC: frozenset[Role] = frozenset()
"""Open without signing in."""
_EVERYBODY = frozenset(Role)
_CASES = MEMBER_ROLES | {Role.COORDINATOR}
_BODY = frozenset({Role.COORDINATOR})
_FIGURES = frozenset({Role.MONITOR, Role.COUNCIL, Role.COORDINATOR})
_OPERATION = frozenset({Role.OPERATOR})
_JUDGEMENT = frozenset({Role.EDITOR, Role.COORDINATOR, Role.OPERATOR})

SCREENS: Mapping[str, frozenset[Role]] = {
    "console.static": PUBLIC,
    "console.sign_in": PUBLIC,
    "console.let_in": PUBLIC,
    "console.choose_language": PUBLIC,
    "console.sign_out": _EVERYBODY,
    "console.home": _EVERYBODY,
    "console.members": _EVERYBODY,
    "console.inbox": MEMBER_ROLES,
    "console.inbox_partial": MEMBER_ROLES,
    "console.case": _CASES,
    "console.case_partial": _CASES,
    "console.accept": _CASES,
    "console.decline": MEMBER_ROLES,
    "console.answer": _CASES,
    "console.close": _CASES,
    "console.board": _BODY,
    "console.board_partial": _BODY,
    "console.go_on_duty": _BODY,
    "console.go_off_duty": _BODY,
    "console.monitor": _FIGURES,
    "console.judgement": _JUDGEMENT,
    "console.judge": _JUDGEMENT,
    "console.operation": _OPERATION,
    "console.try_again": _OPERATION,
}
"""Endpoint → roles. A screen that is not in here is refused to everybody."""


def may_open(endpoint: str, role: Role) -> bool:
    """Whether a person with that role may open the screen."""
    return role in SCREENS.get(endpoint, PUBLIC)


def check() -> Response | None:
    """Refuse what is not declared (404), send strangers to the sign-in, hide other roles' screens.

    A screen of another role answers exactly as one that does not exist.
    """
    endpoint = request.endpoint or ""
    if endpoint not in SCREENS:
        abort(404)
    if _holds_nul():
        abort(400)
    roles = SCREENS[endpoint]
    g.staff = _person() if endpoint != "console.static" else None
    if roles != PUBLIC:
        if g.staff is None:
            return _to_sign_in()
        g.signed_in = True
        if g.staff.role not in roles:
            abort(404)
    if request.method not in {"GET", "HEAD", "OPTIONS"}:
        current_app.extensions["csrf"].protect()
    return None


def _holds_nul() -> bool:
    """No browser sends NUL and PostgreSQL takes none in a text: an attempt, refused as one."""
    values = (value for _, value in request.values.items(multi=True))
    return any("\x00" in value for value in (request.path, *values))


def _person() -> Staff | None:
    token = session.get("token")
    return whoami(office(), token, now(), active=not is_refresh()) if token else None


def is_refresh() -> bool:
    """True for requests the page makes by itself."""
    return (request.endpoint or "").endswith("_partial")


def _to_sign_in() -> Response:
    if is_refresh() or request.method == "POST":
        abort(401)
    return redirect(url_for("console.sign_in", next=request.full_path.rstrip("?")))
