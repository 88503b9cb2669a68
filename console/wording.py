"""The words of the screens by key and language, and how times and spans are told in them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from flask import Flask, g, session
from markupsafe import Markup, escape

from console.door import now, office
from desk.accounts import Role
from directory_data.model import in_language

LANGUAGES = {"ja": "日本語", "en": "English"}
_FOLDER = Path(__file__).parent / "words"
_JST = ZoneInfo("Asia/Tokyo")


@cache
def words(language: str) -> Mapping[str, str]:
    """All sentences of one language by dotted key."""
    raw = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return dict(_flat(raw, ""))


def language() -> str:
    """The language of this browser; Japanese until somebody chose."""
    chosen = session.get("language", "ja")
    return chosen if chosen in LANGUAGES else "ja"


def t(key: str, **values: object) -> str:
    """The sentence in the browser's language; KeyError for an unknown key."""
    return words(language())[key].format(**values)


def jst(moment: datetime) -> str:
    """A moment in Japan: `11月23日 12:05`."""
    local = moment.astimezone(_JST)
    return t("time.moment", month=local.month, day=local.day, clock=f"{local:%H:%M}",
             month_name=f"{local:%b}")  # fmt: skip


def day(iso: str) -> str:
    """A calendar day from its ISO form: `11月23日`."""
    when = date.fromisoformat(iso)
    return t("time.day", month=when.month, day=when.day, month_name=f"{when:%b}")


def clock(moment: datetime) -> str:
    """Only the time of day in Japan."""
    return f"{moment.astimezone(_JST):%H:%M}"


def span(minutes: float) -> str:
    """A length of time in words: minutes, then hours, then days."""
    whole = max(0, math.floor(minutes))
    if whole < 1:
        return t("time.moments")
    if whole < 60:
        return t("time.minutes", n=whole)
    if whole < 48 * 60:
        hours, rest = divmod(whole, 60)
        fine = rest and hours < 10
        return t("time.hours_minutes", n=hours, m=rest) if fine else t("time.hours", n=hours)
    return t("time.days", n=whole // (24 * 60))


def age(since: datetime) -> str:
    """How long ago, in words."""
    return span((now() - since).total_seconds() / 60)


def left(until: datetime) -> str:
    """`あと3分`, or `12分すぎています`."""
    minutes = (until - now()).total_seconds() / 60
    if minutes > 0:
        return t("time.left", span=t("time.minutes", n=math.ceil(minutes)))
    return t("time.over", span=span(-minutes))


def category(code: str | None) -> str:
    """The heading of a worry, in the browser's language."""
    found = office().directory.categories.get(code or "")
    return in_language(found.label, language()) if found else t("case.no_category")


def lines(text: str) -> Markup:
    """Escaped text with its line breaks."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def equip(app: Flask) -> None:
    """Give the templates their words, filters and the person they are drawn for."""
    from console.guard import may_open

    app.jinja_env.filters.update(jst=jst, clock=clock, span=span, age=age, left=left, day=day)
    app.jinja_env.filters.update(category=category, lines=lines)
    app.jinja_env.globals.update(t=t, language=language, LANGUAGES=LANGUAGES)

    @app.context_processor
    def person() -> dict[str, Any]:
        staff = g.get("staff")
        return {"staff": staff, "may": lambda screen: bool(staff) and _may(screen, staff.role)}

    def _may(screen: str, role: Role) -> bool:
        return may_open(f"console.{screen}", role)


def _flat(node: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, below in node.items():
        key = f"{prefix}{name}"
        if isinstance(below, dict):
            yield from _flat(below, f"{key}.")
        else:
            yield key, str(below).rstrip("\n")
