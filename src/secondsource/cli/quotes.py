"""`quotes`: who said what."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from .common import Quiet, Talk, Verbose, articles_of, count, end, opened, talk_of

if TYPE_CHECKING:
    from ..model import Reading


def quotes(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Files, folders, JSONL, saved pages; - for standard input."),
    ] = None,
    library: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A library's articles that were read, instead of files."),
    ] = None,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Only speakers so named.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV instead of JSON lines.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List who said what in each article: one quote a line, with speaker, cue, source and spans."""
    talk = talk_of(quiet, verbose)
    if bool(paths) == (library is not None):
        raise typer.BadParameter("name the articles, or a library: one of them")
    if library is not None:
        _of_library(library, speaker, as_csv, talk)
        return
    articles, failures = articles_of(paths or [], talk)
    from ..find.quotes import find_quotes
    from ..read import read as reader

    with talk.progress() as progress:
        readings = reader(articles, progress=progress)
        _write((replace(one, quotes=find_quotes(one)) for one in readings), speaker, as_csv)
    end(failures)


def _of_library(library: str, speaker: str | None, as_csv: bool, talk: Talk) -> None:
    """The quotes of all articles that were read, the latest articles first."""
    from ..shelves import quoting_readings

    with opened(library) as news:
        _write(quoting_readings(news, speaker), speaker, as_csv)
        unread = news.health().unread
    if unread:
        talk.note(f"{count(unread, 'article')} not read yet: their quotes are not in the list")


def _write(readings: Iterable[Reading], speaker: str | None, as_csv: bool) -> None:
    from ..export import quote_rows, write_csv, write_jsonl

    (write_csv if as_csv else write_jsonl)(quote_rows(readings, speaker), sys.stdout)
