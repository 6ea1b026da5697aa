"""`evaluate`: one task measured on the evaluation corpora."""

from __future__ import annotations

from enum import StrEnum

import typer

from .common import Quiet, Verbose, print_json, talk_of


class Task(StrEnum):
    """What can be evaluated: the modules of `secondsource.evaluate`."""

    stories = "stories"
    reader = "reader"
    times = "times"
    dating = "dating"
    quotes = "quotes"
    certainty = "certainty"
    utterances = "utterances"
    points = "points"
    events = "events"
    coref = "coref"


def evaluate(task: Task, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Measure one task on the evaluation corpora (the folder SECONDSOURCE_DATA), as JSON."""
    talk = talk_of(quiet, verbose)
    from importlib import import_module

    from ..settings import settings

    if not settings().data.is_dir():
        typer.echo(f"secondsource: no corpora in {settings().data}; set SECONDSOURCE_DATA", err=True)
        raise typer.Exit(2)
    with talk.progress() as progress:
        report = import_module(f"secondsource.evaluate.{task.value}").evaluate(settings().data, progress)
    print_json(report.to_dict())
