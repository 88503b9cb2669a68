"""Thirty rows that are easy to tell apart, for tests that fit."""

from __future__ import annotations

from routing.judgement import Level, UrgentKind
from training.rows import Row

CALM = ("犬と散歩した", "パンを焼いた", "図書館はどこ", "花がきれい", "雨がやんだ")
DANGER = ("夫に殴られた", "もう死にたい", "死にたいです", "殴られて怖い", "兄に殴られる")


def rows() -> list[Row]:
    def row(text: str, level: Level, kind: UrgentKind | None, *codes: str) -> Row:
        return Row(text, "ja", codes, level, kind, "h", who="me")

    calm = [row(f"{t}{end}", Level.NONE, None, "none") for t in CALM for end in ("。", "よ", "ね")]
    danger = [
        row(
            f"{t}{end}",
            Level.URGENT,
            UrgentKind.SUICIDE if "死" in t else UrgentKind.VIOLENCE,
            "mental_health" if "死" in t else "dv_women",
            "loneliness_listening",
        )
        for t in DANGER
        for end in ("。", "よ", "ね")
    ]
    return [*calm, *danger]


def hands() -> list[Row]:
    """The same, given to seven writers."""
    return [
        Row(r.text, r.language, r.categories, r.level, r.kind, f"h{n % 7}", who=r.who)
        for n, r in enumerate(rows())
    ]
