"""Alembic's way in: it migrates on the connection that `Database` hands it, in its transaction."""

from alembic import context

from secondsource.store.tables import metadata

# Whoever imports every module of the package comes by here without a migration to run.
config = getattr(context, "config", None)

if config is not None:
    context.configure(
        connection=config.attributes["connection"], target_metadata=metadata, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()
