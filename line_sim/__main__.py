"""`python -m line_sim`: serve the simulator in one process with many threads."""

from __future__ import annotations

import os
import sys
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from line_sim.config import ConfigError, SimConfig
from line_sim.server import create_app

THREADS = 32


class Simulator(BaseApplication):
    """gunicorn with one worker: the platform's state lives in that worker's memory."""

    def __init__(self, config: SimConfig) -> None:
        self._config = config
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": f"{self._config.host}:{self._config.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 0,
            "graceful_timeout": 1,
            "keepalive": 75,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self._config)


def main() -> None:
    """Read the settings and serve until a signal ends it."""
    try:
        config = SimConfig.from_env(os.environ)
    except ConfigError as error:
        sys.exit(f"line_sim: {error}")
    sys.stdout.write(f"line_sim: http://{config.host}:{config.port}/ -> {config.webhook_url}\n")
    sys.stdout.flush()
    Simulator(config).run()


if __name__ == "__main__":
    main()
