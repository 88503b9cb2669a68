"""The preview of what a member would see, its switches, and the yes; nothing leaves before that."""

from __future__ import annotations

from dataclasses import replace
from zlib import crc32

from bot import consent
from bot.conversation import (
    Button,
    Card,
    Conversation,
    Holder,
    RequestHandoff,
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
    member_name,
    numbered,
    plain,
    quiet_line,
    to_a_person,
)
from bot.dialogue.suggesting import show_again, unavailable
from bot.phrases import phrase, typed, version


def choose(conversation: Conversation, member_id: str, scene: Scene) -> Turn | None:
    """A member was picked: show the preview. None when that member was never shown in this talk."""
    shown = {*conversation.offered, *conversation.seen} - {*conversation.excluded}
    if member_id not in shown or member_id not in scene.directory.members:
        return None
    if not _takes_more(member_id, scene):
        return before(show_again(conversation, scene), unavailable(conversation, scene, member_id))
    chosen = replace(conversation, chosen=member_id)
    every = tuple(item.code for item in consent.items(chosen, scene.directory))
    return preview(replace(chosen, items=every), scene)


def _takes_more(member_id: str, scene: Scene) -> bool:
    state = scene.members.get(member_id)
    return state is None or state.takes_more


def preview(conversation: Conversation, scene: Scene) -> Turn:
    """Exactly what the member would see, and the question."""
    state = replace(conversation, stage=Stage.CONSENT)
    choices = (*numbered(_choices(state, scene)), help_choice(state.language))
    name = member_name(scene.directory, state.chosen, state.language)
    turn = asking(state, "consent.choose", choices, member=name)
    return before(turn, _shown(state, scene, choices))


def switch(conversation: Conversation, code: str, on: bool, scene: Scene) -> Turn:
    """One item on or off; the preview is shown anew."""
    kept = tuple(c for c in conversation.items if c != code)
    codes = [i.code for i in consent.items(conversation, scene.directory)]
    wanted = (*kept, code) if on else kept
    return preview(replace(conversation, items=tuple(c for c in codes if c in wanted)), scene)


def agree(conversation: Conversation, shown: str, scene: Scene) -> Turn:
    """The yes. A yes to an older preview is shown the present one instead."""
    if shown != _stamp(conversation, scene):
        return before(preview(conversation, scene), plain("consent.changed", conversation))
    if not _takes_more(conversation.chosen, scene):
        busy = unavailable(conversation, scene, conversation.chosen)
        return before(back(conversation, scene), busy)
    name = member_name(scene.directory, conversation.chosen, conversation.language)
    state = replace(
        conversation, stage=Stage.QUEUED, holder=Holder.STAFF, menu=(), offered=(), resume=None
    )
    ask = RequestHandoff(
        member_id=conversation.chosen,
        items=conversation.items,
        category=consent.category_for(conversation, scene.directory),
        wording_version=version(conversation.language),
    )
    sent = to_a_person("consent.sent", state, member=name, quiet=quiet_line(conversation, scene))
    return Turn(state, (sent,), (ask,))


def back(conversation: Conversation, scene: Scene) -> Turn:
    """もどる: the page of members again."""
    return show_again(replace(conversation, chosen="", items=()), scene)


def unsure(conversation: Conversation, scene: Scene) -> Turn:
    """Words that are neither yes nor no: nothing is passed on, the preview stays."""
    return before(preview(conversation, scene), plain("consent.unsure", conversation))


def _choices(conversation: Conversation, scene: Scene) -> tuple[Choice, ...]:
    language = conversation.language
    switches = (
        _switch_choice(item, item.code in conversation.items, language)
        for item in consent.items(conversation, scene.directory)
    )
    yes = f"agree:{_stamp(conversation, scene)}"
    back = (*typed("back", language), *typed("no", language))
    return (
        *switches,
        Choice(yes, phrase("consent.yes", language), words=typed("yes", language)),
        Choice("back", phrase("consent.back", language), words=back),
    )


def _switch_choice(item: consent.ConsentItem, on: bool, language: str) -> Choice:
    key, wanted = ("consent.leave_out", "off") if on else ("consent.put_in", "on")
    return Choice(f"item:{item.code}:{wanted}", phrase(key, language, label=item.label))


def _stamp(conversation: Conversation, scene: Scene) -> str:
    """What this yes would agree to; it travels in the button, so a yes to anything else is seen.

    A checksum stands for the values, because no word of a resident may travel in a button.
    """
    told = "\n".join(i.value for i in consent.switched_on(conversation, scene.directory))
    codes = ",".join(conversation.items)
    return f"{conversation.chosen}:{codes}:{crc32(told.encode()):08x}"


def _shown(conversation: Conversation, scene: Scene, choices: tuple[Choice, ...]) -> Say:
    language = conversation.language
    listed = consent.items(conversation, scene.directory)
    lines = tuple(_line(item, item.code in conversation.items, language) for item in listed)
    if not conversation.items:
        lines = (*lines, phrase("consent.only_wish", language))
    name = member_name(scene.directory, conversation.chosen, language)
    title = phrase("consent.title", language, member=name)
    note = phrase("consent.nothing_before", language)
    buttons = tuple(Button(f"{c.number} {c.label}", c.action) for c in choices[:-1])
    return Say(
        "consent.title", "\n".join((title, *lines, note)), (Card(title, lines, note, buttons),)
    )


def _line(item: consent.ConsentItem, on: bool, language: str) -> str:
    if not on:
        return phrase("consent.item_off", language, label=item.label)
    value = item.value
    if item.code == "worry":
        value = phrase("consent.value.quoted", language, words=value)
    return phrase("consent.item_on", language, label=item.label, value=value)
