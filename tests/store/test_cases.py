"""A case row: of two who change it at once the later one is refused, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy.orm.exc import StaleDataError

from desk.office import Office
from store.cases import Case
from tests.cases import a_handoff


def test_the_version_lets_one_win(office: Office) -> None:
    case_id = a_handoff(office)
    with office.database.reads() as session:
        seen = session.get_one(Case, case_id)
        version = seen.version
    with office.database.sessions.begin() as session:
        session.get_one(Case, case_id).outcome = "first"
    with pytest.raises(StaleDataError), office.database.sessions.begin() as session:
        session.merge(seen, load=False).outcome = "second"
        session.flush()
    with office.database.reads() as session:
        case = session.get_one(Case, case_id)
        assert (case.outcome, case.version) == ("first", version + 1)


def test_two_recipients_see_two_names(office: Office) -> None:
    talk = ""
    names = set()
    for _ in range(8):
        case_id = a_handoff(office, talk=talk)
        with office.database.reads() as session:
            case = session.get_one(Case, case_id)
            talk = case.conversation_id
            names.add(case.pseudonym)
    assert len(names) == 8
