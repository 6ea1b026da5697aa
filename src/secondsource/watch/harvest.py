"""One feed: asked whether it changed, read, and its new entries turned into articles.

Nothing here writes into the library. A harvest gives portions, each with the
articles and the entries that are settled by them; whoever keeps a portion
keeps both at once, so that an end at any time loses nothing and repeats little.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event
from typing import Final, TypeAlias

from ..errors import Failure, FetchError, InputError, SecondsourceError
from ..ingest.entries import Entry, Feed, Part
from ..ingest.feeds import read_feed
from ..ingest.fetch import Fetched, Fetcher, Validators
from ..ingest.web import fetch_failure, read_entry, read_entry_page
from ..ingest.where import Where
from ..model import Article, content_id
from ..settings import Settings
from ..store import EntryState, FeedState, Received
from .hosts import Hosts, RestingError
from .schedule import after_failure, after_success

MOST_TRIES: Final = 5
"""Rounds in which the page of an entry is tried before it is given up."""

FEW_WORDS: Final = 8
"""A feed's own text of fewer words is no article in the place of a page that can't be had."""

PATIENCE: Final = 900.0
"""Seconds after which no more pages of one feed are fetched in a round, so that slow hosts stop nobody."""

SHARED: Final = 3
"""Entries of one feed that share a link, from which on it is not followed."""

_PORTION: Final = 50
_PORTION_BYTES: Final = 4_000_000

Known: TypeAlias = Callable[[Iterable[str]], Mapping[str, EntryState]]
"""Gives what is known of entries, by id."""


@dataclass(slots=True)
class Portion:
    """Some of what a feed gave, to be kept in one piece."""

    articles: list[Article] = field(default_factory=list)
    received: dict[str, Received] = field(default_factory=dict)
    entries: list[EntryState] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether it should be kept before more is added."""
        size = sum(len(one.body) for one in self.received.values())
        return len(self.entries) >= _PORTION or size >= _PORTION_BYTES


@dataclass(frozen=True, slots=True)
class Harvested:
    """How asking a feed ended: its new state, the last portion, other feeds that it names."""

    state: FeedState
    portion: Portion
    parts: tuple[Part, ...] = ()
    unchanged: bool = False


class StoppedError(SecondsourceError):
    """The round is over, and nobody takes what a harvest would give."""


@dataclass(frozen=True, slots=True)
class Harvester:
    """Asks feeds; all that it needs of the world is handed in, and `stop` ends it between two requests."""

    fetcher: Fetcher
    known: Known
    settings: Settings
    now: Callable[[], datetime]
    hosts: Hosts = field(default_factory=Hosts)
    stop: Event = field(default_factory=Event)

    def harvest(self, state: FeedState) -> Iterator[Portion | Harvested]:
        """Portions of what is new in a feed and, last, how it ended; a bad feed raises nothing."""
        try:
            fetched = self._get(state.url, Validators(state.etag, state.last_modified))
            if fetched.body is None:
                yield Harvested(after_success(state, self.now()), Portion(), unchanged=True)
                return
            feed = read_feed(fetched.body, Where(state.url), fetched.url, fetched.charset)
        except FetchError as error:
            yield self._failed(state, fetch_failure(state.url, error), error.retry_after)
        except InputError as error:
            yield self._failed(state, Failure("ingest", state.url, str(error)), None)
        else:
            yield from self._entries(state, feed, fetched.validators)

    def _failed(self, state: FeedState, failure: Failure, asked: float | None) -> Harvested:
        after = after_failure(state, self.now(), failure.reason, asked)
        return Harvested(after, Portion(failures=[failure]))

    def _get(self, url: str, validators: Validators | None = None) -> Fetched:
        """What is at an address, unless its host is left alone in this round.

        Raises:
            FetchError: when it can't be had now.
            StoppedError: when the round is over.
        """
        if self.stop.is_set():
            raise StoppedError
        self.hosts.check(url)
        try:
            fetched = self.fetcher.get(url, validators)
        except FetchError as error:
            self.hosts.failed(url, error)
            raise
        self.hosts.answered(url)
        return fetched

    def _entries(self, state: FeedState, feed: Feed, validators: Validators) -> Iterator[Portion | Harvested]:
        portion = Portion(failures=list(feed.failures))
        resting: Counter[str] = Counter()
        waiting = False
        patient_until = time.monotonic() + PATIENCE
        for entry, before in self._unsettled(state.url, feed.entries):
            try:
                if not entry.full and time.monotonic() > patient_until:
                    raise RestingError(f"its pages take longer than {PATIENCE:g} s")
                after = self._take(entry, before, Where(entry.link or state.url), portion)
            except RestingError as error:
                resting[str(error)] += 1
                continue
            portion.entries.append(after)
            waiting = waiting or not after.done
            if portion.full:
                yield portion
                portion = Portion()
        for reason, count in resting.items():
            what = "1 entry waits" if count == 1 else f"{count} entries wait"
            portion.failures.append(Failure("fetch", state.url, f"{what}: {reason}"))
        done = replace(after_success(state, self.now()), title=feed.title or state.title)
        if not waiting and not resting and not feed.parts:
            # Only now may the server say "nothing new": until then, what waits would be forgotten. A list
            # of feeds is asked for whole, since the feeds themselves must be asked again.
            done = replace(done, etag=validators.etag, last_modified=validators.modified)
        yield Harvested(done, portion, feed.parts)

    def _unsettled(self, url: str, entries: Iterable[Entry]) -> list[tuple[Entry, EntryState]]:
        """The entries that are not settled yet, and what is known of them."""
        listed = list(entries)
        links = Counter(entry.link for entry in listed)
        # A link that many entries share leads to no report of its own, but to the outlet's first page.
        own = (replace(entry, link=None) if links[entry.link] >= SHARED else entry for entry in listed)
        named = {entry_id(url, entry): entry for entry in own}
        known = self.known(named)
        states = ((entry, known.get(id) or EntryState(id)) for id, entry in named.items())
        return [(entry, state) for entry, state in states if not state.done]

    def _take(self, entry: Entry, before: EntryState, where: Where, portion: Portion) -> EntryState:
        """Put the article of an entry into a portion, or why there is none; the entry's new state.

        Raises:
            RestingError: when the page's host is left alone in this round.
        """
        done = replace(before, tries=before.tries + 1, done=True)
        if entry.full or not entry.link:
            self._add(read_entry(entry, where), portion, _as_given(entry, where.name))
            return done
        try:
            fetched = self._get(entry.link)
        except RestingError:
            raise
        except FetchError as error:
            portion.failures.append(fetch_failure(entry.link, error))
            if not error.lasting and done.tries < MOST_TRIES:
                return replace(done, done=False)
            found = False
        else:
            page = Received(fetched.body or b"", fetched.kind or "text/html", fetched.url)
            found = self._add(read_entry_page(entry, fetched, where, self.settings), portion, page)
        if not found and len(entry.text.split()) >= FEW_WORDS:
            self._add(read_entry(entry, where), portion, _as_given(entry, where.name))
        return done

    def _add(self, items: Iterable[Article | Failure], portion: Portion, received: Received) -> bool:
        """Whether there was an article among the items, which are now in the portion."""
        found = False
        for item in items:
            if isinstance(item, Failure):
                portion.failures.append(item)
                continue
            found = True
            portion.articles.append(item)
            portion.received[item.id] = received
        return found


def _as_given(entry: Entry, url: str) -> Received:
    """What a feed gives of an entry, as it came in."""
    return Received(entry.markup.encode("utf-8"), "text/html", url)


def entry_id(feed: str, entry: Entry) -> str:
    """What an entry is known by: its page, whichever feed announces it, or else its key in its feed."""
    return content_id(entry.link) if entry.link and not entry.full else content_id(feed, entry.key)
