"""The library as it was first: articles, stories, readings, briefs, feeds, and the full-text index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of an empty database."""
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_search()
    else:
        _postgresql_search()


def _sqlite_search() -> None:
    # The index holds words only: what it found is cut from the articles' own text, of which the view blanks
    # out the furniture with the function `blank` that every connection of a library has.
    op.execute(
        "CREATE VIEW searched AS SELECT seq, coalesce(title, '') AS title, blank(text, blocks) AS body"
        " FROM articles"
    )
    op.execute(
        "CREATE VIRTUAL TABLE found USING fts5(title, body, content='searched', content_rowid='seq',"
        " tokenize='porter unicode61 remove_diacritics 2')"
    )


def _postgresql_search() -> None:
    op.create_table(
        "found",
        sa.Column("seq", sa.Integer(), sa.ForeignKey("articles.seq"), primary_key=True),
        sa.Column("words", sa.dialects.postgresql.TSVECTOR(), nullable=False),
    )
    op.create_index("found_words", "found", ["words"], postgresql_using="gin")


def _tables() -> None:
    op.create_table(
        "articles",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("earliest", sa.String(), nullable=True),
        sa.Column("latest", sa.String(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_articles")),
        sa.UniqueConstraint("content", name=op.f("uq_articles_content")),
        sa.UniqueConstraint("id", name=op.f("uq_articles_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("articles_latest", "articles", ["latest", "seq"], unique=False)
    op.create_index("articles_outlet", "articles", ["outlet", "seq"], unique=False)
    op.create_table(
        "cursors",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_cursors")),
    )
    op.create_table(
        "entries",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
    )
    op.create_table(
        "failures",
        sa.Column("position", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_failures")),
        sa.UniqueConstraint("key", name=op.f("uq_failures_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "feeds",
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("checked", sa.String(), nullable=True),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("delay", sa.Float(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feeds")),
    )
    op.create_index(op.f("ix_feeds_due"), "feeds", ["due"], unique=False)
    op.create_table(
        "rarity",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_rarity")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "speakers",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("quotes", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("first", sa.String(), nullable=True),
        sa.Column("last", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("version", "folded", name=op.f("pk_speakers")),
    )
    op.create_index("speakers_quotes", "speakers", ["version", "quotes", "folded"], unique=False)
    op.create_table(
        "stories",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("into", sa.String(), nullable=True),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.JSON(), nullable=False),
        sa.Column("first", sa.String(), nullable=True),
        sa.Column("last", sa.String(), nullable=True),
        sa.Column("per_day", sa.JSON(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("born", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["into"], ["stories.id"], name=op.f("fk_stories_into")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_index("stories_changed", "stories", ["changed"], unique=False)
    op.create_index("stories_last", "stories", ["state", "last", "origins"], unique=False)
    op.create_index("stories_origins", "stories", ["state", "origins", "last"], unique=False)
    op.create_index("stories_seen", "stories", ["state", "seen"], unique=False)
    op.create_table(
        "briefs",
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("differing", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_briefs_story")),
        sa.PrimaryKeyConstraint("story", name=op.f("pk_briefs")),
    )
    op.create_table(
        "changes",
        sa.Column("position", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.Column("other", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_changes_story")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index("changes_story", "changes", ["story", "position"], unique=False)
    op.create_table(
        "events",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_events_article")),
        sa.PrimaryKeyConstraint("article", "version", "type", name=op.f("pk_events")),
    )
    op.create_index("events_type", "events", ["version", "type"], unique=False)
    op.create_table(
        "links",
        sa.Column("left", sa.String(), nullable=False),
        sa.Column("right", sa.String(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("left_share", sa.Float(), nullable=False),
        sa.Column("right_share", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["left"], ["articles.id"], name=op.f("fk_links_left")),
        sa.ForeignKeyConstraint(["right"], ["articles.id"], name=op.f("fk_links_right")),
        sa.PrimaryKeyConstraint("left", "right", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_right"), "links", ["right"], unique=False)
    op.create_table(
        "members",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_members_article")),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_members_story")),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_story"), "members", ["story"], unique=False)
    op.create_table(
        "near",
        sa.Column("left", sa.String(), nullable=False),
        sa.Column("right", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("body", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["left"], ["articles.id"], name=op.f("fk_near_left")),
        sa.ForeignKeyConstraint(["right"], ["articles.id"], name=op.f("fk_near_right")),
        sa.PrimaryKeyConstraint("left", "right", name=op.f("pk_near")),
    )
    op.create_index(op.f("ix_near_right"), "near", ["right"], unique=False)
    op.create_table(
        "origins",
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.Column("copied", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_origins_story")),
        sa.PrimaryKeyConstraint("story", "id", name=op.f("pk_origins")),
    )
    op.create_table(
        "quotes",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("cue", sa.JSON(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_quotes_article")),
        sa.PrimaryKeyConstraint("article", "version", "number", name=op.f("pk_quotes")),
    )
    op.create_index("quotes_speaker", "quotes", ["version", "folded"], unique=False)
    op.create_table(
        "readings",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_readings_article")),
        sa.PrimaryKeyConstraint("article", "version", name=op.f("pk_readings")),
    )
    op.create_table(
        "received",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_received_article")),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_received")),
    )
    op.create_table(
        "sights",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_sights_article")),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_sights")),
        sa.UniqueConstraint("seq", name=op.f("uq_sights_seq")),
    )
    op.create_index(op.f("ix_sights_day"), "sights", ["day"], unique=False)
