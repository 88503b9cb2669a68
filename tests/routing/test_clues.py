"""Rule files are compiled strictly: what cannot be meant is refused by name."""

from __future__ import annotations

from typing import Any

import pytest

from routing.clues import RuleFault, compile_rules
from routing.judgement import Level

NEVER = ["(?!)"]


def rule_file(**changed: Any) -> dict[str, Any]:
    tones = ("idiom", "earnest", "negated", "past", "still", "fiction", "enquiry")
    row = {
        "id": "test.one",
        "level": "urgent",
        "kind": "violence",
        "clause": ["<agent>が<act>"],
        "danger": ["夫がナグる", "x"],
        "calm": ["y"],
    }
    return {
        "version": "1",
        "words": {"agent": ["夫", "父"], "act": ["ナグる", "<agent>を"]},
        "tone": dict.fromkeys(tones, NEVER),
        "rules": [row | changed],
    }


def test_groups_are_expanded_and_folded() -> None:
    rule = compile_rules(rule_file()).rules[0]
    assert rule.level is Level.URGENT
    assert rule.clause[0].search("夫がなぐる")
    assert rule.clause[0].search("父が夫を")
    assert not rule.clause[0].search("夫となぐる")


def test_an_unknown_group_names_the_rule() -> None:
    with pytest.raises(RuleFault, match=r"test\.one: unknown word group <nobody>"):
        compile_rules(rule_file(clause=["<nobody>"]))


def test_a_broken_pattern_names_the_rule() -> None:
    with pytest.raises(RuleFault, match=r"test\.one"):
        compile_rules(rule_file(clause=["(夫"]))


def test_an_id_used_twice_is_refused() -> None:
    data = rule_file()
    with pytest.raises(RuleFault, match="used twice"):
        compile_rules(data | {"rules": data["rules"] * 2})


def test_an_unknown_level_or_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="panic"):
        compile_rules(rule_file(level="panic"))
    with pytest.raises(ValueError, match="sadness"):
        compile_rules(rule_file(kind="sadness"))
