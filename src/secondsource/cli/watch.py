"""`watch`: feeds, asked again and again, into a library."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from .common import LIBRARY, InLibrary, Quiet, Talk, Verbose, count, end, talk_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..errors import Failure
    from ..store import Library
    from ..watch import Round


def watch(
    feeds: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FEEDS.opml|URL...",
            help="Addresses of feeds and sitemaps, or lists of them; none: those that the library knows.",
        ),
    ] = None,
    every: Annotated[str, typer.Option(metavar="INTERVAL", help="How often: 90s, 10m, 2h, 1d.")] = "10m",
    once: Annotated[bool, typer.Option("--once", help="Ask each feed once, and end.")] = False,
    library: InLibrary = LIBRARY,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Ask feeds for what is new and keep it in a library, again and again or once."""
    talk = talk_of(quiet, verbose)
    from ..errors import InputError, StoreError
    from ..store import Library
    from ..watch import seconds_of

    try:
        pause = seconds_of(every)
        with Library(library) as opened:
            failures = _watch(opened, feeds or [], None if once else pause, talk)
    except (InputError, StoreError) as error:
        typer.echo(f"secondsource: {error}", err=True)
        raise typer.Exit(2) from None
    end(failures)


def _watch(library: Library, named: list[str], pause: float | None, talk: Talk) -> Sequence[Failure]:
    """Round after round until interrupted, or one where there is no pause; what failed in the last."""
    from ..ingest.fetch import Fetcher
    from ..watch import feed_addresses, watch_once

    listed = feed_addresses(named)
    talk.failures(listed.failures)
    library.record(listed.failures)
    failures = listed.failures
    with Fetcher(library.settings) as fetcher:
        while True:
            asked = listed.value if named else tuple(state.url for state in library.feeds())
            with talk.progress() as progress:
                told = watch_once(library, asked, fetcher=fetcher, progress=progress)
            talk.failures(told.failures)
            talk.note(_line(told))
            if pause is None:
                return [*failures, *told.failures]
            try:
                time.sleep(pause)
            except KeyboardInterrupt:
                return [*failures, *told.failures]


def _line(told: Round) -> str:
    """A round in one line."""
    parts = [count(told.articles, "new article"), f"{count(told.read, 'feed')} read"]
    for number, what in (
        (told.unchanged, "unchanged"),
        (told.failed, "failed"),
        (told.resting, "not due yet"),
    ):
        if number:
            parts.append(f"{number} {what}")
    return ", ".join(parts)
