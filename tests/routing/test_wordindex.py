"""What a pack's own words add."""

from __future__ import annotations

from directory_data.model import Category
from routing.fold import fold
from routing.wordindex import WordIndex

FOOD = Category("food", {"ja": "食べもの"}, {"ja": "食べもの"}, ("フードバンク", "米"), ("米びつ",))
PETS = Category("pets", {"ja": "動物"}, {"ja": "犬や猫"}, ("犬の散歩",), (), ("猫の餌が買えない",))
INDEX = WordIndex({"food": FOOD, "pets": PETS}, frozenset({"food"}))


def named(folded: str) -> dict[str, float]:
    return INDEX.named(INDEX.keywords_in(folded))


def test_a_longer_keyword_tells_more() -> None:
    assert named(fold("フードバンクに行く"))["food"] > named(fold("米がない"))["food"] > 0
    assert named(fold("なにもない")) == {}


def test_a_synonym_counts_as_a_keyword() -> None:
    assert named(fold("うちの米びつ"))["food"] > named(fold("米がない"))["food"]


def test_a_typo_is_forgiven_in_a_short_text_only() -> None:
    assert "food" in INDEX.almost_named(fold("フドバンク"))
    assert INDEX.almost_named(fold("フドバンク" + "あいうえお" * 12)) == {}
    assert INDEX.almost_named("") == {}


def test_only_what_was_not_learned_is_scored() -> None:
    assert set(INDEX.unlearned(fold("猫の餌がありません"))) == {"pets"}
    assert INDEX.unlearned(fold("ｗ")) == {}


def test_no_categories_no_words() -> None:
    empty = WordIndex({}, frozenset())
    assert empty.named(empty.keywords_in("あ")) == {}
    assert empty.almost_named("ああああ") == empty.unlearned("あ") == {}
