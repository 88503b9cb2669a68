"""The audit trail takes lines in the caller's transaction and never more than fits."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from desk.office import Office
from desk.trail import note
from store.accounts import Audit
from tests.cases import NOW


def test_a_line_is_kept_with_its_transaction(office: Office) -> None:
    with office.database.sessions.begin() as session:
        note(session, NOW, "operator", "looked", "case:1", "x" * 500)
    with pytest.raises(RuntimeError), office.database.sessions.begin() as session:
        note(session, NOW, "operator", "looked", "case:2")
        raise RuntimeError
    with office.database.reads() as session:
        assert session.scalar(select(func.count()).select_from(Audit)) == 1
        assert len(session.scalars(select(Audit.why)).one()) == 200
