"""The composition: which stages there are, what each needs and gives, and how they run.

A `Stage` is a function over the model's types with two declarations: the
values it needs and the value it gives. A `Pipeline` checks, when it is built,
that every need is met by an earlier stage, and runs the stages in order.
`corpus_pipeline` takes sources to stories; `story_pipeline` takes one story to
its brief. Stages import their heavy libraries when they first run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from .brief import Brief
from .errors import Failure, Outcome, PipelineError, sorted_failures
from .model import Article, Calendar, Collation, Reading, Story
from .progress import Progress, silent
from .settings import Settings, settings

VALUES = {
    "sources": "paths or names of what to load",
    "articles": "tuple[Article, ...], each divided into blocks",
    "stories": "tuple[Story, ...], with origins",
    "story": "one Story",
    "readings": "Mapping of article id to Reading",
    "findings": "Mapping of article id to Reading, with quotes, times and events",
    "calendar": "the story's Calendar",
    "collation": "the story's Collation",
    "brief": "the story's Brief",
}
"""Every value that flows between stages, by name."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: a function called with its needs by name, returning an `Outcome`."""

    name: str
    needs: tuple[str, ...]
    gives: str
    run: Callable[..., Outcome[Any]]


class Pipeline:
    """Stages in an order in which each one's needs are met.

    `given` names the values handed to `run` from outside.

    Raises:
        PipelineError: when a stage needs what no earlier stage gives, two give
            the same value, or a value is not one of `VALUES`.

    >>> Pipeline((Stage("collate", ("story",), "collation", print),), given=())
    Traceback (most recent call last):
    secondsource.errors.PipelineError: stage 'collate' needs 'story', which nothing before it gives
    """

    def __init__(self, stages: Sequence[Stage], given: Sequence[str]) -> None:
        self.stages = tuple(stages)
        self.given = tuple(given)
        known = set(given)
        for stage in stages:
            for need in stage.needs:
                if need not in known:
                    raise PipelineError(f"stage {stage.name!r} needs {need!r}, which nothing before it gives")
            if stage.gives in known:
                raise PipelineError(f"stage {stage.name!r} gives {stage.gives!r}, which is there already")
            known.add(stage.gives)
        for name in sorted(known - set(VALUES)):
            raise PipelineError(f"{name!r} is no value of the pipeline")

    def run(self, progress: Progress = silent, **given: Any) -> Outcome[dict[str, Any]]:
        """Run all stages on the given values; every value by name, and what failed.

        Raises:
            PipelineError: when the values given are not those declared.
        """
        if set(given) != set(self.given):
            raise PipelineError(f"given {sorted(given)}, declared {sorted(self.given)}")
        values: dict[str, Any] = dict(given)
        failures: list[Failure] = []
        for number, stage in enumerate(self.stages):
            progress(stage.name, number, len(self.stages))
            outcome = stage.run(**{need: values[need] for need in stage.needs})
            values[stage.gives] = outcome.value
            failures.extend(outcome.failures)
        return Outcome(values, sorted_failures(failures))


def corpus_pipeline(config: Settings | None = None, progress: Progress = silent) -> Pipeline:
    """Sources to stories: ingest, group."""
    options = config or settings()
    return Pipeline(
        (
            Stage("ingest", ("sources",), "articles", partial(_ingest, options, progress)),
            Stage("group", ("articles",), "stories", partial(_group, options, progress)),
        ),
        given=("sources",),
    )


def story_pipeline(config: Settings | None = None) -> Pipeline:
    """One story to its brief: read, find, date, collate, brief."""
    options = config or settings()
    return Pipeline(
        (
            Stage("read", ("story",), "readings", partial(_read, options)),
            Stage("find", ("readings",), "findings", _find),
            *_telling(),
        ),
        given=("story",),
    )


def telling_pipeline() -> Pipeline:
    """One story whose articles are read, with their findings, to its brief: date, collate, brief."""
    return Pipeline(_telling(), given=("story", "findings"))


def _telling() -> tuple[Stage, ...]:
    return (
        Stage("date", ("story", "findings"), "calendar", _date),
        Stage("collate", ("story", "findings", "calendar"), "collation", _collate),
        Stage("brief", ("collation", "calendar"), "brief", _brief),
    )


def briefs_of(
    stories: Sequence[Story], config: Settings | None = None, progress: Progress = silent
) -> Iterator[Brief]:
    """The brief of each story, told one after the other, so that memory stays with one story."""
    pipeline = story_pipeline(config)
    for number, story in enumerate(stories):
        progress("telling stories", number, len(stories))
        outcome = pipeline.run(story=story)
        brief: Brief = outcome.value["brief"]
        yield replace(brief, failures=sorted_failures([*brief.failures, *outcome.failures]))
    progress("telling stories", len(stories), len(stories))


def _ingest(options: Settings, progress: Progress, sources: Sequence[str]) -> Outcome[tuple[Article, ...]]:
    from .ingest import load

    return load(*sources, settings=options, progress=progress)


def _group(options: Settings, progress: Progress, articles: Sequence[Article]) -> Outcome[tuple[Story, ...]]:
    from .group import group

    return group(articles, settings=options, progress=progress)


def _read(options: Settings, story: Story) -> Outcome[dict[str, Reading]]:
    from .read import read, unread

    readings = {reading.article.id: reading for reading in read(story.articles, settings=options)}
    failures = (unread(article, options) for article in story.articles)
    return Outcome(readings, tuple(failure for failure in failures if failure is not None))


def _find(readings: Mapping[str, Reading]) -> Outcome[dict[str, Reading]]:
    from .find import find

    return Outcome({id: find(reading) for id, reading in readings.items()})


def _date(story: Story, findings: Mapping[str, Reading]) -> Outcome[Calendar]:
    from .date import date_story

    return date_story(story, findings)


def _collate(story: Story, findings: Mapping[str, Reading], calendar: Calendar) -> Outcome[Collation]:
    from .collate import collate

    return collate(story, findings, calendar)


def _brief(collation: Collation, calendar: Calendar) -> Outcome[Brief]:
    from .brief import select

    return Outcome(select(collation, calendar))
