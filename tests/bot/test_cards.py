"""The crisis cards: the right digits from the pack, neutral words, nothing forbidden."""

import re

import pytest

from bot.phrases import books
from directory_data.load import load_pack
from routing.judgement import UrgentKind
from tests.bot.talking import Walk
from tests.build import DIRECTORY, a_danger, a_scene, a_text

KUMAMOTO = load_pack("kumamoto")


@pytest.mark.parametrize("directory", [DIRECTORY, KUMAMOTO])
@pytest.mark.parametrize("about_other", [True, False])
@pytest.mark.parametrize("kind", UrgentKind)
def test_the_card_carries_exactly_the_numbers_of_its_kind(
    directory: object, about_other: bool, kind: UrgentKind
) -> None:
    walk = Walk(scene=a_scene(directory=directory))  # type: ignore[arg-type]
    turn = walk.write("いま", a_danger(kind=kind, about_other=about_other))
    say = turn.says[0]
    rows = walk.scene.directory.card_numbers(kind)
    assert [b.uri for b in say.cards[0].buttons] == [row.tel for row in rows]
    for row, line, button in zip(rows, say.cards[0].lines, say.cards[0].buttons, strict=True):
        assert row.number in line and row.number in say.text and row.number in button.label
        assert re.sub(r"[^0-9#]", "", row.number) == button.uri[4:].replace("%23", "#")
    assert turn.urgent


def test_no_sentence_carries_a_number_of_its_own() -> None:
    """Only the three digits everybody knows; every other number comes from the pack."""
    for key, sentence in books()["ja"].says.items():
        found = re.findall(r"[0-9#][0-9-]{2,}", sentence)
        assert set(found) <= {"110", "119", "189"}, key


def test_a_home_that_is_not_safe_gets_neutral_words_and_a_way_out() -> None:
    walk = Walk()
    turn = walk.send(a_text("いま"), a_danger(kind=UrgentKind.VIOLENCE))
    assert turn.says[0].text.startswith("いま使える番号")
    assert "画面を閉じて" in turn.says[1].text


def test_nothing_forbidden_is_said() -> None:
    never = (
        "約束して",
        "死なないで",
        "あなたが悪い",
        "あなたのせいです",
        "必ず秘密",
        "絶対に",
        "該当",
        "診断は",
    )
    for key, sentence in books()["ja"].says.items():
        assert not any(words in sentence for words in never), key
        assert "！" not in sentence and "!" not in sentence, key
