"""The tables of a library, as SQLAlchemy describes them; `migrations/` makes them.

`seq` and `position` count what came in, upwards and never twice, so they
serve as cursors. Days are ISO 8601 strings, which sort as the days do.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

articles: Final = Table(
    "articles",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("content", String, nullable=False, unique=True),
    Column("title", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("published", String),
    Column("earliest", String),
    Column("latest", String),
    Column("how", String),
    Column("authors", JSON, nullable=False),
    Column("credit", Text),
    Column("place", Text),
    Column("source", Text),
    Column("blocks", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Index("articles_outlet", "outlet", "seq"),
    Index("articles_latest", "latest", "seq", "earliest"),
    sqlite_autoincrement=True,
)

received: Final = Table(
    "received",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("media_type", String, nullable=False),
    Column("url", Text),
    Column("body", LargeBinary, nullable=False),
)

stories: Final = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("into", ForeignKey("stories.id")),
    Column("articles", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("outlets", JSON, nullable=False),
    Column("first", String),
    Column("last", String),
    Column("per_day", JSON, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("born", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Index("stories_changed", "changed"),
    Index("stories_seen", "state", "seen"),
    Index("stories_last", "state", "last", "origins"),
    Index("stories_origins", "state", "origins", "last"),
)

members: Final = Table(
    "members",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("story", ForeignKey("stories.id"), nullable=False, index=True),
)

sights: Final = Table(
    "sights",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("day", Integer, nullable=False, index=True),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

near: Final = Table(
    "near",
    metadata,
    Column("left", ForeignKey("articles.id"), primary_key=True),
    Column("right", ForeignKey("articles.id"), primary_key=True, index=True),
    Column("score", Float, nullable=False),
    Column("body", Float, nullable=False),
)

rarity: Final = Table(
    "rarity",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("seq", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

origins: Final = Table(
    "origins",
    metadata,
    Column("story", ForeignKey("stories.id"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("why", String, nullable=False),
    Column("name", Text),
    Column("articles", JSON, nullable=False),
    Column("copied", JSON, nullable=False),
)

links: Final = Table(
    "links",
    metadata,
    Column("left", ForeignKey("articles.id"), primary_key=True),
    Column("right", ForeignKey("articles.id"), primary_key=True, index=True),
    Column("passages", JSON, nullable=False),
    Column("left_share", Float, nullable=False),
    Column("right_share", Float, nullable=False),
)

changes: Final = Table(
    "changes",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("what", String, nullable=False),
    Column("story", ForeignKey("stories.id"), nullable=False),
    Column("articles", JSON, nullable=False),
    Column("other", String),
    Index("changes_story", "story", "position"),
    sqlite_autoincrement=True,
)

readings: Final = Table(
    "readings",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("version", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

quotes: Final = Table(
    "quotes",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("version", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("speaker", Text),
    Column("folded", Text),
    Column("how", String, nullable=False),
    Column("form", String, nullable=False),
    Column("certainty", String, nullable=False),
    Column("cue", JSON, nullable=False),
    Column("source", JSON, nullable=False),
    Column("content", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Index("quotes_speaker", "version", "folded", "article"),
)

speakers: Final = Table(
    "speakers",
    metadata,
    Column("version", String, primary_key=True),
    Column("folded", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("quotes", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("first", String),
    Column("last", String),
    Index("speakers_quotes", "version", "quotes", "folded"),
)

voices: Final = Table(
    "voices",
    metadata,
    Column("version", String, primary_key=True),
    Column("folded", String, primary_key=True),
    Column("story", ForeignKey("stories.id"), primary_key=True),
    Column("articles", Integer, nullable=False),
)

events: Final = Table(
    "events",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("version", String, primary_key=True),
    Column("type", String, primary_key=True),
    Column("times", Integer, nullable=False),
    Index("events_type", "version", "type", "article"),
)

briefs: Final = Table(
    "briefs",
    metadata,
    Column("story", ForeignKey("stories.id"), primary_key=True),
    Column("version", String, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("differing", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

feeds: Final = Table(
    "feeds",
    metadata,
    Column("url", String, primary_key=True),
    Column("title", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("checked", String),
    Column("due", String, index=True),
    Column("delay", Float, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("reason", Text),
)

entries: Final = Table(
    "entries",
    metadata,
    Column("id", String, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("done", Integer, nullable=False),
)

failures: Final = Table(
    "failures",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("key", String, nullable=False, unique=True),
    Column("stage", String, nullable=False),
    Column("where", Text, nullable=False),
    Column("line", Integer),
    Column("reason", Text, nullable=False),
    Column("source", Text),
    Column("times", Integer, nullable=False),
    sqlite_autoincrement=True,
)

cursors: Final = Table(
    "cursors",
    metadata,
    Column("name", String, primary_key=True),
    Column("position", Integer, nullable=False),
)
