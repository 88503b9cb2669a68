"""A talk survives being sealed and opened, also one that was sealed by an older version."""

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import (
    Button,
    Card,
    Conversation,
    Heard,
    Holder,
    MenuItem,
    Say,
    Stage,
    conversation_from_json,
    conversation_to_json,
    say_from_json,
    say_to_json,
)
from routing.judgement import CategoryMatch, Level, UrgentKind

text = st.text(max_size=8)
texts = st.lists(text, max_size=3).map(tuple)
conversations = st.builds(
    Conversation,
    talk=text,
    stage=st.sampled_from(Stage),
    holder=st.sampled_from(Holder),
    language=text,
    level=st.sampled_from(Level),
    kind=st.none() | st.sampled_from(UrgentKind),
    worry=text,
    categories=texts,
    reason_words=texts,
    about_other=st.booleans(),
    asked=st.booleans(),
    offered=texts,
    seen=texts,
    excluded=texts,
    chosen=text,
    items=texts,
    menu=st.lists(st.builds(MenuItem, text, texts), max_size=2).map(tuple),
    escalated=st.booleans(),
    keep_secret=st.booleans(),
    resume=st.none() | st.sampled_from(Stage),
    heard=st.lists(st.builds(Heard, text, text), max_size=2).map(tuple),
    matches=st.lists(st.builds(CategoryMatch, text, st.just(0.5), texts), max_size=2).map(tuple),
    told=texts,
    in_tray=st.booleans(),
)
buttons = st.lists(st.builds(Button, text, text, text), max_size=2).map(tuple)
cards = st.lists(st.builds(Card, text, texts, text, buttons, st.booleans()), max_size=2)


@given(conversations)
def test_a_talk_round_trips(conversation: Conversation) -> None:
    assert conversation_from_json(conversation_to_json(conversation)) == conversation


@given(st.builds(Say, text, text, cards.map(tuple), buttons, text))
def test_a_bubble_round_trips(say: Say) -> None:
    assert say_from_json(say_to_json(say)) == say


def test_an_older_talk_opens_with_defaults() -> None:
    assert conversation_from_json({"talk": "t", "stage": "consent"}) == Conversation(
        "t", stage=Stage.CONSENT
    )
