"""The library: articles that keep coming, the stories they tell, and all that was made of them.

One SQLite file, or a PostgreSQL database. Every call is one transaction: what
a call returned is on the disk, and what was cut short never happened. A
library may be used by several threads and processes at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..brief import Brief
from ..errors import Failure, InputError, Outcome, sorted_failures
from ..model import Article, Reading, Story
from ..progress import Progress, silent
from ..settings import Settings
from ..settings import settings as default_settings
from . import analysis, articles, search, speech, stories, watching
from .database import Database
from .grouping import Grouping
from .records import (
    Added,
    ArticleRow,
    Change,
    EntryState,
    FailureRow,
    FeedState,
    Health,
    Hit,
    HitOrder,
    Page,
    Person,
    QuoteHit,
    Received,
    StoryOrder,
    StoryRow,
)
from .versions import reader_version, teller_version


class Library:
    """Articles, stories, readings and briefs in a database, made or brought up to date when opened.

    `place` is a file name, `sqlite:///path` or `postgresql://user@host/name`.

    Raises:
        InputError: when `place` is none of these.
        StoreError: when the database can't be opened, or a newer version made it.
        MissingExtraError: for PostgreSQL without the extra `postgres`.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder, Library(pathlib.Path(folder) / "news.db") as library:
    ...     added = library.add([Article(text="It rained in the hills all night.", title="Rain")])
    ...     [(story.title, story.articles) for story in library.stories()]
    [('Rain', 1)]
    """

    def __init__(self, place: str | Path, settings: Settings | None = None) -> None:
        self.settings = settings or default_settings()
        self._database = Database(place)
        self._grouping = Grouping(self.settings)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Articles

    def add(
        self,
        given: Iterable[Article],
        *,
        source: str | None = None,
        received: Mapping[str, Received] | None = None,
        failures: Iterable[Failure] = (),
        feed: FeedState | None = None,
        entries: Iterable[EntryState] = (),
    ) -> Added:
        """Take in articles and group them, all or none; what is known by its content is left as it is.

        Articles without blocks are divided into them, and those in another
        language become failures. An id that stands for other content already
        is made another (see `Added.new`). `source` says which feed or call
        gave the articles; `received` holds them as they came in, by id.
        `failures` are recorded, and `feed` and its `entries` are saved, in the
        same transaction, so that a watcher never skips what it has not kept.
        """
        from ..ingest import admit

        once = {articles.content_of(article): article for article in given}
        raw = {content: one for content, a in once.items() if (one := (received or {}).get(a.id))}
        broken = {content: bad for content, article in once.items() if (bad := articles.storable(article))}
        admitted = admit(article for content, article in once.items() if content not in broken)
        mine = sorted_failures([*admitted.failures, *broken.values()])
        with self._grouping.whole(), self._database.writing() as connection:
            new, known = articles.put(connection, admitted.value, source, raw)
            changed = self._grouping.add(connection, new)
            watching.record(connection, (*mine, *failures), source)
            if feed is not None:
                watching.put_feed(connection, feed)
            watching.put_entries(connection, entries)
            at = stories.position(connection)
        return Added(tuple(article.id for article in new), tuple(known), changed, mine, at)

    def article(self, id: str) -> Article:
        """The article with this id.

        Raises:
            UnknownError: when there is none.
        """
        with self._database.reading() as connection:
            return articles.get(connection, [id])[0]

    def received(self, id: str) -> Received | None:
        """An article as it came in, where that was kept."""
        with self._database.reading() as connection:
            return articles.get_received(connection, id)

    def articles(
        self,
        *,
        outlet: str | None = None,
        source: str | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ArticleRow]:
        """Articles, the last that came first; of one outlet, or from one source."""
        with self._database.reading() as connection:
            return articles.page(connection, outlet, source, limit, after)

    # Stories

    def stories(
        self,
        *,
        since: int = 0,
        min_articles: int = 1,
        order: StoryOrder = "changed",
        limit: int = 50,
        after: str | None = None,
    ) -> Page[StoryRow]:
        """Stories, or those that changed since a position in the log; see `position` and `cursor`."""
        with self._database.reading() as connection:
            return stories.page(connection, since, min_articles, order, limit, after)

    def story(self, id: str) -> Story:
        """A story with its articles, their origins and what they share.

        Raises:
            UnknownError: when there is none.
        """
        with self._database.reading() as connection:
            return stories.get(connection, id)

    def story_row(self, id: str) -> StoryRow:
        """A story without its articles; `into` tells where a merged one went.

        Raises:
            UnknownError: when there is none.
        """
        with self._database.reading() as connection:
            return stories.get_row(connection, id)

    def story_of(self, article: str) -> str | None:
        """The id of the story of an article; None for an article that is not in the library."""
        with self._database.reading() as connection:
            return stories.story_of(connection, article)

    def changes(self, after: int = 0, *, story: str | None = None, limit: int = 1000) -> tuple[Change, ...]:
        """The entries of the log after a position, in their order; of one story, where asked."""
        with self._database.reading() as connection:
            return stories.changes_after(connection, after, limit, story)

    def position(self) -> int:
        """Where the log of changes stands: the position of its last entry, 0 while it is empty."""
        with self._database.reading() as connection:
            return stories.position(connection)

    def cursor(self, name: str) -> int:
        """The position that was last kept under a name; 0 for a new name."""
        with self._database.reading() as connection:
            return watching.get_cursor(connection, name)

    def keep_cursor(self, name: str, position: int) -> None:
        """Keep a position under a name, so that the next `stories(since=cursor(name))` goes on from it."""
        with self._database.writing() as connection:
            watching.put_cursor(connection, name, position)

    # Readings and briefs

    def reading(self, article: str) -> Reading:
        """The reading of an article with its findings; read now, if this version has not read it.

        Raises:
            UnknownError: when there is no such article.
        """
        version = reader_version(self.settings)
        with self._database.reading() as connection:
            (found,) = articles.get(connection, [article])
            kept = analysis.get_reading(connection, article, version)
        if kept is not None:
            return kept
        (reading,) = self._read([found])
        return reading

    def read(self, limit: int | None = None, progress: Progress = silent) -> int:
        """Read articles that this version has not read, the newest first; how many were read.

        Each is kept as soon as it is read, so that an end at any time loses one at most.
        """
        version = reader_version(self.settings)
        with self._database.reading() as connection:
            waiting = analysis.unread(connection, version, limit)
        for done, id in enumerate(waiting):
            progress("reading", done, len(waiting))
            for _ in self._read([self.article(id)]):
                pass
        progress("reading", len(waiting), len(waiting))
        return len(waiting)

    def _read(self, given: Iterable[Article]) -> Iterator[Reading]:
        from ..find import find
        from ..read import read

        version = reader_version(self.settings)
        for plain in read(tuple(given), settings=self.settings):
            reading = find(plain)
            with self._database.writing() as connection:
                analysis.put_reading(connection, reading, version)
            yield reading

    def brief(self, story: str) -> Brief:
        """The brief of a story, kept until the story changes or another version tells it.

        Raises:
            UnknownError: when there is no such story.
            InputError: when the story went into another, and has no articles.
        """
        version = teller_version(self.settings)
        with self._database.reading() as connection:
            row = stories.get_row(connection, story)
            if row.into is not None:
                raise InputError(f"story {story} went into {row.into}")
            told = stories.get(connection, story)
            kept = analysis.get_brief(connection, told, row.changed, version)
        if kept is not None:
            return kept
        outcome = self._tell(told)
        with self._database.writing() as connection:
            return analysis.put_brief(connection, outcome.value, outcome.failures, row.changed, version)

    def _tell(self, story: Story) -> Outcome[dict[str, Any]]:
        """Run the stages after reading on a story, whose readings are kept or made now."""
        from ..pipeline import telling_pipeline
        from ..read import unread

        version = reader_version(self.settings)
        findings: dict[str, Reading] = {}
        with self._database.reading() as connection:
            for article in story.articles:
                kept = analysis.get_reading(connection, article.id, version)
                if kept is not None:
                    findings[article.id] = kept
        for reading in self._read(a for a in story.articles if a.id not in findings):
            findings[reading.article.id] = reading
        outcome = telling_pipeline().run(story=story, findings=findings)
        cut = [failure for article in story.articles if (failure := unread(article, self.settings))]
        return Outcome(outcome.value, sorted_failures([*outcome.failures, *cut]))

    # Search

    def search(
        self,
        query: str = "",
        *,
        outlet: str | None = None,
        speaker: str | None = None,
        event_type: str | None = None,
        published_from: date | None = None,
        published_to: date | None = None,
        story: str | None = None,
        order: HitOrder = "relevance",
        limit: int = 20,
        after: str | None = None,
    ) -> Page[Hit]:
        """The articles with all words of a query: words, "a phrase", beginn*, -without.

        The page says how many there are, up to 10,000. By relevance, those
        10,000 are ranked that came in last, and where there are more the page
        is not `complete`; all are looked at by day (`order="newest"`).
        `speaker` is (part of) the name of someone quoted, `event_type` a type
        of PLOVER; both look at what was read by this version. Undated articles
        are not found by day.

        Raises:
            InputError: for a query that only excludes words, or an `after` that no page gave.
        """
        filters = search.Filters(outlet, speaker, event_type, published_from, published_to, story)
        version = reader_version(self.settings)
        with self._database.reading() as connection:
            return search.search(connection, query, filters, version, order, limit, after)

    def quotes(
        self,
        *,
        speaker: str | None = None,
        words: str = "",
        story: str | None = None,
        article: str | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> Page[QuoteHit]:
        """Quotes in the articles that this version has read, those of the latest articles first.

        Quotes with all `words` are looked for in the 10,000 articles with them
        that came in last; where there are more the page is not `complete`.
        """
        wanted = speech.Wanted(speaker, None, words, story, article)
        version = reader_version(self.settings)
        with self._database.reading() as connection:
            return speech.find_quotes(connection, wanted, version, limit, after)

    def people(self, name: str | None = None, *, limit: int = 50, after: str | None = None) -> Page[Person]:
        """Who is quoted by name in the articles that this version has read, those quoted most first."""
        version = reader_version(self.settings)
        with self._database.reading() as connection:
            return speech.find_people(connection, version, name, limit, after)

    # Feeds, failures, health

    def feeds(self) -> tuple[FeedState, ...]:
        """All feeds, by address."""
        with self._database.reading() as connection:
            return watching.get_feeds(connection)

    def feed(self, url: str) -> FeedState | None:
        """What is known of a feed; None if it is not."""
        with self._database.reading() as connection:
            return watching.get_feed(connection, url)

    def due_feeds(self, now: datetime) -> tuple[FeedState, ...]:
        """The feeds that are due at this time, the longest due first; new ones before all."""
        with self._database.reading() as connection:
            return watching.due_feeds(connection, now)

    def entries(self, ids: Iterable[str]) -> dict[str, EntryState]:
        """What is known of entries of feeds, by id; `add` keeps it together with articles."""
        with self._database.reading() as connection:
            return watching.get_entries(connection, ids)

    def keep_feed(self, state: FeedState) -> None:
        """Keep the state of a feed (`add` keeps it together with articles)."""
        with self._database.writing() as connection:
            watching.put_feed(connection, state)

    def drop_feed(self, url: str) -> None:
        """Forget a feed; its articles stay."""
        with self._database.writing() as connection:
            watching.drop_feed(connection, url)

    def record(self, failures: Iterable[Failure], source: str | None = None) -> None:
        """Write failures down; one that comes again is counted."""
        with self._database.writing() as connection:
            watching.record(connection, failures, source)

    def failures(
        self, *, source: str | None = None, limit: int = 50, after: str | None = None
    ) -> Page[FailureRow]:
        """What failed, the latest first."""
        with self._database.reading() as connection:
            return watching.page_of_failures(connection, source, limit, after)

    def health(self) -> Health:
        """How the library is: what is in it, what waits, what failed."""
        version = reader_version(self.settings)
        with self._database.reading() as connection:
            every, opened = stories.counts(connection)
            recorded, known, failing = watching.counts(connection)
            return Health(
                articles=articles.count(connection),
                stories=every,
                open_stories=opened,
                unread=analysis.count_unread(connection, version),
                failures=recorded,
                feeds=known,
                feeds_failing=failing,
                position=stories.position(connection),
                bytes=self._database.size(connection),
                database=self._database.kind,
                version=version,
                outlets=articles.outlets(connection),
            )
