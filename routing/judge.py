"""The whole judgement of one text: language, danger, worry, and for whom it is asked.

Built once per directory and then only read: any number of threads may share one judge.
"""

from __future__ import annotations

from directory_data.model import Directory
from routing.judgement import Judgement
from routing.language import detect
from routing.matching import Matcher
from routing.people import speaks_for_other
from routing.urgency import assess


class Judge:
    """Reads texts for one directory."""

    def __init__(self, directory: Directory) -> None:
        self._matcher = Matcher(directory.categories)

    def read(self, text: str, language: str = "ja") -> Judgement:
        """Judge one text; `language` is that of the talk and is kept when the text is too short
        to tell. Never raises, whatever the text is."""
        urgency = assess(text)
        categories = self._matcher.match(text)
        return Judgement(
            language=detect(text, language),
            urgency=urgency,
            categories=categories,
            clear=self._matcher.is_clear(categories),
            about_other=urgency.about_other or speaks_for_other(text),
        )
