"""The web door: builds the Flask app from settings, and the `genkan` command group."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime

import click
from flask import Flask
from flask.cli import FlaskGroup

from cli import command_names, find_command
from settings import Settings

_COMMIT_WITHIN = 0.8
"""Seconds. LINE waits two and sends again what was answered with 503."""


def create_app(settings: Settings | None = None) -> Flask:
    """The whole web side. Everything slow is imported here: ready means imported."""
    import console
    import watch
    from bot.line import webhook
    from desk.arrivals import Arrivals
    from desk.bounded import Bounded
    from desk.counters import Counters
    from desk.intake import Intake
    from desk.office import open_office

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    office = open_office(settings or Settings.from_env(os.environ))
    app = Flask("genkan", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = webhook.MOST_BYTES
    app.register_blueprint(watch.blueprint(office))
    console.register(app, office)
    write = Bounded(Arrivals(office).write, _COMMIT_WITHIN)
    intake = Intake(write, office.ring, lambda: datetime.now(UTC))
    secret, counters = office.settings.line_channel_secret, Counters(office.database)
    app.wsgi_app = webhook.Webhook(app.wsgi_app, secret, intake, counters)  # type: ignore[method-assign]
    return app


class _Commands(FlaskGroup):
    """`genkan …`: our commands, found by name without building the web side."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return command_names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return find_command(cmd_name)


cli = _Commands(name="genkan", create_app=create_app, add_default_commands=False, load_dotenv=False)
