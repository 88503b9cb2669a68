"""The judge and the pack that all tests share: they are only read."""

from __future__ import annotations

from directory_data.model import Directory
from routing.judge import Judge
from tests import houses


def kumamoto() -> Directory:
    return houses.kumamoto()[0]


def a_judge() -> Judge:
    return houses.kumamoto()[1]
