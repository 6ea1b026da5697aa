"""`brief`: each story told, in the terminal, as a page or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .common import (
    AsJson,
    Paths,
    Quiet,
    Verbose,
    end,
    failure_json,
    print_json,
    print_text,
    stories_of,
    talk_of,
    write_file,
)


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
    talk = talk_of(quiet, verbose)
    stories, failures = stories_of(paths, talk)
    asked = [story for story in stories if len(story.articles) >= min_accounts]
    told = asked[: limit or None]
    if len(told) < len(asked):
        talk.note(f"told {len(told)} of {len(asked)} stories; --limit 0 tells all")
    from ..pipeline import briefs_of

    with talk.progress() as progress:
        briefs = list(briefs_of(told, progress=progress))
    later = [failure for one in briefs for failure in one.failures]
    talk.failures(later)
    if html is not None:
        from ..brief import to_html

        write_file(html, to_html(briefs))
        talk.note(f"wrote {html}")
    if as_json:
        print_json(
            {
                "schema": "secondsource/briefs/1",
                "briefs": [one.to_dict() for one in briefs],
                "failures": [failure_json(f) for f in failures],
            }
        )
    elif html is None:
        print_text(briefs)
    end([*failures, *later])
