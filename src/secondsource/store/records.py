"""What a library hands out and takes in: rows, pages, states; each immutable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, Literal, TypeAlias, TypeVar

from ..errors import Failure
from ..model import Span

T_co = TypeVar("T_co", covariant=True)

StoryState: TypeAlias = Literal["open", "closed", "merged"]
"""`open` takes in articles still; `closed` is over; `merged` went into another story."""

What: TypeAlias = Literal["born", "grew", "merged", "split", "closed"]
"""What became of a story."""

StoryOrder: TypeAlias = Literal["changed", "newest", "origins"]
"""Stories by their last change, by the day of their last article, or by how many origins they have."""

HitOrder: TypeAlias = Literal["relevance", "newest"]


@dataclass(frozen=True, slots=True)
class Page(Generic[T_co]):
    """Some of what was asked for, and where to go on: hand `next` back as `after`; None at the end.

    A search also says how many articles it found (`count`). It looks at a
    bounded number of them, those that came in last; where there were more,
    the page is not `complete`, and `count` is how many were looked at.

    >>> list(Page((1, 2), next="2"))
    [1, 2]
    """

    items: tuple[T_co, ...]
    next: str | None = None
    count: int | None = None
    complete: bool = True

    def __iter__(self) -> Iterator[T_co]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Received:
    """An article as it came in, before its text was taken out: bytes, their media type, their address."""

    body: bytes
    media_type: str = "text/plain"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of articles that were added; when this is returned, it is on the disk.

    `new` and `known` are article ids, in the order given; `known` were in the
    library already, with the same content. `stories` are the stories that
    changed, `position` where the log of changes stands now.
    """

    new: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article without its text; `place` is where it was loaded from, `source` who gave it."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    earliest: date | None
    latest: date | None
    place: str | None
    source: str | None
    story: str | None


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story without its articles.

    `first` and `last` are the days of its earliest and latest article,
    `per_day` how many articles each day has (undated ones are left out).
    `born` and `changed` are positions in the log of changes. `into` is the
    story that a merged one went into. `differing` counts the differing points
    of its brief, None as long as none was made of its present state.
    """

    id: str
    title: str
    state: StoryState
    articles: int
    origins: int
    outlets: tuple[str, ...]
    first: date | None
    last: date | None
    per_day: tuple[tuple[date, int], ...]
    born: int
    changed: int
    into: str | None = None
    differing: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the log: what became of a story.

    `articles` are the ids that it gained ("born", "grew", "merged") or that
    were set apart ("split"). `other` is the story that was taken in
    ("merged"), or the one that this one was part of ("split").
    """

    position: int
    what: What
    story: str
    articles: tuple[str, ...] = ()
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found.

    `snippet` is a stretch of the article's text, verbatim, `span` where it
    stands, and `marks` where in the text the words asked for are.
    """

    article: ArticleRow
    snippet: str
    span: Span
    marks: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class QuoteHit:
    """A quote of an article: who is held to have said what, and where it stands.

    `content` are spans of the article's text and `text` is what stands there,
    verbatim, several parts joined by " … ".
    """

    article: ArticleRow
    speaker: str | None
    how: str
    form: str
    certainty: str
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is quoted: how often, in how many articles and stories, from when to when."""

    name: str
    quotes: int
    articles: int
    stories: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the watcher knows of one feed; times are UTC.

    `delay` is the present back-off in seconds, `failed` how many times in a
    row it could not be read, `reason` why the last time.
    """

    url: str
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    checked: datetime | None = None
    due: datetime | None = None
    delay: float = 0.0
    failed: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class EntryState:
    """What the watcher knows of one entry of a feed, by a hash that names it.

    `tries` is how often its article was asked for; `done` whether it is
    settled: kept, or given up.
    """

    id: str
    tries: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A failure that was recorded: its place in the record, which feed or call it came from, how often."""

    position: int
    failure: Failure
    source: str | None
    times: int


@dataclass(frozen=True, slots=True)
class Health:
    """How a library is: what is in it, what waits to be read, what failed.

    `unread` counts the articles without a reading by the present version of
    the reader; `bytes` is the size of the database.
    """

    articles: int
    stories: int
    open_stories: int
    unread: int
    failures: int
    feeds: int
    feeds_failing: int
    position: int
    bytes: int
    database: Literal["sqlite", "postgresql"]
    version: str
    outlets: tuple[tuple[str, int], ...] = field(default=())
