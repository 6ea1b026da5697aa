"""Whatever the database or its driver raises comes out as an error of the store, from every method."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from secondsource.errors import Failure, StoreError
from secondsource.model import Article
from secondsource.store import FeedState, Library

CALLS: dict[str, Callable[[Library], Any]] = {
    "add": lambda library: library.add([Article(text="The ferry sank.")]),
    "article": lambda library: library.article("a"),
    "received": lambda library: library.received("a"),
    "articles": lambda library: library.articles(),
    "stories": lambda library: library.stories(),
    "story": lambda library: library.story("s"),
    "story_row": lambda library: library.story_row("s"),
    "story_of": lambda library: library.story_of("a"),
    "changes": lambda library: library.changes(),
    "position": lambda library: library.position(),
    "cursor": lambda library: library.cursor("me"),
    "keep_cursor": lambda library: library.keep_cursor("me", 1),
    "reading": lambda library: library.reading("a"),
    "read": lambda library: library.read(),
    "brief": lambda library: library.brief("s"),
    "search": lambda library: library.search("ferry"),
    "quotes": lambda library: library.quotes(words="ferry"),
    "people": lambda library: library.people(),
    "feeds": lambda library: library.feeds(),
    "feed": lambda library: library.feed("u"),
    "due_feeds": lambda library: library.due_feeds(datetime(2024, 3, 4, tzinfo=UTC)),
    "entries": lambda library: library.entries(["e"]),
    "keep_feed": lambda library: library.keep_feed(FeedState("u")),
    "drop_feed": lambda library: library.drop_feed("u"),
    "record": lambda library: library.record([Failure("read", "a", "broken")]),
    "failures": lambda library: library.failures(),
    "health": lambda library: library.health(),
}
TABLES = (
    "articles received stories members changes readings quotes speakers feeds entries failures cursors found"
)


def test_every_public_method_is_called_here() -> None:
    methods = {name for name, _ in inspect.getmembers(Library, inspect.isfunction)}
    assert {name for name in methods if not name.startswith("_")} - {"close"} == set(CALLS)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library whose tables are gone."""
    library = Library(tmp_path_factory.mktemp("broken") / "news.db")
    with library._database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DROP VIEW searched")
        for table in TABLES.split():
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.commit()
    return library


@pytest.mark.parametrize("name", sorted(CALLS))
def test_a_method_of_a_broken_library_raises_an_error_of_the_store(broken: Library, name: str) -> None:
    with pytest.raises(StoreError, match="no such table"):
        CALLS[name](broken)


@pytest.mark.parametrize(
    "call",
    [
        lambda library: library.changes(2**70),
        lambda library: library.keep_cursor("me", 2**70),
        lambda library: library.article("half of a pair: \ud800"),
    ],
)
def test_values_that_no_database_holds_are_refused_by_the_store(
    library: Library, call: Callable[[Library], Any]
) -> None:
    with pytest.raises(StoreError):
        call(library)


def test_what_is_no_library_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(b"This is no database, it is a note about one." * 100)
    with pytest.raises(StoreError, match="not a database"):
        Library(path)


def test_a_library_of_a_newer_version_is_refused(place: str) -> None:
    with Library(place) as library, library._database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version"):
        Library(place)
