"""Where a measurement lives: its own database, ports and environment; all gone afterwards."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from cli.processes import Child
from desk import schema
from desk.office import open_office
from settings import Settings

POSTGRESQL = os.environ.get("TEST_DATABASE_URL", "postgresql+psycopg://root@127.0.0.1/test")


@contextmanager
def sqlite() -> Iterator[str]:
    """A SQLite file in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="genkan-bench-") as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def postgresql() -> Iterator[str | None]:
    """A schema of its own in the test PostgreSQL; None when there is none."""
    name = f"genkan_bench_{secrets.token_hex(6)}"
    engine = create_engine(
        POSTGRESQL, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 2}
    )
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {name}"))
    except OperationalError:
        yield None
        return
    joiner = "&" if "?" in POSTGRESQL else "?"
    try:
        yield f"{POSTGRESQL}{joiner}options=-csearch_path%3D{name}"
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()


def environment(database_url: str, line_port: int = 1) -> dict[str, str]:
    """The contract's variables with secrets for this measurement alone; no Redis."""
    return {
        "DATABASE_URL": database_url,
        "REDIS_URL": "",
        "LINE_CHANNEL_SECRET": secrets.token_hex(16),
        "LINE_CHANNEL_ACCESS_TOKEN": secrets.token_hex(16),
        "LINE_API_HOST": f"http://127.0.0.1:{line_port}",
        "SECRET_KEY": secrets.token_hex(16),
        "SEALING_KEYS": Fernet.generate_key().decode(),
        "SIM_PORT": str(line_port),
    }


def migrate(variables: Mapping[str, str]) -> None:
    """Bring the measurement's database to the newest shape."""
    office = open_office(Settings.from_env(variables))
    schema.upgrade(office.database, office.vault, office.directory, datetime.now(UTC))
    office.database.close()


def child(name: str, variables: Mapping[str, str], folder: Path, *argv: str) -> Child:
    """A Python child with that environment."""
    env = {**os.environ, **variables, "PYTHONUNBUFFERED": "1"}
    return Child(name, [sys.executable, *argv], env, folder / f"{name}.log")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
