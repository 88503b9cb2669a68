"""Every setting of Genkan, read once from the environment into a frozen object.

Nothing else reads `os.environ`. A setting that is missing or malformed is named in the error.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit


class SettingsError(ValueError):
    """A setting is missing or malformed; the message names it and says what is expected."""


class TalkMode(StrEnum):
    """Where a talk with a person takes place (ADR 0005). Only `LINE` is built so far."""

    LINE = "line"
    ROOM = "room"
    CHOICE = "choice"


@dataclass(frozen=True)
class Settings:
    """All settings. `from_env` is the only way in for a running process."""

    database_url: str
    line_channel_secret: str
    line_channel_access_token: str
    secret_key: str
    sealing_keys: tuple[str, ...]
    redis_url: str = ""
    line_api_host: str = "https://api.line.me"
    public_url: str = "http://127.0.0.1:8000"
    talk_mode: TalkMode = TalkMode.LINE
    data_pack: str = "kumamoto"
    worker_threads: int = 8

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings; raise `SettingsError` that lists every faulty one at once."""
        reader = _Reader(environ)
        settings = cls(
            database_url=reader.database_url(),
            line_channel_secret=reader.required("LINE_CHANNEL_SECRET"),
            line_channel_access_token=reader.required("LINE_CHANNEL_ACCESS_TOKEN"),
            secret_key=reader.secret_key(),
            sealing_keys=reader.sealing_keys(),
            redis_url=reader.url("REDIS_URL", "", ("redis", "rediss", "unix")),
            line_api_host=reader.url("LINE_API_HOST", cls.line_api_host, ("http", "https")),
            public_url=reader.url("PUBLIC_URL", cls.public_url, ("http", "https")),
            talk_mode=reader.talk_mode(),
            data_pack=environ.get("DATA_PACK", "").strip() or cls.data_pack,
            worker_threads=reader.number("WORKER_THREADS", cls.worker_threads, 1, 64),
        )
        reader.refuse_faults()
        return settings

    @property
    def secure_cookies(self) -> bool:
        """Session cookies carry `Secure` whenever the public address is https."""
        return self.public_url.startswith("https://")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


class _Reader:
    """Collects faults, so that an operator sees all of them in one start, not one per start."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._faults: list[str] = []

    def refuse_faults(self) -> None:
        if self._faults:
            raise SettingsError("; ".join(self._faults))

    def required(self, name: str) -> str:
        value = self._environ.get(name, "").strip()
        if not value:
            self._faults.append(f"{name} is missing")
        return value

    def secret_key(self) -> str:
        value = self.required("SECRET_KEY")
        if value and len(value) < 16:
            self._faults.append("SECRET_KEY must have at least 16 characters")
        return value

    def database_url(self) -> str:
        value = self.required("DATABASE_URL")
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            self._faults.append("DATABASE_URL must start with sqlite:/// or postgresql+psycopg://")
        return value

    def sealing_keys(self) -> tuple[str, ...]:
        value = self.required("SEALING_KEYS")
        keys = tuple(k.strip() for k in value.split(",") if k.strip())
        if value and not keys:
            self._faults.append("SEALING_KEYS holds no key")
        for position, key in enumerate(keys, start=1):
            if not _is_fernet_key(key):
                self._faults.append(
                    f"SEALING_KEYS: key {position} is not 32 bytes in URL-safe base64"
                )
        return keys

    def url(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        value = self._environ.get(name, "").strip() or default
        if value and urlsplit(value).scheme not in schemes:
            self._faults.append(f"{name} must be a URL starting with {' or '.join(schemes)}")
        return value.rstrip("/")

    def talk_mode(self) -> TalkMode:
        value = self._environ.get("TALK_MODE", "").strip() or TalkMode.LINE.value
        if value != TalkMode.LINE.value:
            known = value in TalkMode.__members__.values()
            reason = "is not built yet" if known else "is unknown"
            self._faults.append(f"TALK_MODE={value} {reason}: use line")
        return TalkMode.LINE

    def number(self, name: str, default: int, low: int, high: int) -> int:
        raw = self._environ.get(name, "").strip()
        if not raw:
            return default
        if not raw.isdecimal() or not low <= int(raw) <= high:
            self._faults.append(f"{name} must be a whole number from {low} to {high}")
            return default
        return int(raw)


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key)) == 32
    except (binascii.Error, ValueError):
        return False
