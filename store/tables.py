"""Imports every table, so that `Base.metadata` is complete. Nothing else."""

from store import accounts, cases, letterbox, people, talks
from store.base import Base

__all__ = ["Base", "accounts", "cases", "letterbox", "people", "talks"]
