"""The library: articles, stories and what was made of them, in SQLite or PostgreSQL."""

from .library import Library
from .records import (
    Added,
    ArticleRow,
    Change,
    EntryState,
    FailureRow,
    FeedState,
    Health,
    Hit,
    Page,
    Person,
    QuoteHit,
    Received,
    StoryRow,
)

__all__ = [
    "Added",
    "ArticleRow",
    "Change",
    "EntryState",
    "FailureRow",
    "FeedState",
    "Health",
    "Hit",
    "Library",
    "Page",
    "Person",
    "QuoteHit",
    "Received",
    "StoryRow",
]
