"""The one door: files, folders and standard input become articles that can be worked on."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
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
from .places import Place, find_places

_log = logging.getLogger(__name__)


def load(
    *sources: str | Path, settings: Settings | None = None, progress: Progress = silent
) -> Outcome[tuple[Article, ...]]:
    """The English articles in files, folders or standard input (`-`), and what could not be loaded.

    Articles come sorted by the name of their file and their place in it, so
    that the order of the arguments makes no difference; each has its blocks.
    Nothing is raised for a bad input: it becomes a `Failure` and the rest is
    loaded.
    """
    settings = settings or default_settings()
    articles: list[Article] = []
    failures: list[Failure] = []
    places = list(find_places(sources))
    for done, place in enumerate(places):
        progress("loading", done, len(places))
        for item in read_place(place, settings) if isinstance(place, Place) else (place,):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                articles.append(item)
    progress("loading", len(places), len(places))
    articles, repeats = _once(_told_apart(articles))
    english, foreign = _english(furnish(articles))
    return Outcome(english, sorted_failures([*failures, *repeats, *foreign]))


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
