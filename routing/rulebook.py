"""Reads the rule files of the judgement (routing/rules/*.yaml) and decides nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "rules"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def read_rules(name: str) -> Any:
    """The content of one rule file, read once per process."""
    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - the loader is a safe one
