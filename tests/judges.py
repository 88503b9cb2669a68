"""One judge of Kumamoto for every test that needs one: it only reads."""

from __future__ import annotations

from functools import cache

from directory_data.load import load_pack
from directory_data.model import Directory
from routing.judge import Judge


@cache
def kumamoto() -> Directory:
    return load_pack("kumamoto")


@cache
def a_judge() -> Judge:
    return Judge(kumamoto())
