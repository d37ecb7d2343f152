"""Run by Alembic: the migrations work on the connection, and in the transaction, of ``archive.migrate``."""

from alembic import context

from newsbot.archive.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
