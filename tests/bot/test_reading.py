"""Typed numbers, words and typos; what is never a choice."""

import pytest

from bot.conversation import MenuItem
from bot.dialogue import reading

MENU = (
    MenuItem("pick:m1", ("1", "みどりの会")),
    MenuItem("pick:m2", ("2", "ひだまり相談室")),
    MenuItem("none", ("5", "どれもちがう")),
    MenuItem("agree:m1", ("8", "はい、この団体につなぐ")),
    MenuItem("ten", ("10", "高齢・介護")),
    MenuItem("help", ("0", "いますぐ助けがほしい")),
)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("1", "pick:m1"),
        ("１", "pick:m1"),
        ("①", "pick:m1"),
        ("一", "pick:m1"),
        ("2番でお願いします", "pick:m2"),
        (" ２ 番 。", "pick:m2"),
        ("五番目", "none"),
        ("10", "ten"),
        ("十", "ten"),
        ("０", "help"),
        ("みどりの会", "pick:m1"),
        ("ひだまり相談室。", "pick:m2"),
        ("ヒダマリ相談室", "pick:m2"),
        ("ひだまりり相談室", "pick:m2"),
        ("どれも違う", ""),
        ("どれもちがうう", "none"),
        ("いますぐ助けてほしい", "help"),
    ],
)
def test_numbers_words_and_typos(text: str, action: str) -> None:
    assert reading.pick(MENU, text) == action


@pytest.mark.parametrize(
    "text",
    ["110", "１１９", "1人です", "3", "2人の子ども", "みどり", "", "😊", "ひだまり相談室はいやだ",
     "はい、この団体につなく"],
)  # fmt: skip
def test_what_is_not_a_choice(text: str) -> None:
    assert reading.pick(MENU, text) == ""


def test_two_equally_near_words_decide_nothing() -> None:
    menu = (MenuItem("a", ("あおぞら会館",)), MenuItem("b", ("あおぞら会員",)))
    assert reading.pick(menu, "あおぞら会話") == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("やめる", "withdraw"),
        ("消して。", "erase"),
        ("ケシテ", "erase"),
        ("連絡しないでください", "stop"),
        ("１１０", "dialed"),
        ("助けて！", "help"),
        ("仕事をやめたい", ""),
        ("消えたい", ""),
        ("彼が連絡しないで困る", ""),
    ],
)
def test_commands_are_whole_sentences(text: str, name: str) -> None:
    assert reading.command(text) == name


def test_a_refusal_is_found_inside_a_sentence() -> None:
    assert reading.refuses_telling("夫のことです。誰にも言わないで！")
    assert not reading.refuses_telling("誰にも言えない")
    assert reading.only_refuses("誰にも言わないでね")
    assert not reading.only_refuses("夫のことです。誰にも言わないで")


def test_small_talk() -> None:
    assert reading.is_small_talk("こんにちは！")
    assert reading.is_small_talk("")
    assert reading.is_small_talk("4"), "a number that names no choice is no worry"
    assert reading.is_small_talk("②")
    assert not reading.is_small_talk("こんにちは、眠れません")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("着きました。はい", "yes"),
        ("はい、もう大丈夫です", "yes"),
        ("いいえ、まだです", "no"),
        ("はい、でも安全じゃない", ""),
        ("わからない", ""),
    ],
)
def test_an_answer_with_more_words_around_it(text: str, answer: str) -> None:
    assert reading.leading_answer(text) == answer
