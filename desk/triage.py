"""Looking through what waits for words of danger, so that their turn comes before everybody's.

Only the order of work depends on it: every event is judged again in its own turn, and an alarm that
is not seen here waits like the rest.
"""

from __future__ import annotations

import json

from bot.conversation import Inbound, InboundKind
from bot.dialogue.reading import command
from desk.office import Office
from desk.turn import ReadEvent
from routing.judgement import Level
from store import inbox

_MOST_AT_ONCE = 500
"""Events per look; a text is judged in one to two milliseconds."""
_ALARMING_TAPS = ("help", "safe:no")


class Triage:
    """Remembers what it has looked at. Used by one thread."""

    def __init__(self, office: Office, read_event: ReadEvent) -> None:
        self._office = office
        self._read_event = read_event
        self._looked: set[int] = set()

    def look(self) -> list[str]:
        """Ids of the people whose newly waiting events tell of danger, in order of arrival."""
        with self._office.database.reads() as session:
            waiting = inbox.waiting_numbers(session)
            self._looked &= set(waiting)
            new = [seq for seq in waiting if seq not in self._looked][:_MOST_AT_ONCE]
            sealed = inbox.sealed_events(session, new)
        self._looked.update(new)
        return list(dict.fromkeys(e.person_id for e in sealed if self._is_alarm(e)))

    def _is_alarm(self, event: inbox.SealedEvent) -> bool:
        try:
            key = self._office.vault.open_key(event.key_id, event.wrapped)
            raw = key.open(f"inbound_event.raw|{event.event_id}", event.raw_sealed)
            inbound, _token = self._read_event(json.loads(raw))
            return inbound.can_answer and self._tells_of_danger(inbound)
        except Exception:  # a strange event is set aside in its own turn; here it stops nobody
            return False

    def _tells_of_danger(self, inbound: Inbound) -> bool:
        if inbound.kind is InboundKind.POSTBACK:
            return inbound.action in _ALARMING_TAPS
        if inbound.kind not in (InboundKind.TEXT, InboundKind.STICKER):
            return False
        if command(inbound.text) == "help":
            return True
        return self._office.judge.urgency(inbound.text).level.rank >= Level.URGENT.rank
