"""Every key used exists, every key there is used, and every language has the same shape."""

import re
from pathlib import Path

import pytest

from bot import phrases
from routing.judgement import UrgentKind

CODE = [p for p in Path("bot").rglob("*.py") if "__pycache__" not in p.parts]
SOURCE = "\n".join(p.read_text(encoding="utf-8") for p in CODE)
ROOTS = {key.partition(".")[0] for key in phrases.books()["ja"].says}


def named() -> set[str]:
    """Keys written out in code."""
    found = set(re.findall(r'"([a-z_]+(?:\.[a-z_]+)*)"', SOURCE))
    return {key for key in found if key.partition(".")[0] in ROOTS and "." in key} | (
        found & set(phrases.books()["ja"].says)
    )


def prefixes() -> set[str]:
    """Beginnings of keys that code completes with a code of the data."""
    return {p for p in re.findall(r'f"([a-z_.]+\.)\{', SOURCE) if p.partition(".")[0] in ROOTS}


def test_every_key_used_in_code_exists() -> None:
    files = {"ja.yaml"}
    unknown = {k for k in named() if k not in phrases.books()["ja"].says and k not in files}
    assert unknown == set()


def test_every_key_in_the_file_is_used() -> None:
    begun = tuple(prefixes())
    unused = [k for k in phrases.books()["ja"].says if k not in named() and not k.startswith(begun)]
    assert unused == []


@pytest.mark.parametrize("part", ["me", "other", "title"])
@pytest.mark.parametrize("kind", [*UrgentKind, "any"])
def test_every_danger_has_its_sentences(part: str, kind: str) -> None:
    assert phrases.phrase(f"danger.card.{part}.{kind}", "ja")


@pytest.mark.parametrize("language", phrases.languages())
def test_every_language_has_the_same_keys_and_placeholders(language: str) -> None:
    phrases.refuse_differences(phrases.books()["ja"], phrases.books()[language])


def test_a_missing_parameter_or_key_is_refused() -> None:
    with pytest.raises(phrases.PhraseFault, match="takes"):
        phrases.phrase("quiet", "ja")
    with pytest.raises(phrases.PhraseFault, match="no sentence"):
        phrases.phrase("nowhere", "ja")


def test_an_unknown_language_speaks_japanese() -> None:
    assert phrases.phrase("danger.yes", "xx") == "はい"
    assert phrases.version("xx") == phrases.version("ja")


def test_a_file_that_differs_is_named(tmp_path: Path) -> None:
    other = tmp_path / "en.yaml"
    other.write_text('version: 1\nsays: {quiet: "no braces"}\ntyped: {}\n', encoding="utf-8")
    with pytest.raises(phrases.PhraseFault, match="placeholders of quiet"):
        phrases.refuse_differences(phrases.books()["ja"], phrases.read(other))


@pytest.mark.parametrize(
    ("content", "fault"),
    [("version: 1\n", "needs exactly"), ("version: 1\nsays: {a: {on: x}}\ntyped: {}\n", "quotes"),
     ("version: 1\nsays: {a: 3}\ntyped: {}\n", "not a sentence")],
)  # fmt: skip
def test_a_malformed_file_is_refused(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "xx.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(phrases.PhraseFault, match=fault):
        phrases.read(path)
