"""The migrations make the tables that the code works on."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from secondsource.store import Library
from secondsource.store.tables import metadata

OWN = ("found", "alembic_version")
"""Tables of the full-text index and of Alembic."""


def test_the_migrations_make_the_tables(library: Library) -> None:
    with library._database.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or not str(name).startswith(OWN)},
        )
        assert compare_metadata(context, metadata) == []
