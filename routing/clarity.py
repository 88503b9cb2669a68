"""Whether one message is enough, or one question would lead to a better member.

The question costs a tired person strength, so it is asked only when the best worry is barely ahead
or barely heard. How much it helps is measured in `make bench-judgement`.
"""

from __future__ import annotations

from collections.abc import Sequence

from routing.judgement import NO_WORRY, CategoryMatch

CLEAR = 0.45
"""A best worry with at least this score needs no question, whatever follows it."""
HEARD, AHEAD = 0.25, 0.12
"""Below CLEAR, enough is: at least HEARD, and AHEAD of the second."""


def is_clear(ranking: Sequence[CategoryMatch]) -> bool:
    """True when suggestions can follow at once; False too when there is no worry at all."""
    worries = [match.score for match in ranking if match.code != NO_WORRY]
    if not worries or ranking[0].code == NO_WORRY:
        return False
    ahead = worries[0] - (worries[1] if len(worries) > 1 else 0.0)
    return worries[0] >= CLEAR or (worries[0] >= HEARD and ahead >= AHEAD)
