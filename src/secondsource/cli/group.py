"""`group`: the stories in the articles, with the origins of their text."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import typer

from .common import AsJson, Paths, Quiet, Verbose, count, end, stories_of, talk_of

if TYPE_CHECKING:
    from ..model import Story


def group(paths: Paths, as_json: AsJson = False, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """List the stories in the articles, with the origins of their text."""
    talk = talk_of(quiet, verbose)
    stories, failures = stories_of(paths, talk)
    if as_json:
        for story in stories:
            sys.stdout.write(json.dumps(_story(story), ensure_ascii=False) + "\n")
    else:
        for story in stories:
            accounts, origins = len(story.articles), len(story.origins)
            typer.echo(f"{count(accounts, 'account')}, {count(origins, 'origin')}  {story.title}")
            for origin in story.origins:
                names = ", ".join(
                    story.article(id).outlet or story.article(id).name for id in origin.articles
                )
                typer.echo(f"    {names}" + (f"  ({origin.why})" if len(origin.articles) > 1 else ""))
    end(failures)


def _story(story: Story) -> dict[str, Any]:
    """A story without its articles' texts."""
    from ..model.codec import encode

    data = encode(story)
    data["articles"] = [
        {"id": a.id, "outlet": a.outlet, "title": a.headline, "url": a.url, "place": a.place}
        for a in story.articles
    ]
    return data
