"""The database under a library: opened, migrated, and used in transactions.

SQLite keeps everything in one file: a write-ahead log, so that readers never
wait; full synchronisation, so that what was committed outlives a power cut.
Whoever writes takes the lock at once (`BEGIN IMMEDIATE`; an advisory lock on
PostgreSQL), so that two writers wait for each other and never deadlock, and
positions in the log become visible in their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ..errors import InputError, MissingExtraError, StoreError
from .blank import blank

HEAD: Final = "0002"
"""The newest migration; a test holds that it is."""

BUSY: Final = 120
"""Seconds that a writer waits for the others."""

_LOCK: Final = 0x5EC0_5EC0
_WRITES: Final = "secondsource_writes"


class Database:
    """A place for a library: `path`, `sqlite:///path` or `postgresql://...`.

    Raises:
        InputError: when the address is none of these.
        MissingExtraError: for PostgreSQL without the extra `postgres`.
        StoreError: when it can't be opened.
    """

    def __init__(self, place: str | Path) -> None:
        self.url = _url(place)
        self.kind: Literal["sqlite", "postgresql"] = (
            "postgresql" if self.url.get_backend_name() == "postgresql" else "sqlite"
        )
        self.engine = _engine(self.url)
        try:
            self._migrate()
        except StoreError:
            self.engine.dispose()
            raise

    @property
    def name(self) -> str:
        """What messages call it: no password is shown."""
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the library."""
        with self._told_as_ours(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it or, on any error, nothing."""
        with self._told_as_ours(), self.engine.connect() as connection:
            writer = connection.execution_options(**{_WRITES: True})
            with writer.begin():
                if self.kind == "postgresql":
                    writer.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                yield writer

    @contextmanager
    def _told_as_ours(self) -> Iterator[None]:
        """Errors of the database, or of its driver at values that it can't hold, as errors of the store."""
        try:
            yield
        except (SQLAlchemyError, OverflowError, UnicodeEncodeError) as error:
            raise StoreError(f"the library {self.name} can't be used: {_why(error)}") from error

    def size(self, connection: Connection) -> int:
        """Bytes of the database."""
        if self.kind == "postgresql":
            return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        return int(pages) * int(connection.execute(text("PRAGMA page_size")).scalar_one())

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def _migrate(self) -> None:
        with self.reading() as connection:
            kept = _version(connection)
        if kept == HEAD:
            return
        if kept is not None and kept > HEAD:
            raise StoreError(
                f"the library {self.name} was made by a newer version: it is at {kept}, not {HEAD}"
            )
        # Alembic is loaded only where something is to be done.
        from alembic import command
        from alembic.config import Config

        with self.writing() as connection, as_file(files(__package__).joinpath("migrations")) as scripts:
            if _version(connection) == HEAD:
                return
            config = Config()
            config.set_main_option("script_location", str(scripts))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _url(place: str | Path) -> URL:
    given = str(place)
    if "://" not in given:
        if not given.strip():
            raise InputError("a library needs a file name or an address")
        return URL.create("sqlite", database=given)
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise InputError(f"not the address of a library: {error}") from error
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("postgresql", "sqlite"):
        raise InputError(f"a library is kept in SQLite or PostgreSQL, not in {url.get_backend_name()}")
    return url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        try:
            engine = create_engine(url, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise MissingExtraError("postgres", "a library on PostgreSQL") from error
        event.listen(engine, "connect", _prepare_postgresql)
        return engine
    engine = create_engine(url, connect_args={"timeout": BUSY}, pool_size=10, max_overflow=50)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_isolation TO 'read committed'")
    connection.commit()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself; `_begin_sqlite` does.
    connection.isolation_level = None
    connection.create_function("blank", 2, blank, deterministic=True)
    # SQLite's own knows the letters of ASCII only.
    connection.create_function("lower", 1, _lower, deterministic=True)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}").close()


def _lower(value: str | None) -> str | None:
    return None if value is None else str(value).lower()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _why(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())
