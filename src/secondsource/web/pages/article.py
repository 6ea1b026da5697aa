"""The page of an article: its text with layers to switch, and from each place to the same point elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from ...brief import Brief, view, words
from ...brief.page import colour
from ...errors import SecondsourceError
from ...model import Article, Calendar
from .. import layers
from ..shelf import Shelf
from ..shell import Web, is_part, render
from .paste import told_of

At = Annotated[int | None, Query(ge=0, description="an offset into the article's text (code points)")]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same point in another account: who tells it, in which words, and where."""

    account: view.Account
    colour: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Seen:
    """An article with all that its page shows; `link` makes the address of an article of the same story."""

    article: Article
    reading: layers.Found | None
    brief: Brief | None
    story_href: str | None
    link: Callable[[str], str]


def router(web: Web) -> APIRouter:
    """Articles that were pasted, and those of the library."""
    routes = APIRouter()

    @routes.get("/pasted/{key}/articles/{id:path}")
    def pasted(request: Request, key: str, id: str, at: At = None) -> Response:
        told = told_of(web, key)
        found = told.article(id)
        if found is None:
            raise HTTPException(404, "there is no such article here")
        brief, article = found
        base = f"/pasted/{key}"
        seen = Seen(
            article, told.readings.get(id), brief, base, lambda other: f"{base}/articles/{quote(other)}"
        )
        return show(request, web, seen, at)

    if web.shelf is not None:
        _library_route(routes, web, web.shelf)
    return routes


def _library_route(routes: APIRouter, web: Web, shelf: Shelf) -> None:
    @routes.get("/articles/{id:path}")
    def kept(request: Request, id: str, at: At = None) -> Response:
        article = shelf.library.article(id)
        story = shelf.library.story_of(id)
        found = shelf.findings(id)
        brief = _brief(shelf, story) if story else None
        href = f"/stories/{story}" if story else None
        seen = Seen(article, found, brief, href, lambda other: f"/articles/{quote(other)}")
        return show(request, web, seen, at)


def _brief(shelf: Shelf, story: str) -> Brief | None:
    """The brief of an article's story, if it is there; why it can't be told is said on the story's page."""
    try:
        return shelf.brief(shelf.library.story_row(story))
    except SecondsourceError:
        return None


def show(request: Request, web: Web, seen: Seen, at: int | None) -> Response:
    """The page, or the part of it that tells of one place."""
    brief = seen.brief
    known = view.accounts(brief) if brief else {}
    calendar = brief.calendar if brief else Calendar(dates=())
    panel = {
        "at": at,
        "facts": layers.facts(seen.reading, calendar, at) if at is not None else (),
        "lines": _lines(seen, at) if at is not None else (),
        "read": seen.reading is not None,
        "alone": len(known) < 2,
        "layers": dict(layers.LAYERS),
    }
    if is_part(request):
        return render(request, web, "place.html.j2", **panel)
    cited = layers.cited(brief, seen.article.id) if brief else ()
    return render(
        request,
        web,
        "article.html.j2",
        sections=layers.sections(layers.layered(seen.article, seen.reading, cited, at)),
        title=words.clean(seen.article.headline or "Untitled article"),
        account=known.get(seen.article.id),
        others=[a for a in known.values() if a.article.id != seen.article.id],
        colour=colour,
        outlet=words.clean(seen.article.outlet or ""),
        when=calendar.date(seen.article.id) if brief else seen.article.published,
        url=view.link(seen.article.url),
        story=words.clean(brief.story.title) if brief else "",
        story_href=seen.story_href,
        link=seen.link,
        here=seen.link(seen.article.id),
        kinds=layers.LAYERS,
        **panel,
    )


def _lines(seen: Seen, at: int) -> tuple[tuple[layers.Line, tuple[Elsewhere, ...]], ...]:
    """The lines that cite the place, each with the places of the other accounts."""
    if seen.brief is None:
        return ()
    known = view.accounts(seen.brief)
    found = []
    for line in layers.lines_at(seen.brief, seen.article.id, at):
        others = tuple(
            Elsewhere(
                account=known[c.article],
                colour=colour(known[c.article].index),
                text=words.quoted(known[c.article].article, c.spans),
                href=f"{seen.link(c.article)}?at={min(s.start for s in c.spans)}#here",
            )
            for c in line.citations
        )
        found.append((line, others))
    return tuple(found)
