"""The whole judgement of one text: language, danger, worry, and for whom it is asked.

Built once per directory and then only read: any number of threads may share one judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from directory_data.model import Directory
from routing.clarity import is_clear
from routing.fold import fold, visible
from routing.judgement import Judgement, Urgency
from routing.language import detect
from routing.learned import Reading, learned
from routing.matching import Matcher
from routing.people import folded_speaks_for_other
from routing.sentences import Sentences, sentences
from routing.urgency import Finding, features, find, weigh

_ABOUT_OTHER = 0.6
"""From this score on the learned judge hears somebody who writes about somebody else."""


@dataclass(frozen=True)
class Why:
    """The strongest letter clues (piece, weight) behind a judgement."""

    danger: tuple[tuple[str, float], ...]
    worries: Mapping[str, tuple[tuple[str, float], ...]]
    by_meaning: bool
    """The sentence vector had a say too; it has no clues that can be shown."""


class Judge:
    """Reads texts for one directory."""

    def __init__(self, directory: Directory, encoder: Sentences | None = None) -> None:
        self._encoder = encoder or sentences()
        self._matcher = Matcher(directory.categories, learned("letters").outputs)

    def read(self, text: str, language: str = "ja") -> Judgement:
        """Judge one text; `language` is that of the talk and is kept when the text is too short
        to tell. Never raises, whatever the text is."""
        folded = fold(text)
        findings = find(folded)
        reading = self._reading(text, folded, findings)
        ranking = self._matcher.match(text, folded, reading)
        urgency = _addressed(weigh(findings, reading), folded, reading)
        return Judgement(
            language=detect(text, language, reading),
            urgency=urgency,
            ranking=ranking,
            clear=is_clear(ranking),
            about_other=urgency.about_other,
        )

    def warm_up(self) -> None:
        """Load everything now, so that the first resident does not wait for it."""
        self.read("玄関")

    def urgency(self, text: str) -> Urgency:
        """The danger alone, in a fraction of the time."""
        folded = fold(text)
        findings = find(folded)
        reading = self._reading(text, folded, findings)
        return _addressed(weigh(findings, reading), folded, reading)

    def why(self, text: str) -> Why:
        """What spoke for danger and for each worry, for coordinators and editors to read.

        Holds pieces of the text itself: shown to whoever typed it, never kept or logged.
        """
        folded = fold(text)
        reading = self._reading(text, folded, find(folded))
        dangers = reading.of_kinds("danger")
        loudest = max(dangers, key=lambda kind: dangers[kind])
        model = reading.model
        ranking = self._matcher.match(text, folded, reading)
        return Why(
            danger=tuple(model.clues(folded, "level.urgent", f"danger.{loudest}")),
            worries={
                match.code: tuple(model.clues(folded, match.code))
                for match in ranking
                if match.code in model.place
            },
            by_meaning=model.needs_meaning,
        )

    def _reading(self, text: str, folded: str, findings: list[Finding]) -> Reading:
        """By letters, rules and meaning; by the letters' own model where there is no vector."""
        vector = self._encoder.vector(visible(text))
        model = learned("judge" if vector is not None else "letters")
        return model.read(folded, vector, features(findings))


def _addressed(urgency: Urgency, folded: str, reading: Reading) -> Urgency:
    """The writer speaks for somebody else: by a rule, by grammar, or as the judge learned it."""
    learned_so = reading.score("about.other") > _ABOUT_OTHER
    other = urgency.about_other or folded_speaks_for_other(folded) or learned_so
    return replace(urgency, about_other=other)
