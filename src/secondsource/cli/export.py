"""`export`: a library for other programs."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .common import LIBRARY, InLibrary, Quiet, Verbose, opened, talk_of


class ExportForm(StrEnum):
    """How a library is exported."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    plover = "plover"
    annotations = "annotations"


def export(
    library: InLibrary = LIBRARY,
    form: Annotated[ExportForm, typer.Option("--format", help="Which form.")] = ExportForm.jsonl,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to; none: standard output.")
    ] = None,
    full_text: Annotated[bool, typer.Option("--full-text", help="Whole texts, not the first words.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Export articles (JSONL, CSV, Parquet), PLOVER records, or a W3C Web Annotation for every citation."""
    talk_of(quiet, verbose)
    from ..shelves import article_rows, plover_records, web_annotations, write_parquet, write_rows

    if form is ExportForm.parquet and out is None:
        typer.echo("secondsource: Parquet needs --out FILE", err=True)
        raise typer.Exit(2)
    with opened(library) as news:
        if form is ExportForm.parquet and out is not None:
            write_parquet(article_rows(news, full_text), out)
            return
        if form is ExportForm.plover:
            rows = plover_records(news)
        elif form is ExportForm.annotations:
            rows = web_annotations(news)
        else:
            rows = article_rows(news, full_text)
        if out is None:
            write_rows(rows, sys.stdout, as_csv=form is ExportForm.csv)
            return
        with out.open("w", encoding="utf-8", newline="") as file:
            write_rows(rows, file, as_csv=form is ExportForm.csv)
