"""Judging and hashing passwords. Knows no account; at most two hashes are worked at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

SHORTEST = 12
LONGEST = 200

_HASHER = PasswordHasher()
_SEATS = BoundedSemaphore(2)
_PATIENCE = 5.0
_COMMON_STEMS = (
    "password", "passw0rd", "genkan", "kumamoto", "letmein", "welcome", "qwerty", "qwertyuiop",
    "asdfghjkl", "1q2w3e4r", "abc", "iloveyou", "admin", "administrator", "changeme", "sakura",
    "arigatou", "nihon", "himitsu",
)  # fmt: skip
"""Words whose digits, signs and repetitions do not make a password."""

_ROWS_OF_KEYS = ("01234567890123456789", "98765432109876543210", "qwertyuiopasdfghjklzxcvbnm")


class TooBusy(Exception):
    """Too many sign-ins at once: hashing is heavy, so the rest is asked to try again."""


def weakness(password: str, email: str) -> str | None:
    """`short`, `long` or `common`, or None when the password may be used."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    return "common" if _is_common(password.lower(), email.lower()) else None


def _is_common(password: str, email: str) -> bool:
    name = email.partition("@")[0]
    if len(set(password)) < 5 or (len(name) >= 4 and name in password):
        return True
    if any(password in row for row in _ROWS_OF_KEYS):
        return True
    letters = "".join(c for c in password if not c.isdigit() and c not in "!@#$%&*-_. ")
    return any(letters == stem * (len(letters) // len(stem) or 1) for stem in _COMMON_STEMS)


def hashed(password: str) -> str:
    """The argon2id hash to store."""
    with _seat():
        return _HASHER.hash(password)


def fits(stored: str, password: str) -> bool:
    """Whether the password belongs to the hash; takes as long for a wrong one."""
    with _seat():
        try:
            return _HASHER.verify(stored, password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """True when the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


@contextmanager
def _seat() -> Iterator[None]:
    if not _SEATS.acquire(timeout=_PATIENCE):
        raise TooBusy
    try:
        yield
    finally:
        _SEATS.release()
