"""`compare`: two articles as accounts of one story."""

from __future__ import annotations

from typing import Annotated

import typer

from .common import AsJson, Quiet, Verbose, articles_of, end, print_json, print_text, talk_of


def compare(
    left: Annotated[str, typer.Argument(help="One article's file.")],
    right: Annotated[str, typer.Argument(help="The other's.")],
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Compare two articles as accounts of one story, whether or not they are one."""
    talk = talk_of(quiet, verbose)
    articles, failures = articles_of([left, right], talk)
    if len(articles) != 2:
        typer.echo(f"secondsource: compare takes two articles; found {len(articles)}", err=True)
        raise typer.Exit(1 if failures else 2)
    from ..group import as_story
    from ..pipeline import briefs_of

    (told,) = briefs_of([as_story(articles)])
    if as_json:
        print_json(told.to_dict())
    else:
        print_text([told])
    end([*failures, *told.failures])
