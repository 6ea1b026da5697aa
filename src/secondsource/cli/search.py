"""`search`: a library's articles by words, outlet, day, speaker and kind of event."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from .common import LIBRARY, AsJson, InLibrary, Quiet, Verbose, opened, talk_of

if TYPE_CHECKING:
    from ..store import Hit

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]


def search(
    query: Annotated[str, typer.Argument(help='Words, "a phrase", beginn*, -without.')] = "",
    library: InLibrary = LIBRARY,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Only this outlet's.")] = None,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Only those that quote them.")] = None,
    event_type: Annotated[str | None, typer.Option(metavar="TYPE", help="Only with such an event.")] = None,
    published_from: Day = None,
    published_to: Day = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many articles.")] = 20,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Find a library's articles that have all the words, the best first."""
    talk = talk_of(quiet, verbose)
    with opened(library) as news:
        hits = news.search(
            query,
            outlet=outlet,
            speaker=speaker,
            event_type=event_type,
            published_from=published_from.date() if published_from else None,
            published_to=published_to.date() if published_to else None,
            limit=limit,
        )
        for hit in hits:
            _print(hit, as_json)
    if query and not hits.complete:
        talk.note(
            f"{hits.count:,} articles or more have the words; ranked among the {hits.count:,} latest in"
        )


def _print(hit: Hit, as_json: bool) -> None:
    one = hit.article
    if not as_json:
        named = one.title or one.place or one.id
        sys.stdout.write(f"{one.published or 'undated'}  {one.outlet or 'unknown outlet'}: {named}\n")
        sys.stdout.write(f"    {' '.join(hit.snippet.split())}\n")
        return
    row = {
        "article": one.id,
        "title": one.title,
        "outlet": one.outlet,
        "url": one.url,
        "published": one.published,
        "story": one.story,
        "span": [hit.span.start, hit.span.end],
        "marks": [[mark.start, mark.end] for mark in hit.marks],
        "text": hit.snippet,
    }
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
