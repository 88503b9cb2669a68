"""Showing members: up to three at a time with reasons, more, none of these; never a dead end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.conversation import (
    Button,
    Card,
    Conversation,
    Holder,
    PutInTray,
    Say,
    Scene,
    Stage,
    Turn,
)
from bot.dialogue.bubbles import (
    Choice,
    asking,
    before,
    help_choice,
    label_of,
    language_name,
    plain,
    quiet_line,
)
from bot.dialogue.greeting import listen
from bot.phrases import phrase
from directory_data.model import Directory, Member, in_language
from routing.judgement import CategoryMatch, MemberMatch, UrgentKind
from routing.ranking import rank_members, wish_of

PAGE = 3
QUOTED_LENGTH = 24
"""Characters of the resident's own words in a reason."""
MORE_NUMBER, NONE_NUMBER, RESTART_NUMBER = "4", "5", "6"
OPEN_DOORS = ("loneliness_listening", "ibasho")
GATHERINGS = ("ibasho", "loneliness_listening")
DANGER_DOORS: dict[UrgentKind | None, tuple[str, ...]] = {
    UrgentKind.SUICIDE: ("mental_health", "loneliness_listening"),
    UrgentKind.VIOLENCE: ("dv_women", "loneliness_listening"),
    UrgentKind.CHILD_ABUSE: ("school_child", "child_rearing", "loneliness_listening"),
    UrgentKind.SEXUAL_VIOLENCE: ("dv_women", "crime_victim", "loneliness_listening"),
    UrgentKind.MEDICAL: ("illness_cancer", "loneliness_listening"),
    UrgentKind.DESTITUTION: ("food", "housing", "poverty"),
}


def suggest(
    conversation: Conversation, scene: Scene, intro: str, codes: tuple[str, ...] = ()
) -> Turn:
    """The first page for the worry as it is known now; `intro` is the key of its first sentence.

    `codes` are looked at instead of the worry, without becoming the worry's category.
    """
    return _page(replace(conversation, seen=(), offered=()), scene, intro, codes)


def more(conversation: Conversation, scene: Scene) -> Turn:
    """ほかを見る: the next page, or the kind end of the list."""
    seen = _joined(conversation.seen, conversation.offered)
    if rank(replace(conversation, seen=seen), scene):
        return _page(replace(conversation, seen=seen), scene, "suggest.next")
    return _ended(replace(conversation, seen=seen, stage=Stage.SUGGESTED), scene)


def show_again(conversation: Conversation, scene: Scene) -> Turn:
    """The choices of the page now shown, in one bubble; without a page, the list of worries."""
    still = tuple(m for m in conversation.offered if m in scene.directory.members)
    if still:
        shown = tuple(_pick_choice(scene.directory, m, n) for n, m in enumerate(still, start=1))
        return _choices(replace(conversation, offered=still), scene, "suggest.kept", shown)
    if conversation.in_tray:
        return _tray(conversation, scene, "tray.already")
    return listen(conversation, scene)


def none_fits(conversation: Conversation, scene: Scene, reason: str = "none_fits") -> Turn:
    """どれもちがう: a core member looks after it; says what happens next."""
    if conversation.in_tray:
        return _tray(conversation, scene, "tray.already")
    turn = _tray(replace(conversation, in_tray=True), scene, "tray.put")
    return replace(turn, asks=(PutInTray(reason),))


def rank(
    conversation: Conversation, scene: Scene, codes: tuple[str, ...] = ()
) -> tuple[MemberMatch, ...]:
    """The members that fit and were neither shown, left nor declined, best first."""
    hidden = {*conversation.seen, *conversation.excluded}
    matches = conversation.matches
    if codes or not matches:
        matches = doors(conversation, scene.directory, codes or _doors_of(conversation))
    # The seed is the talk, so that its pages agree and talks differ.
    worry, seed = conversation.worry, conversation.talk
    wish = wish_of(scene.directory, conversation.language, worry, seed)
    return rank_members(scene.directory, matches, scene.members, hidden, scene.now, wish)[:PAGE]


def doors(
    conversation: Conversation, directory: Directory, codes: Sequence[str]
) -> tuple[CategoryMatch, ...]:
    """Categories to look at, first one first, as far as this city has them."""
    words = {match.code: match.words for match in conversation.matches}
    known = [code for code in codes if code in directory.categories]
    return tuple(
        CategoryMatch(code, 1.0 / n, words.get(code, ())) for n, code in enumerate(known, start=1)
    )


def danger_codes(conversation: Conversation) -> tuple[str, ...]:
    """In danger: first who deals with it, then the worry as it was judged."""
    first = DANGER_DOORS.get(conversation.kind, ())
    return (*first, *(code for code in conversation.categories if code not in first))


def nobody(conversation: Conversation, scene: Scene, key: str = "suggest.nobody") -> Turn:
    """No member at all can be shown: the tray, said honestly."""
    if conversation.in_tray:
        return _tray(conversation, scene, "tray.already")
    turn = _tray(replace(conversation, in_tray=True), scene, key)
    return replace(turn, asks=(PutInTray("unmatched"),))


def _doors_of(conversation: Conversation) -> tuple[str, ...]:
    """No category is known: look by the danger, else for those who simply listen."""
    return DANGER_DOORS.get(conversation.kind, OPEN_DOORS)


def _page(
    conversation: Conversation, scene: Scene, intro: str, codes: tuple[str, ...] = ()
) -> Turn:
    found = rank(conversation, scene, codes)
    if not found:
        return nobody(conversation, scene)
    offered = tuple(match.member_id for match in found)
    shown = replace(conversation, offered=offered, chosen="", items=())
    picks = tuple(_pick_choice(scene.directory, m, n) for n, m in enumerate(offered, start=1))
    turn = _choices(shown, scene, "suggest.choices", picks)
    return before(turn, _members(shown, scene, found, intro))


def _members(
    conversation: Conversation, scene: Scene, found: Sequence[MemberMatch], intro: str
) -> Say:
    """The row of cards, with everything in the text too."""
    cards = tuple(
        _card(conversation, scene.directory, match, n) for n, match in enumerate(found, start=1)
    )
    blocks = ("\n".join((card.title, *card.lines, card.note)) for card in cards)
    text = "\n\n".join((phrase(intro, conversation.language), *blocks))
    return Say(intro, text, cards)


def _card(conversation: Conversation, directory: Directory, match: MemberMatch, n: int) -> Card:
    language = conversation.language
    member = directory.members[match.member_id]
    note = [_reason(conversation, directory, match)]
    if member.verified_on is None:
        note.append(phrase("suggest.unverified", language))
    button = Button(phrase("suggest.pick", language), f"pick:{member.id}")
    lines = tuple(_facts(member, directory, language))
    return Card(f"{n} {member.name}", lines, "\n".join(note), (button,))


def _facts(member: Member, directory: Directory, language: str) -> Iterable[str]:
    """What is known about the member, and only that."""
    if member.description:
        yield in_language(member.description, language)
    else:
        known = (directory.categories[c] for c in member.categories if c in directory.categories)
        labels = "、".join(label_of(category, language) for category in known)
        yield phrase("suggest.what", language, labels=labels)
    if member.languages != ("ja",):
        spoken = "、".join(language_name(code, language) for code in member.languages)
        yield phrase("suggest.languages", language, languages=spoken)
    if member.area:
        yield phrase("suggest.area", language, area=member.area)
    if member.hours_note:
        yield phrase("suggest.hours", language, hours=member.hours_note)
    if member.fee:
        yield phrase("suggest.fee", language, fee=member.fee)


def _reason(conversation: Conversation, directory: Directory, match: MemberMatch) -> str:
    """Why it fits: the resident's own words, else the heading, else that anybody may come."""
    language = conversation.language
    if match.words:
        quoted = "".join(f"「{_short(word)}」" for word in match.words[:2])
        return phrase("suggest.because_words", language, words=quoted)
    if conversation.matches and match.category in directory.categories:
        label = label_of(directory.categories[match.category], language)
        return phrase("suggest.because_category", language, label=label)
    return phrase("suggest.because_open", language)


def _short(word: str) -> str:
    return word if len(word) <= QUOTED_LENGTH else word[: QUOTED_LENGTH - 1] + "…"


def _pick_choice(directory: Directory, member_id: str, n: int) -> Choice:
    return Choice(f"pick:{member_id}", directory.members[member_id].name, str(n))


def _choices(conversation: Conversation, scene: Scene, key: str, picks: tuple[Choice, ...]) -> Turn:
    language = conversation.language
    rest = (
        Choice("more", phrase("suggest.more", language), MORE_NUMBER),
        Choice("none", phrase("suggest.none", language), NONE_NUMBER),
        help_choice(language),
    )
    state = replace(conversation, stage=Stage.SUGGESTED, holder=Holder.BOT)
    return asking(state, key, (*picks, *rest), quiet=quiet_line(conversation, scene))


def _ended(conversation: Conversation, scene: Scene) -> Turn:
    """Nothing more to page to: look again from the start, or let somebody think along."""
    language = conversation.language
    choices = (
        Choice("none", phrase("suggest.together", language), NONE_NUMBER),
        Choice("restart", phrase("suggest.restart", language), RESTART_NUMBER),
        help_choice(language),
    )
    return asking(conversation, "suggest.ended", choices, quiet=quiet_line(conversation, scene))


def _tray(conversation: Conversation, scene: Scene, key: str) -> Turn:
    language = conversation.language
    choices = (
        Choice("restart", phrase("suggest.restart", language), "1"),
        Choice("finish", phrase("withdraw.finish", language), "2"),
        help_choice(language),
    )
    state = replace(conversation, stage=Stage.SUGGESTED, holder=Holder.BOT, offered=(), chosen="")
    return asking(state, key, choices, quiet=quiet_line(conversation, scene))


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return (*first, *(m for m in second if m not in first))


def unavailable(conversation: Conversation, scene: Scene, member_id: str) -> Say:
    """A member that takes nobody more at this moment."""
    name = scene.directory.members[member_id].name
    return plain("suggest.busy", conversation, member=name)
