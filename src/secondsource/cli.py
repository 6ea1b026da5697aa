"""The command line: thin verbs over the public face.

Results go to standard output, progress and messages to standard error. Exit
status: 0 done, 1 some inputs failed (each is named, the rest is done), 2 usage.
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from .brief import Brief
    from .errors import Failure
    from .model import Article, Story
    from .progress import Progress

app = typer.Typer(
    name="secondsource",
    help="Reads every account of a news story and shows what they share, where they part, and who said it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders, JSONL, saved pages; - for standard input."),
]
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
        from .progress import silent

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


def _talk(quiet: bool, verbose: bool) -> Talk:
    level = logging.DEBUG if verbose else logging.ERROR if quiet else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="secondsource: %(message)s", force=True)
    logging.getLogger("secondsource").setLevel(level)
    for chatty in ("trafilatura", "htmldate", "charset_normalizer"):
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    return Talk(quiet, verbose)


def _print_json(data: Any) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _end(failures: Sequence[Failure]) -> None:
    if failures:
        raise typer.Exit(1)


def _stories(paths: list[str], talk: Talk) -> tuple[tuple[Story, ...], tuple[Failure, ...]]:
    """Load and group, naming what failed."""
    from .pipeline import corpus_pipeline

    with talk.progress() as progress:
        outcome = corpus_pipeline(progress=progress).run(sources=tuple(paths))
    talk.failures(outcome.failures)
    return outcome.value["stories"], outcome.failures


def _articles(paths: list[str], talk: Talk) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """Load only, naming what failed."""
    from .ingest import load

    with talk.progress() as progress:
        outcome = load(*paths, progress=progress)
    talk.failures(outcome.failures)
    return outcome.value, outcome.failures


@app.command()
def brief(
    paths: Paths,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one HTML file.")] = None,
    as_json: AsJson = False,
    limit: Annotated[int, typer.Option(min=0, help="Tell at most so many stories; 0 tells all.")] = 20,
    min_accounts: Annotated[int, typer.Option(min=1, help="Only stories with so many accounts.")] = 1,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Tell each story in the articles: what the accounts share, where they part, every line cited."""
    talk = _talk(quiet, verbose)
    stories, failures = _stories(paths, talk)
    asked = [story for story in stories if len(story.articles) >= min_accounts]
    told = asked[: limit or None]
    if len(told) < len(asked):
        talk.note(f"told {len(told)} of {len(asked)} stories; --limit 0 tells all")
    from .pipeline import briefs_of

    with talk.progress() as progress:
        briefs = list(briefs_of(told, progress=progress))
    later = [failure for one in briefs for failure in one.failures]
    talk.failures(later)
    if html is not None:
        _write_html(html, briefs)
        talk.note(f"wrote {html}")
    if as_json:
        _print_json(
            {
                "schema": "secondsource/briefs/1",
                "briefs": [one.to_dict() for one in briefs],
                "failures": [_failure(f) for f in failures],
            }
        )
    elif html is None:
        _print_text(briefs)
    _end([*failures, *later])


def _print_text(briefs: Sequence[Brief]) -> None:
    """Briefs for the terminal that watches, with its width and colours; plain for a pipe."""
    from .brief import to_text

    width = shutil.get_terminal_size((100, 24)).columns
    sys.stdout.write(to_text(briefs, width=width, color=sys.stdout.isatty()))


def _write_html(path: Path, briefs: Sequence[Brief]) -> None:
    from .brief import to_html

    try:
        path.write_text(to_html(briefs), encoding="utf-8")
    except OSError as error:
        typer.echo(f"secondsource: can't write {path}: {error.strerror}", err=True)
        raise typer.Exit(2) from None


def _failure(failure: Failure) -> dict[str, Any]:
    from .model.codec import encode

    return encode(failure)


@app.command()
def read(paths: Paths, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Show the reading of each article as JSON lines: sentences, tokens, entities, findings."""
    talk = _talk(quiet, verbose)
    articles, failures = _articles(paths, talk)
    from .find import find
    from .model.codec import encode
    from .read import read as reader

    with talk.progress() as progress:
        for reading in reader(articles, progress=progress):
            sys.stdout.write(json.dumps(encode(find(reading)), ensure_ascii=False) + "\n")
    _end(failures)


@app.command()
def group(paths: Paths, as_json: AsJson = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """List the stories in the articles, with the origins of their text."""
    talk = _talk(quiet, verbose)
    stories, failures = _stories(paths, talk)
    if as_json:
        for story in stories:
            sys.stdout.write(json.dumps(_story(story), ensure_ascii=False) + "\n")
    else:
        for story in stories:
            accounts, origins = len(story.articles), len(story.origins)
            typer.echo(f"{_count(accounts, 'account')}, {_count(origins, 'origin')}  {story.title}")
            for origin in story.origins:
                names = ", ".join(
                    story.article(id).outlet or story.article(id).name for id in origin.articles
                )
                typer.echo(f"    {names}" + (f"  ({origin.why})" if len(origin.articles) > 1 else ""))
    _end(failures)


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _story(story: Story) -> dict[str, Any]:
    """A story without its articles' texts."""
    from .model.codec import encode

    data = encode(story)
    data["articles"] = [
        {"id": a.id, "outlet": a.outlet, "title": a.headline, "url": a.url, "place": a.place}
        for a in story.articles
    ]
    return data


@app.command()
def compare(
    left: Annotated[str, typer.Argument(help="One article's file.")],
    right: Annotated[str, typer.Argument(help="The other's.")],
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Compare two articles as accounts of one story, whether or not they are one."""
    talk = _talk(quiet, verbose)
    articles, failures = _articles([left, right], talk)
    if len(articles) != 2:
        typer.echo(f"secondsource: compare takes two articles; found {len(articles)}", err=True)
        raise typer.Exit(1 if failures else 2)
    from .group import as_story
    from .pipeline import briefs_of

    (told,) = briefs_of([as_story(articles)])
    if as_json:
        _print_json(told.to_dict())
    else:
        _print_text([told])
    _end([*failures, *told.failures])


@app.command()
def quotes(
    paths: Paths,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Only speakers so named.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV instead of JSON lines.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List who said what in each article: one quote a line, with speaker, cue, source and spans."""
    talk = _talk(quiet, verbose)
    articles, failures = _articles(paths, talk)
    from .export import quote_rows, write_csv, write_jsonl
    from .find import find
    from .read import read as reader

    with talk.progress() as progress:
        rows = quote_rows((find(reading) for reading in reader(articles, progress=progress)), speaker)
        (write_csv if as_csv else write_jsonl)(rows, sys.stdout)
    _end(failures)


class TimelineForm(StrEnum):
    """How a timeline is printed."""

    text = "text"
    json = "json"
    timeml = "timeml"


@app.command()
def timeline(
    paths: Paths,
    form: Annotated[TimelineForm, typer.Option("--format", help="How to print it.")] = TimelineForm.text,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Put what each story tells on the calendar; as TimeML, one document an article."""
    talk = _talk(quiet, verbose)
    stories, failures = _stories(paths, talk)
    from .pipeline import story_pipeline

    pipeline = story_pipeline()
    later: list[Failure] = []
    for story in stories:
        outcome = pipeline.run(story=story)
        later.extend(outcome.failures)
        _print_timeline(outcome.value, form)
    talk.failures(later)
    _end([*failures, *later])


def _print_timeline(values: dict[str, Any], form: TimelineForm) -> None:
    if form is TimelineForm.timeml:
        from .date.timeml import timeml

        for article in values["story"].articles:
            if article.id in values["findings"]:
                sys.stdout.write(timeml(article, values["findings"][article.id], values["calendar"]) + "\n")
        return
    from .brief import to_dict

    told = to_dict(values["brief"])
    if form is TimelineForm.json:
        row = {key: told[key] for key in ("story", "timeline")}
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    typer.echo(told["story"]["title"])
    for entry in told["timeline"]:
        earliest, latest = entry["earliest"] or "…", entry["latest"] or "…"
        when = earliest if earliest == latest else f"{earliest} to {latest}"
        typer.echo(f"    {when}  {'(planned) ' if entry['status'] == 'planned' else ''}{entry['text']}")


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


@app.command()
def evaluate(task: Task, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Measure one task on the evaluation corpora (the folder SECONDSOURCE_DATA), as JSON."""
    talk = _talk(quiet, verbose)
    from importlib import import_module

    from .settings import settings

    if not settings().data.is_dir():
        typer.echo(f"secondsource: no corpora in {settings().data}; set SECONDSOURCE_DATA", err=True)
        raise typer.Exit(2)
    with talk.progress() as progress:
        report = import_module(f"secondsource.evaluate.{task.value}").evaluate(settings().data, progress)
    _print_json(report.to_dict())


@app.command()
def version() -> None:
    """Print the version."""
    from . import __version__

    typer.echo(__version__)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        # The reader of our output went away (head, less): that is not an error.
        sys.stderr.close()


if __name__ == "__main__":
    main()
