"""All tables together: sealed where words are, versioned where people meet, indexed where asked."""

from __future__ import annotations

from sqlalchemy import LargeBinary

from store.cases import Case
from store.letterbox import OutboxMessage
from store.tables import Base
from store.talks import Talk

TABLES = Base.metadata.tables
SEALED = {
    "person.address_sealed",
    "inbound_event.raw_sealed",
    "outbox.payload_sealed",
    "conversation.state_sealed",
    "message.words_sealed",
    "cases.summary_sealed",
}


def test_words_lie_only_in_sealed_columns() -> None:
    binary = {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert binary - {"data_key.wrapped"} == SEALED
    names = {column.name for table in TABLES.values() for column in table.columns}
    assert not names & {"words", "text", "body", "raw", "line_user_id", "display_name", "payload"}


def test_where_two_may_act_at_once_a_version_decides() -> None:
    assert all(mapped.__mapper__.version_id_col is not None for mapped in (Case, Talk))


def test_a_destroyed_key_leaves_no_row_pointing_at_it() -> None:
    pointing = [
        (table.name, key.ondelete)
        for table in TABLES.values()
        for key in table.foreign_keys
        if key.column.table.name == "data_key"
    ]
    assert pointing and all(ondelete == "SET NULL" for _, ondelete in pointing)


def test_the_hot_questions_have_an_index() -> None:
    outbox = {index.name for index in OutboxMessage.__table__.indexes}  # type: ignore[attr-defined]
    inbound = {index.name for index in TABLES["inbound_event"].indexes}
    assert "ix_outbox_open" in outbox and "ix_inbound_event_waiting" in inbound
