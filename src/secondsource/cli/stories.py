"""`stories`: what a library's stories are, and what is new in them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .common import LIBRARY, AsJson, InLibrary, Quiet, Verbose, count, opened, talk_of

if TYPE_CHECKING:
    from ..store import Library, StoryRow


def stories(
    library: InLibrary = LIBRARY,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Only what changed since this name last asked; the library remembers."
        ),
    ] = None,
    min_accounts: Annotated[int, typer.Option(min=1, help="Only stories with so many accounts.")] = 1,
    limit: Annotated[int, typer.Option(min=0, help="List at most so many stories; 0 lists all.")] = 50,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List a library's stories, those that changed last first; with --since, what is new."""
    talk = talk_of(quiet, verbose)
    with opened(library) as news:
        # What changes while the list is printed is new the next time.
        position = news.position()
        after = 0 if since is None else news.cursor(since)
        rows = _rows(news, after, min_accounts)
        for row in islice(rows, limit or None):
            _print(row, as_json)
        if since is None:
            return
        if next(rows, None) is None:
            news.keep_cursor(since, position)
        else:
            talk.note(f"more changed than that; all stays new to {since} until --limit lists it")


def _rows(news: Library, since: int, min_articles: int) -> Iterator[StoryRow]:
    from ..shelves import every

    return every(lambda after: news.stories(since=since, min_articles=min_articles, limit=100, after=after))


def _print(row: StoryRow, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(story_json(row), ensure_ascii=False) + "\n")
        return
    when = str(row.first) if row.first == row.last else f"{row.first} to {row.last}"
    sys.stdout.write(
        f"{row.id}  {count(row.articles, 'account')}, {count(row.origins, 'origin')}  "
        f"{when if row.first else 'undated'}  {row.title}\n"
    )


def story_json(row: StoryRow) -> dict[str, Any]:
    """A row of the list as JSON."""
    return {
        "id": row.id,
        "title": row.title,
        "state": row.state,
        "articles": row.articles,
        "origins": row.origins,
        "outlets": list(row.outlets),
        "first": row.first.isoformat() if row.first else None,
        "last": row.last.isoformat() if row.last else None,
        "born": row.born,
        "changed": row.changed,
        "differing": row.differing,
    }
