"""Alembic's entry: runs the steps on the connection that `desk.schema` hands over."""

from __future__ import annotations

from alembic import context

from store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
