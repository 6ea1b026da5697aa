"""The command line: thin verbs over the public face, each in a module of its own.

Results go to standard output, progress and messages to standard error. Exit
status: 0 done, 1 some inputs failed (each is named, the rest is done), 2 usage.

To add a verb, write it in a module here and put it into `VERBS`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import typer

from . import (
    add,
    brief,
    compare,
    evaluate,
    events,
    export,
    group,
    quotes,
    read,
    search,
    serve,
    stories,
    timeline,
    watch,
)

app = typer.Typer(
    name="secondsource",
    help="Reads every account of a news story and shows what they share, where they part, and who said it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def version() -> None:
    """Print the version."""
    from .. import __version__

    typer.echo(__version__)


VERBS: tuple[Callable[..., Any], ...] = (
    brief.brief,
    read.read,
    group.group,
    compare.compare,
    quotes.quotes,
    add.add,
    stories.stories,
    search.search,
    export.export,
    events.events,
    timeline.timeline,
    watch.watch,
    serve.serve,
    evaluate.evaluate,
    version,
)
"""The verbs in the order in which `--help` lists them."""

for verb in VERBS:
    app.command()(verb)


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
