"""Passwords: argon2id, a bounded number at a time, and the ones that are tried first refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from desk import passwords


def test_a_hash_is_argon2id_and_fits_only_its_password() -> None:
    stored = passwords.hashed("a calm long phrase")
    assert stored.startswith("$argon2id$")
    assert passwords.fits(stored, "a calm long phrase")
    assert not passwords.fits(stored, "a calm long phrasE")
    assert not passwords.fits("no hash at all", "a calm long phrase")
    assert not passwords.is_outdated(stored)


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("elevenchars", "short"),
        ("y" * 201, "long"),
        ("password1234", "common"),
        ("PasswordPassword", "common"),
        ("Genkan-2026-!!", "common"),
        ("123456789012", "common"),
        ("qwertyuiopas", "common"),
        ("aaaaaaaaaaaa", "common"),
        ("my-kimura-pass", "common"),
        ("a calm long phrase", None),
        ("しずかな朝の玄関に立つひと", None),
    ],
)
def test_weak_passwords_are_named(password: str, weakness: str | None) -> None:
    assert passwords.weakness(password, "kimura@example.org") == weakness


def test_a_crowd_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_PATIENCE", 0.01)
    stored = passwords.hashed("a calm long phrase")

    def attempt(_: int) -> bool:
        try:
            return passwords.fits(stored, "a calm long phrase")
        except passwords.TooBusy:
            return False

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(attempt, range(8)))
    assert 1 <= sum(results) < 8
    assert passwords.fits(stored, "a calm long phrase")
