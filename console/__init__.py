"""The console's door: staff, coordinators, monitors, editors and operators work here.

It translates between HTML and the desk: it reads the clock, it never writes a row and never
decides. Who may open a screen stands in `console.guard` as data.
"""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from desk.office import Office


def register(app: Flask, office: Office) -> None:
    """Hang the console's screens, guard, error pages and headers onto the app."""
    from console import (
        board,
        case,
        errors,
        home,
        inbox,
        judgement,
        members,
        monitor,
        operation,
        sign_in,
    )
    from console.door import blueprint
    from console.guard import check
    from console.headers import harden
    from console.wording import equip

    screens = (board, case, home, inbox, judgement, members, monitor, operation, sign_in)
    app.extensions["genkan.office"] = office
    app.config.update(
        SECRET_KEY=office.settings.secret_key,
        SESSION_COOKIE_NAME="genkan",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=office.settings.secure_cookies,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    CSRFProtect(app)
    equip(app)
    errors.answer_kindly(app)
    app.after_request(harden)
    if not blueprint.before_request_funcs:
        blueprint.before_request(check)
    app.register_blueprint(blueprint)
    app.extensions["genkan.screens"] = tuple(screen.__name__ for screen in screens)
