"""The desk: articles that were pasted or uploaded are told here, one set after another, and kept a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ..brief import Brief
from ..errors import Failure, InputError, sorted_failures
from ..model import Article, Reading, Story, content_id
from ..settings import Settings

MAX_ARTICLES: Final = 40
"""So many articles are told at a time; the rest is named as left out."""
MAX_CHARACTERS: Final = 600_000
"""So many characters of text are told at a time."""
MAX_WAITING: Final = 8
KEPT: Final = 16


@dataclass(frozen=True, slots=True)
class Pasted:
    """One account as it was handed in: a file's name and bytes, and what the reader says about it.

    What was typed or pasted has no file: its name is not shown as a place.
    """

    name: str
    data: bytes
    outlet: str | None = None
    title: str | None = None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a set of articles: the briefs, the readings behind them, and what failed."""

    briefs: tuple[Brief, ...]
    readings: Mapping[str, Reading]
    failures: tuple[Failure, ...]

    def article(self, id: str) -> tuple[Brief, Article] | None:
        """The article with this id, and the brief it is an account of."""
        for brief in self.briefs:
            for article in brief.story.articles:
                if article.id == id:
                    return brief, article
        return None


@dataclass(slots=True)
class Job:
    """A set on its way: how far it is, and what became of it."""

    key: str
    pasted: tuple[Pasted, ...]
    one_story: bool
    future: Future[Told] = field(default_factory=Future)
    doing: str = "waiting"


class BusyError(InputError):
    """Too many sets are waiting to be told."""


class Desk:
    """Tells sets of articles in a thread of its own; the last of them stay to be looked at.

    Nothing is written anywhere but to a temporary folder that is gone when
    the articles are loaded.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="secondsource-desk")

    def submit(self, pasted: Sequence[Pasted], one_story: bool = False) -> Job:
        """Have a set told; the same set again is the same job.

        Raises:
            InputError: when there is nothing in it.
            BusyError: when too many sets are waiting.
        """
        if not pasted:
            raise InputError("nothing to tell: paste the text of an article, or choose a file")
        key = content_id(str(one_story), *sorted(_mark(item) for item in pasted))
        with self._lock:
            held = self._jobs.get(key)
            if held is not None and not (held.future.done() and held.future.exception()):
                self._jobs.move_to_end(key)
                return held
            if sum(not job.future.done() for job in self._jobs.values()) >= MAX_WAITING:
                raise BusyError("too many articles are waiting to be told; try again in a minute")
            job = Job(key, tuple(pasted), one_story)
            job.future = self._worker.submit(self._tell, job)
            self._jobs[key] = job
            self._forget()
            return job

    def find(self, key: str) -> Job | None:
        """The job of this key, while it is kept."""
        with self._lock:
            return self._jobs.get(key)

    def wait(self, job: Job, seconds: float) -> Told | None:
        """What became of the job; nothing if that takes longer than so many seconds.

        Raises:
            Exception: what the job itself raised.
        """
        try:
            return job.future.result(timeout=seconds)
        except FutureTimeout:
            return None

    def close(self) -> None:
        """Begin nothing more."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _forget(self) -> None:
        done = [key for key, job in self._jobs.items() if job.future.done()]
        for key in done[: max(0, len(self._jobs) - KEPT)]:
            del self._jobs[key]

    def _tell(self, job: Job) -> Told:
        job.doing = "loading the articles"
        articles, failures = load(job.pasted, self._settings)
        job.doing = f"comparing {len(articles)} articles"
        told = tell(articles, job.one_story, self._settings, lambda doing: setattr(job, "doing", doing))
        return Told(told.briefs, told.readings, sorted_failures([*failures, *told.failures]))


def _mark(item: Pasted) -> str:
    return "\x1e".join((item.name, item.outlet or "", item.title or "", sha256(item.data).hexdigest()))


def load(
    pasted: Sequence[Pasted], settings: Settings | None = None
) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """The articles in what was handed in, with the outlets and titles given, and what could not be loaded."""
    from ..ingest import load as ingest

    with TemporaryDirectory(prefix="secondsource-") as folder:
        root = Path(folder).resolve()
        given: dict[str, Pasted] = {}
        for number, item in enumerate(pasted, start=1):
            # The name is the sender's: only its last part is used, in a folder of its own.
            place = root / str(number) / (Path(item.name.replace("\\", "/")).name or "article.txt")
            place.parent.mkdir()
            place.write_bytes(item.data)
            given[str(place)] = item
        outcome = ingest(*given, settings=settings)
        articles = tuple(_named(article, given, root) for article in outcome.value)
        failures = [_elsewhere(failure, root) for failure in outcome.failures]
    kept, left = _bounded(articles)
    return kept, sorted_failures([*failures, *left])


def _named(article: Article, given: Mapping[str, Pasted], root: Path) -> Article:
    """The article under the name its sender knows, with what the sender said where it says nothing itself."""
    item = given.get(article.place or "")
    name = item.name if item else _relative(article.place or "", root)
    return Article(
        text=article.text,
        title=article.title or (item.title if item else None),
        outlet=(item.outlet if item else None) or article.outlet,
        url=article.url,
        published=article.published,
        authors=article.authors,
        source=article.source,
        place=None if item and item.typed else name,
        blocks=article.blocks,
    )


def _relative(place: str, root: Path) -> str:
    """A place without the temporary folder and its number."""
    rest = place.removeprefix(f"{root}/")
    return rest.partition("/")[2] or rest


def _elsewhere(failure: Failure, root: Path) -> Failure:
    where = _relative(failure.where, root)
    return Failure(failure.stage, where, failure.reason.replace(f"{root}/", ""), failure.line)


def _bounded(articles: Sequence[Article]) -> tuple[tuple[Article, ...], list[Failure]]:
    kept: list[Article] = []
    left: list[Failure] = []
    room = MAX_CHARACTERS
    for article in articles:
        if len(kept) < MAX_ARTICLES and len(article.text) <= room:
            kept.append(article)
            room -= len(article.text)
        else:
            reason = f"left out: at most {MAX_ARTICLES} articles and {MAX_CHARACTERS:,} characters at a time"
            left.append(Failure("web", article.name, reason))
    return tuple(kept), left


def tell(
    articles: Sequence[Article],
    one_story: bool = False,
    settings: Settings | None = None,
    doing: Callable[[str], None] = lambda _: None,
) -> Told:
    """The briefs of articles, as one story or sorted into stories, with the readings behind them."""
    from ..group import as_story, group
    from ..pipeline import story_pipeline

    if not articles:
        return Told((), {}, ())
    stories: Sequence[Story]
    stories = [as_story(articles)] if one_story else group(articles, settings=settings).value
    briefs: list[Brief] = []
    readings: dict[str, Reading] = {}
    failures: list[Failure] = []
    pipeline = story_pipeline(settings)
    for number, story in enumerate(stories, start=1):
        doing(f"telling story {number} of {len(stories)}")
        outcome = pipeline.run(story=story)
        briefs.append(outcome.value["brief"])
        readings |= outcome.value["findings"]
        failures += outcome.failures
    return Told(tuple(briefs), readings, sorted_failures(failures))
