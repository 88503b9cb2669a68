"""The simulator's web application: LINE's API, the control API and the screen in one process."""

from __future__ import annotations

import os

from flask import Flask, Response, jsonify, render_template

from line_sim.config import SimConfig
from line_sim.control import control
from line_sim.messaging_api import messaging_api
from line_sim.platform import Platform

POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"


def create_app(config: SimConfig | None = None) -> Flask:
    """The simulator for one channel; without `config` its settings come from the environment."""
    app = Flask(__name__)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the panel keeps its order
    platform = Platform(config or SimConfig.from_env(os.environ))
    app.extensions["line_platform"] = platform
    app.register_blueprint(messaging_api(platform))
    app.register_blueprint(control(platform))
    app.add_url_rule("/", "screen", _screen)
    app.add_url_rule("/healthz", "healthz", lambda: jsonify({"ok": True}))
    app.register_error_handler(404, _not_found)
    app.register_error_handler(405, _not_found)
    app.after_request(_guard)
    return app


def _screen() -> str:
    return render_template("screen.html")


def _not_found(_error: Exception) -> tuple[Response, int]:
    return jsonify({"message": "Not found"}), 404


def _guard(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    if response.mimetype == "application/json":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
