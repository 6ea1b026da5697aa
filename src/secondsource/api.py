"""The public face: load, read, group, collate, brief.

    import secondsource as ss
    briefs = ss.brief(ss.load("examples/"))
    print(briefs[0].to_text())

Each function takes and returns the immutable types of `secondsource.model`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from . import pipeline
from .brief import Brief
from .errors import Failure
from .model import Article, Collation, Reading, Story
from .progress import Progress, silent
from .settings import Settings

log = logging.getLogger("secondsource")


def load(
    *sources: str | Path, settings: Settings | None = None, failures: list[Failure] | None = None
) -> list[Article]:
    """The articles of files, folders, JSONL, saved pages, addresses; "-" is standard input.

    What could not be loaded is appended to `failures`, or logged as a warning
    where no list is given; the rest is loaded all the same.

    >>> [article.outlet for article in load("examples/", failures=[])][:0]
    []
    """
    from .ingest import load as ingest

    outcome = ingest(*sources, settings=settings)
    _report(outcome.failures, failures)
    return list(outcome.value)


def read(article: Article, settings: Settings | None = None) -> Reading:
    """The language in one article, with its quotes, times and events.

    >>> reading = read(Article(text='"It rained," said Mary Lee.'))
    >>> len(reading.sentences)
    1
    """
    from .find import find
    from .read import read as reader

    (prepared,) = _furnished([article])
    (reading,) = reader([prepared], settings=settings)
    return find(reading)


def group(
    articles: Iterable[Article], settings: Settings | None = None, progress: Progress = silent
) -> list[Story]:
    """The stories that articles tell, with the origins of their text.

    The same articles in another order give the same stories.

    >>> [len(story.articles) for story in group([Article(text="It rained in the hills all night.")])]
    [1]
    """
    from .group import group as grouped

    return list(grouped(_furnished(articles), settings=settings, progress=progress).value)


def collate(
    story: Story, settings: Settings | None = None, failures: list[Failure] | None = None
) -> Collation:
    """The points, utterances, timeline and cast of a story."""
    outcome = pipeline.story_pipeline(settings).run(story=story)
    _report(outcome.failures, failures)
    collation: Collation = outcome.value["collation"]
    return collation


def brief(
    articles: Iterable[Article], settings: Settings | None = None, progress: Progress = silent
) -> list[Brief]:
    """One brief a story, the story with most origins first.

    >>> brief([Article(text="It rained in the hills all night.", title="Rain")])[0].story.title
    'Rain'
    """
    stories = group(articles, settings=settings, progress=progress)
    return list(pipeline.briefs_of(stories, settings, progress))


def _furnished(articles: Iterable[Article]) -> tuple[Article, ...]:
    from .ingest import furnish

    return furnish(tuple(articles))


def _report(found: Iterable[Failure], failures: list[Failure] | None) -> None:
    if failures is not None:
        failures.extend(found)
        return
    for failure in found:
        log.warning("%s", failure)
