"""A round: every feed that is due is asked, several hosts at a time, and what is new is kept.

Workers ask and read; this thread alone writes into the library. Between them
is a short queue, so that memory stays bounded however much the feeds hold.
"""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Full, Queue
from typing import Final, TypeAlias

from ..errors import Failure, sorted_failures
from ..ingest.fetch import Fetcher
from ..progress import Progress, silent
from ..store import FeedState, Library
from .harvest import Harvested, Harvester, Portion, StoppedError
from .hosts import host_of
from .schedule import after_failure, is_due

DEEPEST: Final = 3
"""How deep lists of feeds and indexes of sitemaps may be nested."""

_POLL: Final = 0.2

_log = logging.getLogger(__name__)

_Message: TypeAlias = "tuple[_Task, Portion | Harvested]"


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to: how many feeds were read, had nothing new, failed, or were left alone
    for now; how many articles are new; and what failed.
    """

    read: int = 0
    unchanged: int = 0
    failed: int = 0
    resting: int = 0
    articles: int = 0
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    state: FeedState
    depth: int = 0


def utc_now() -> datetime:
    """The time, by which feeds are asked again; nothing is dated by it."""
    return datetime.now(UTC)


def watch_once(
    library: Library,
    feeds: Iterable[str],
    *,
    fetcher: Fetcher | None = None,
    progress: Progress = silent,
    now: Callable[[], datetime] = utc_now,
) -> Round:
    """Ask every feed that is due, once, and keep what is new; a bad feed never stops the rest.

    Raises:
        StoreError: when the library can't be written.
    """
    if fetcher is None:
        with Fetcher(library.settings) as made:
            return watch_once(library, feeds, fetcher=made, progress=progress, now=now)
    harvester = Harvester(fetcher, library.entries, library.settings, now)
    return _Running(library, harvester, progress).run(feeds)


class _Running:
    """The state of one round, as its thread sees it."""

    def __init__(self, library: Library, harvester: Harvester, progress: Progress) -> None:
        self._library = library
        self._harvester = harvester
        self._progress = progress
        self._counts: Counter[str] = Counter()
        self._failures: list[Failure] = []
        self._seen: set[str] = set()
        self._waiting: dict[str, deque[_Task]] = {}
        self._busy: set[str] = set()
        self._workers = library.settings.fetch_workers
        self._messages: Queue[_Message] = Queue(maxsize=self._workers)

    def run(self, feeds: Iterable[str]) -> Round:
        for url in feeds:
            self._enter(url, 0)
        with ThreadPoolExecutor(self._workers, thread_name_prefix="watch") as pool:
            try:
                self._start(pool)
                while self._busy:
                    self._receive(*self._messages.get())
                    self._start(pool)
            finally:
                self._harvester.stop.set()
        return Round(**self._counts, failures=sorted_failures(self._failures))

    def _enter(self, url: str, depth: int) -> None:
        """Put a feed among those that are asked in this round, unless it is there or not due."""
        if url in self._seen:
            return
        self._seen.add(url)
        state = self._library.feed(url)
        if state is None:
            state = FeedState(url)
            self._library.keep_feed(state)
        if is_due(state, self._harvester.now()):
            self._waiting.setdefault(host_of(url), deque()).append(_Task(state, depth))
        else:
            self._counts["resting"] += 1

    def _start(self, pool: ThreadPoolExecutor) -> None:
        """Give the free workers a feed each, of hosts that nobody is asking."""
        for host in [host for host in self._waiting if host not in self._busy]:
            if len(self._busy) >= self._workers:
                return
            task = self._waiting[host].popleft()
            if not self._waiting[host]:
                del self._waiting[host]
            self._busy.add(host)
            pool.submit(self._work, task)

    def _work(self, task: _Task) -> None:
        """A worker's part: ask one feed, and hand over what it gives."""
        try:
            for given in self._harvester.harvest(task.state):
                self._send((task, given))
        except StoppedError:
            return
        except Exception as error:
            # A fault of the program in one feed must not stop the others; it is told like any failure.
            _log.exception("%s", task.state.url)
            reason = f"the program failed on it ({type(error).__name__}: {error}); please report this"
            state = after_failure(task.state, self._harvester.now(), reason, None)
            failure = Failure("watch", task.state.url, reason)
            self._send((task, Harvested(state, Portion(failures=[failure]))))

    def _send(self, message: _Message) -> None:
        while not self._harvester.stop.is_set():
            try:
                self._messages.put(message, timeout=_POLL)
            except Full:
                continue
            return
        raise StoppedError

    def _receive(self, task: _Task, given: Portion | Harvested) -> None:
        if isinstance(given, Portion):
            self._keep(task, given, None)
            return
        self._keep(task, given.portion, given.state)
        self._busy.discard(host_of(task.state.url))
        ended = "failed" if given.state.failed else "unchanged" if given.unchanged else "read"
        self._counts[ended] += 1
        for part in given.parts:
            self._part(task, part.url)
        done = self._counts["read"] + self._counts["unchanged"] + self._counts["failed"]
        self._progress("asking feeds", done, len(self._seen) - self._counts["resting"])

    def _keep(self, task: _Task, portion: Portion, state: FeedState | None) -> None:
        added = self._library.add(
            portion.articles,
            source=task.state.url,
            received=portion.received,
            failures=portion.failures,
            feed=state,
            entries=portion.entries,
        )
        self._counts["articles"] += len(added.new)
        self._failures.extend([*portion.failures, *added.failures])

    def _part(self, task: _Task, url: str) -> None:
        if task.depth + 1 < DEEPEST:
            self._enter(url, task.depth + 1)
            return
        failure = Failure("watch", url, f"a list in a list, {DEEPEST} deep; not asked")
        self._library.record([failure], source=task.state.url)
        self._failures.append(failure)
