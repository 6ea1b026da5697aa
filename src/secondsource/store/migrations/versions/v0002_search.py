"""Indexes that answer filters by themselves; all names that something is said under, and in which stories."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INDEXES = (
    ("articles_latest", "articles", ["latest", "seq", "earliest"]),
    ("quotes_speaker", "quotes", ["version", "folded", "article"]),
    ("events_type", "events", ["version", "type", "article"]),
)


def upgrade() -> None:
    """Make the indexes anew, wider; fill in the names."""
    for name, table, columns in INDEXES:
        op.drop_index(name, table)
        op.create_index(name, table, columns, unique=False)
    op.execute(
        "INSERT INTO speakers (version, folded, name, quotes, articles)"
        " SELECT version, folded, min(speaker), 0, 0 FROM quotes WHERE folded IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM speakers s WHERE s.version = quotes.version AND s.folded = quotes.folded)"
        " GROUP BY version, folded"
    )
    op.create_table(
        "voices",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_voices_story")),
        sa.PrimaryKeyConstraint("version", "folded", "story", name=op.f("pk_voices")),
    )
    op.execute(
        "INSERT INTO voices (version, folded, story, articles)"
        " SELECT quotes.version, quotes.folded, members.story, count(DISTINCT quotes.article) FROM quotes"
        " JOIN members ON members.article = quotes.article WHERE quotes.folded IS NOT NULL"
        " AND quotes.how IN ('named', 'pronoun', 'utterance')"
        " GROUP BY quotes.version, quotes.folded, members.story"
    )
