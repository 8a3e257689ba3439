"""How Alembic reaches the archive: on the connection, and in the transaction, of whoever opened it."""

from __future__ import annotations

from alembic import context

from archiver.store.tables.base import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
    user_module_prefix="types.",
)
context.run_migrations()
