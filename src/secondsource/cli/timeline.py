"""`timeline`: what each story tells, on the calendar."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .common import Paths, Quiet, Verbose, end, stories_of, talk_of

if TYPE_CHECKING:
    from ..errors import Failure


class TimelineForm(StrEnum):
    """How a timeline is printed."""

    text = "text"
    json = "json"
    timeml = "timeml"


def timeline(
    paths: Paths,
    form: Annotated[TimelineForm, typer.Option("--format", help="How to print it.")] = TimelineForm.text,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Put what each story tells on the calendar; as TimeML, one document an article."""
    talk = talk_of(quiet, verbose)
    stories, failures = stories_of(paths, talk)
    from ..pipeline import story_pipeline

    pipeline = story_pipeline()
    later: list[Failure] = []
    for story in stories:
        outcome = pipeline.run(story=story)
        later.extend(outcome.failures)
        _print_timeline(outcome.value, form)
    talk.failures(later)
    end([*failures, *later])


def _print_timeline(values: dict[str, Any], form: TimelineForm) -> None:
    if form is TimelineForm.timeml:
        from ..date.timeml import timeml

        for article in values["story"].articles:
            if article.id in values["findings"]:
                sys.stdout.write(timeml(article, values["findings"][article.id], values["calendar"]) + "\n")
        return
    from ..brief import to_dict

    told = to_dict(values["brief"])
    if form is TimelineForm.json:
        row = {key: told[key] for key in ("story", "timeline")}
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    typer.echo(told["story"]["title"])
    for entry in told["timeline"]:
        earliest, latest = entry["earliest"] or "…", entry["latest"] or "…"
        when = earliest if earliest == latest else f"{earliest} to {latest}"
        said = "; ".join(holder["name"] for holder in entry["holders"] if holder["name"])
        plan = "(planned) " if entry["status"] == "planned" else ""
        typer.echo(f"    {when}  {plan}{entry['text']}{f' (says {said})' if said else ''}")
