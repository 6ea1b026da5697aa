"""`events`: who did what to whom."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from .common import Paths, Quiet, Verbose, articles_of, end, talk_of

if TYPE_CHECKING:
    from ..errors import Failure
    from ..model import Article, Calendar, Event, Reading
    from ..progress import Progress


class EventsForm(StrEnum):
    """How events are printed."""

    jsonl = "jsonl"
    plover = "plover-jsonl"
    csv = "csv"


def events(
    paths: Paths,
    form: Annotated[EventsForm, typer.Option("--format", help="How to print them.")] = EventsForm.jsonl,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List who did what to whom in each article: one event a line; as PLOVER records, those it covers."""
    talk = talk_of(quiet, verbose)
    articles, failures = articles_of(paths, talk)
    later: list[Failure] = []
    with talk.progress() as progress:
        _print(_found(articles, later, progress), form)
    talk.failures(later)
    end([*failures, *later])


def _found(
    articles: Sequence[Article], failures: list[Failure], progress: Progress
) -> Iterator[tuple[Reading, Calendar, Event]]:
    """The events of each article with its calendar; an article is dated as a story of one."""
    from ..date import date_story
    from ..find import find
    from ..group import as_story
    from ..read import read, unread

    for reading in read(articles, progress=progress):
        found = find(reading)
        outcome = date_story(as_story([found.article]), {found.article.id: found})
        failures.extend(outcome.failures)
        failures.extend(failure for failure in (unread(found.article),) if failure is not None)
        yield from ((found, outcome.value, event) for event in found.events)


def _print(found: Iterator[tuple[Reading, Calendar, Event]], form: EventsForm) -> None:
    from ..find.events.records import COLUMNS, finding, plover_record, row

    if form is EventsForm.csv:
        writer = csv.DictWriter(sys.stdout, fieldnames=COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row(reading, event, calendar) for reading, calendar, event in found)
        return
    for reading, calendar, event in found:
        if form is EventsForm.plover and event.type is None:
            continue
        made = (plover_record if form is EventsForm.plover else finding)(reading, event, calendar)
        sys.stdout.write(json.dumps(made, ensure_ascii=False) + "\n")
