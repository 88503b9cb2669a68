"""The simulator's settings, read once from the environment; no state may enter here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


class ConfigError(ValueError):
    """A setting is missing or malformed; the message names it and says what is expected."""


@dataclass(frozen=True)
class SimConfig:
    """Where the simulator listens, whom it calls, and which channel it plays."""

    channel_secret: str
    channel_access_token: str
    webhook_url: str = "http://127.0.0.1:8000/line/webhook"
    host: str = "127.0.0.1"
    port: int = 8001
    plan_limit: int | None = None

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> SimConfig:
        """Read the settings; raise `ConfigError` listing every faulty one at once."""
        faults: list[str] = []
        config = cls(
            channel_secret=_required(environ, "LINE_CHANNEL_SECRET", faults),
            channel_access_token=_required(environ, "LINE_CHANNEL_ACCESS_TOKEN", faults),
            webhook_url=_url(environ, "WEBHOOK_URL", cls.webhook_url, faults),
            host=environ.get("SIM_HOST", "").strip() or cls.host,
            port=_number(environ, "SIM_PORT", faults, 1, 65535) or cls.port,
            plan_limit=_number(environ, "SIM_PLAN_LIMIT", faults, 0, 10_000_000),
        )
        if faults:
            raise ConfigError("; ".join(faults))
        return config


def is_http_url(value: str) -> bool:
    """True for an http(s) address with a host: the only kind a webhook can have here."""
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _required(environ: Mapping[str, str], name: str, faults: list[str]) -> str:
    value = environ.get(name, "").strip()
    if not value:
        faults.append(f"{name} is missing: give the simulator the same value as Genkan")
    return value


def _url(environ: Mapping[str, str], name: str, default: str, faults: list[str]) -> str:
    value = environ.get(name, "").strip() or default
    if not is_http_url(value):
        faults.append(f"{name} must be a URL starting with http:// or https://")
    return value


def _number(
    environ: Mapping[str, str], name: str, faults: list[str], low: int, high: int
) -> int | None:
    raw = environ.get(name, "").strip()
    if not raw:
        return None
    if not raw.isdecimal() or not low <= int(raw) <= high:
        faults.append(f"{name} must be a whole number from {low} to {high}")
        return None
    return int(raw)
