"""The one door: files, folders, standard input and addresses become articles that can be worked on."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..errors import Failure, Outcome, sorted_failures
from ..model import Article, content_id
from ..progress import Progress, silent
from ..settings import Settings
from ..settings import settings as default_settings
from .formats import read_place
from .furniture import furnish
from .language import foreign_language
from .places import Address, Place, find_places
from .where import Loaded

_log = logging.getLogger(__name__)


def load(
    *sources: str | Path, settings: Settings | None = None, progress: Progress = silent
) -> Outcome[tuple[Article, ...]]:
    """The English articles in files, folders, standard input (`-`) or at addresses, and what failed.

    Articles come sorted by the name of their file and their place in it, so
    that the order of the arguments makes no difference; each has its blocks.
    Nothing is raised for a bad input: it becomes a `Failure` and the rest is
    loaded.
    """
    settings = settings or default_settings()
    articles: list[Article] = []
    failures: list[Failure] = []
    places = list(find_places(sources))
    for item in _items(places, settings, progress):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            articles.append(item)
    progress("loading", len(places), len(places))
    admitted = admit(articles)
    return Outcome(admitted.value, sorted_failures([*failures, *admitted.failures]))


def _items(places: Sequence[Place | Address | Failure], settings: Settings, progress: Progress) -> Loaded:
    with _web(places, settings) as fetched:
        for done, place in enumerate(places):
            progress("loading", done, len(places))
            if isinstance(place, Failure):
                yield place
            elif isinstance(place, Address):
                yield from fetched(place.name)
            else:
                yield from read_place(place, settings)


@contextmanager
def _web(
    places: Iterable[Place | Address | Failure], settings: Settings
) -> Iterator[Callable[[str], Loaded]]:
    """What gives the articles at an address; an HTTP client is loaded only where there are addresses."""
    if not any(isinstance(place, Address) for place in places):
        yield lambda url: iter(())
        return
    from .fetch import Fetcher
    from .web import read_address

    with Fetcher(settings) as fetcher:
        yield lambda url: read_address(fetcher, url, settings)


def admit(articles: Iterable[Article]) -> Outcome[tuple[Article, ...]]:
    """Articles as they can be worked on: each once, with its blocks, and only those in English."""
    unique, repeats = _once(_told_apart(articles))
    english, foreign = _english(furnish(unique))
    return Outcome(english, sorted_failures([*repeats, *foreign]))


def _told_apart(articles: Iterable[Article]) -> list[Article]:
    """Articles of different content never share an id: row 7 of two tables is not one article."""
    listed = list(articles)
    contents: defaultdict[str, set[str]] = defaultdict(set)
    for article in listed:
        contents[article.id].add(_content(article))
    apart = []
    for article in listed:
        if len(contents[article.id]) > 1:
            new = f"{article.id}-{_content(article)[:8]}"
            _log.warning(
                "%s: the id %r stands for other articles, too; named %r", article.name, article.id, new
            )
            article = replace(article, id=new)
        apart.append(article)
    return apart


def _content(article: Article) -> str:
    stated = article.published.value if article.published else None
    return content_id(article.text, article.title, article.outlet, article.url, stated)


def _once(articles: Iterable[Article]) -> tuple[list[Article], list[Failure]]:
    """Each article once, the first by name, and a failure for every repeat."""
    first: dict[str, Article] = {}
    failures = []
    for article in articles:
        kept = first.setdefault(article.id, article)
        if kept is not article:
            reason = f"the same article as {kept.name}; loaded once"
            failures.append(Failure(stage="ingest", where=article.name, reason=reason))
    return list(first.values()), failures


def _english(articles: Iterable[Article]) -> tuple[tuple[Article, ...], list[Failure]]:
    english, failures = [], []
    for article in articles:
        language = foreign_language(article)
        if language is None:
            english.append(article)
            continue
        reason = f"in {language}, not in English; other languages are not supported yet"
        failures.append(Failure(stage="ingest", where=article.name, reason=reason))
    return tuple(english), failures
