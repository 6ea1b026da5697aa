"""`quotes`: who said what."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from .common import Paths, Quiet, Verbose, articles_of, end, talk_of


def quotes(
    paths: Paths,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Only speakers so named.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV instead of JSON lines.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List who said what in each article: one quote a line, with speaker, cue, source and spans."""
    talk = talk_of(quiet, verbose)
    articles, failures = articles_of(paths, talk)
    from ..export import quote_rows, write_csv, write_jsonl
    from ..find import find
    from ..read import read as reader

    with talk.progress() as progress:
        rows = quote_rows((find(reading) for reading in reader(articles, progress=progress)), speaker)
        (write_csv if as_csv else write_jsonl)(rows, sys.stdout)
    end(failures)
