"""What the verbs share: their arguments, how they talk, how they end."""

from __future__ import annotations

import json
import logging
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ..brief import Brief
    from ..errors import Failure
    from ..model import Article, Story
    from ..progress import Progress
    from ..store import Library

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders, JSONL, saved pages; - for standard input."),
]
InLibrary = Annotated[
    str,
    typer.Option(
        "--library", metavar="FILE", help="The library: a file, or the address of a PostgreSQL database."
    ),
]
LIBRARY = "news.db"
"""The library that is used where none is named."""
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress; failures only in the exit status.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say what is being done.")]


@dataclass(frozen=True, slots=True)
class Talk:
    """How much a verb says on standard error."""

    quiet: bool
    verbose: bool

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A progress bar on standard error, where somebody can watch it."""
        from ..progress import silent

        if self.quiet or not sys.stderr.isatty():
            yield silent
            return
        from rich.console import Console
        from rich.progress import Progress as Bar

        with Bar(console=Console(stderr=True), transient=True) as bar:
            tasks: dict[str, Any] = {}

            def show(what: str, done: int, total: int) -> None:
                if what not in tasks:
                    tasks[what] = bar.add_task(what, total=total or None)
                bar.update(tasks[what], completed=done, total=total or None)

            yield show

    def failures(self, failures: Sequence[Failure]) -> None:
        """Name each failure on standard error."""
        if not self.quiet:
            for failure in failures:
                typer.echo(f"secondsource: {failure}", err=True)

    def note(self, message: str) -> None:
        """Say something that is no failure."""
        if not self.quiet:
            typer.echo(f"secondsource: {message}", err=True)


def talk_of(quiet: bool, verbose: bool) -> Talk:
    """Set the logs to how much the user wants to hear."""
    level = logging.DEBUG if verbose else logging.ERROR if quiet else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="secondsource: %(message)s", force=True)
    logging.getLogger("secondsource").setLevel(level)
    for chatty in ("trafilatura", "htmldate", "charset_normalizer"):
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    return Talk(quiet, verbose)


def print_json(data: Any) -> None:
    """One JSON value on standard output."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def write_file(path: Path, text: str) -> None:
    """Write a file; one that can't be written is a wrong use."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        typer.echo(f"secondsource: can't write {path}: {error.strerror}", err=True)
        raise typer.Exit(2) from None


def end(failures: Sequence[Failure]) -> None:
    """End with the exit status that tells whether some inputs failed."""
    if failures:
        raise typer.Exit(1)


def stories_of(paths: list[str], talk: Talk) -> tuple[tuple[Story, ...], tuple[Failure, ...]]:
    """Load and group, naming what failed."""
    from ..pipeline import corpus_pipeline

    with talk.progress() as progress:
        outcome = corpus_pipeline(progress=progress).run(sources=tuple(paths))
    talk.failures(outcome.failures)
    return outcome.value["stories"], outcome.failures


def articles_of(paths: list[str], talk: Talk) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """Load only, naming what failed."""
    from ..ingest import load

    with talk.progress() as progress:
        outcome = load(*paths, progress=progress)
    talk.failures(outcome.failures)
    return outcome.value, outcome.failures


def print_text(briefs: Sequence[Brief]) -> None:
    """Briefs for the terminal that watches, with its width and colours; plain for a pipe."""
    from ..brief import to_text

    width = shutil.get_terminal_size((100, 24)).columns
    sys.stdout.write(to_text(briefs, width=width, color=sys.stdout.isatty()))


def failure_json(failure: Failure) -> dict[str, Any]:
    """A failure as JSON."""
    from ..model.codec import encode

    return encode(failure)


def count(n: int, what: str) -> str:
    """A number of things: "1 origin", "2 origins"."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


@contextmanager
def opened(library: str) -> Iterator[Library]:
    """A library; what is wrong with its address, or with what it is asked, is a usage error."""
    from ..errors import InputError, MissingExtraError, StoreError
    from ..store import Library

    try:
        with Library(library) as news:
            yield news
    except (InputError, StoreError, MissingExtraError) as error:
        typer.echo(f"secondsource: {error}", err=True)
        raise typer.Exit(2) from None
