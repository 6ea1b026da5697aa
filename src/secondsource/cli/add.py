"""`add`: articles into a library."""

from __future__ import annotations

from typing import Annotated

import typer

from .common import LIBRARY, InLibrary, Paths, Quiet, Verbose, articles_of, count, end, opened, talk_of


def add(
    paths: Paths,
    library: InLibrary = LIBRARY,
    read: Annotated[
        bool, typer.Option("--read", help="Read the new articles, too: quotes and events.")
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Keep articles in a library and group them with what is there; what is known is left as it is."""
    talk = talk_of(quiet, verbose)
    articles, failures = articles_of(paths, talk)
    with opened(library) as news:
        added = news.add(articles, source="add", failures=failures)
        talk.failures(added.failures)
        known = f", {len(added.known)} known" if added.known else ""
        talk.note(f"{count(len(added.new), 'new article')}{known}; {len(added.stories)} stories changed")
        if read:
            with talk.progress() as progress:
                for id in added.new:
                    progress("reading", added.new.index(id), len(added.new))
                    news.reading(id)
    end([*failures, *added.failures])
