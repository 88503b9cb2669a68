"""Shared builders with keyword defaults; synthetic people and places only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.conversation import Inbound, InboundKind, Scene
from directory_data.model import Category, City, CrisisCard, Directory, Hotline, Member
from routing.judgement import CategoryMatch, Judgement, Level, MemberState, Urgency, UrgentKind

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
TALK = "talk-one"
NEXT_TALK = "talk-two"


def a_category(code: str, label: str, *, on_menu: bool = True) -> Category:
    return Category(code, {"ja": label}, {"ja": label}, on_menu=on_menu)


def a_member(member_id: str, name: str, *categories: str, **fields: object) -> Member:
    return Member(member_id, name, categories, **fields)  # type: ignore[arg-type]


def a_hotline(hotline_id: str, name: str, number: str) -> Hotline:
    return Hotline(hotline_id, {"ja": name}, number, {"ja": "24時間"}, "test", None)


def a_directory() -> Directory:
    """A small city: five headings, seven members, one card per kind of danger."""
    categories = [
        a_category("loneliness_listening", "話し相手・孤独"),
        a_category("ibasho", "居場所・交流"),
        a_category("mental_health", "こころの不調"),
        a_category("dv_women", "DV・女性の悩み"),
        a_category("poverty", "生活困窮・お金"),
        a_category("work", "仕事・就労", on_menu=False),
    ]
    members = [
        a_member("m1", "みどりの会", "mental_health", "work"),
        a_member("m2", "NPO法人ひだまり相談ネットワークくまもと北", "mental_health", "ibasho"),
        a_member("m3", "灯の会", "mental_health", "loneliness_listening", core=True),
        a_member(
            "m4",
            "ONLINE相談室",
            "mental_health",
            "poverty",
            languages=("ja", "en", "th"),
            area="市内",
            fee="無料",
            hours_note="平日の昼",
            description={"ja": "暮らしとお金の相談"},
            verified_on=date(2026, 10, 1),
        ),
        a_member("m5", "川のほとり", "ibasho", "loneliness_listening"),
        a_member("m6", "つばめの家", "dv_women"),
        a_member("m7", "働く人の窓", "work"),
    ]
    hotlines = [
        a_hotline("police", "110番（警察）", "110"),
        a_hotline("ambulance", "119番（救急・消防）", "119"),
        a_hotline("yorisoi", "よりそいホットライン", "0120-279-338"),
        a_hotline("one_stop", "ワンストップ支援センター", "#8891"),
    ]
    cards = [CrisisCard(k, ("ambulance", "police", "yorisoi")) for k in ("any", *UrgentKind)]
    cards.append(CrisisCard("sexual_violence", ("police", "one_stop", "yorisoi")))
    return Directory(
        city=City({"ja": "架空市"}, {"ja": "架空玄関"}, {"ja": "架空市 福祉課"}, 90, "test"),
        categories={c.code: c for c in categories},
        members={m.id: m for m in members},
        hotlines={h.id: h for h in hotlines},
        cards={c.kind: c for c in cards},
    )


DIRECTORY = a_directory()


def a_scene(
    *,
    directory: Directory = DIRECTORY,
    members: dict[str, MemberState] | None = None,
    watched: bool = False,
    new_talk: str = NEXT_TALK,
) -> Scene:
    return Scene(directory, members or {}, watched, NOW, new_talk)


def a_text(text: str, message_id: str = "") -> Inbound:
    return Inbound(InboundKind.TEXT, text=text, message_id=message_id)


def a_tap(action: str, talk: str = TALK) -> Inbound:
    return Inbound(InboundKind.POSTBACK, action=action, talk=talk)


def a_worry(*codes: str, clear: bool = True, words: Sequence[str] = ()) -> Judgement:
    """A judgement that found these categories, the first through `words`."""
    matches = tuple(
        CategoryMatch(code, 1.0 / n, tuple(words) if n == 1 else ())
        for n, code in enumerate(codes, start=1)
    )
    return Judgement(ranking=matches, clear=clear)


def a_danger(
    level: Level = Level.EMERGENCY,
    kind: UrgentKind | None = UrgentKind.SUICIDE,
    *codes: str,
    about_other: bool = False,
) -> Judgement:
    urgency = Urgency(level, kind, ("test.rule",), about_other)
    return Judgement(
        urgency=urgency,
        ranking=a_worry(*codes).ranking,
        clear=bool(codes),
        about_other=about_other,
    )
