"""Settings: read once, frozen, and every fault named in one go."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from settings import Settings, SettingsError, TalkMode
from tests.houses import SEALING_KEY

GOOD = {
    "DATABASE_URL": "sqlite:///genkan.db",
    "LINE_CHANNEL_SECRET": "channel-secret",
    "LINE_CHANNEL_ACCESS_TOKEN": "access-token",
    "SECRET_KEY": "a secret key of this house",
    "SEALING_KEYS": SEALING_KEY,
}


def test_what_is_not_said_has_a_default() -> None:
    settings = Settings.from_env(GOOD)
    assert settings.line_api_host == "https://api.line.me"
    assert (settings.redis_url, settings.talk_mode) == ("", TalkMode.LINE)
    assert settings.data_pack == "kumamoto"
    assert settings.is_sqlite and not settings.secure_cookies


def test_they_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings.from_env(GOOD).secret_key = "another"  # type: ignore[misc]


def test_everything_missing_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({})
    for name in GOOD:
        assert f"{name} is missing" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://somewhere"),
        ("DATABASE_URL", "   "),
        ("SECRET_KEY", "short"),
        ("SEALING_KEYS", "not-a-key"),
        ("SEALING_KEYS", f"{SEALING_KEY},c2hvcnQ="),
        ("SEALING_KEYS", " , "),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("LINE_API_HOST", "api.line.me"),
        ("PUBLIC_URL", "ftp://example.org"),
        ("TALK_MODE", "room"),
        ("TALK_MODE", "telepathy"),
        ("WORKER_THREADS", "0"),
        ("WORKER_THREADS", "65"),
        ("WORKER_THREADS", "many"),
    ],
)
def test_a_malformed_one_is_named_and_its_secret_is_not_shown(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        Settings.from_env(GOOD | {name: value})
    if name in ("SECRET_KEY", "SEALING_KEYS") and value.strip(" ,"):
        assert value not in str(caught.value)


def test_several_faults_come_together() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(GOOD | {"SECRET_KEY": "", "TALK_MODE": "x", "WORKER_THREADS": "-1"})
    assert str(caught.value).count(";") == 2


def test_keys_are_listed_newest_first_and_spaces_do_not_matter() -> None:
    other = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="
    settings = Settings.from_env(GOOD | {"SEALING_KEYS": f" {other} , {SEALING_KEY},"})
    assert settings.sealing_keys == (other, SEALING_KEY)


def test_addresses_lose_their_last_slash_and_https_makes_cookies_secure() -> None:
    settings = Settings.from_env(
        GOOD | {"PUBLIC_URL": "https://genkan.example/", "LINE_API_HOST": "http://127.0.0.1:9/"}
    )
    assert (settings.public_url, settings.secure_cookies) == ("https://genkan.example", True)
    assert settings.line_api_host == "http://127.0.0.1:9"
