"""The HTTP API: what the command line prints, as JSON over HTTP, with pages, and news as it comes in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeVar

from fastapi import APIRouter, HTTPException, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse

from ..brief import to_dict
from ..model.codec import encode
from ..store import Page
from . import wire
from .desk import Pasted, load
from .shelf import Shelf
from .shell import Web

T = TypeVar("T")

MOST: Final = 2**53 - 1
TELLING: Final = 120.0
"""So many seconds a call waits for the brief of what it sent."""
POLL: Final = 1.0
"""So many seconds pass between two looks at the log of changes, while somebody listens."""
BEAT: Final = 15
"""After so many looks without news a comment is sent, so that the connection is kept open."""

After = Annotated[
    str | None, Query(max_length=500, description="where to go on: the `next` of the page before")
]
Limit = Annotated[int, Query(ge=1, le=200, description="at most so many")]
Since = Annotated[
    int, Query(ge=0, le=MOST, description="a position in the log of changes; 0 is its beginning")
]
Name = Annotated[str | None, Query(max_length=300)]
Id = Annotated[str, Path(min_length=1, max_length=300)]

PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": wire.Problem, "description": "what was asked can't be understood"},
    401: {"description": "a token is asked for"},
    403: {"description": "the request comes from another site"},
    404: {"model": wire.Problem, "description": "there is no such thing"},
    413: {"description": "the request is too large"},
    421: {"description": "the server does not answer to that host name"},
    503: {"model": wire.Problem, "description": "too much is waiting; try again"},
}


def router(web: Web) -> APIRouter:
    """The API: telling articles that are sent and, with a library, all that is in it."""
    routes = APIRouter(responses=PROBLEMS)

    @routes.post("/brief", response_model=wire.Briefs, tags=["telling"])
    async def brief(sent: wire.Sent) -> dict[str, Any]:
        """Tell articles: one brief a story. They are not kept."""
        job = web.desk.submit(_pasted(sent), sent.one_story)
        told = await run_in_threadpool(web.desk.wait, job, TELLING)
        if told is None:
            raise HTTPException(503, "the articles take longer than that; send fewer at a time")
        return {
            "schema": "secondsource/briefs/1",
            "briefs": [to_dict(one) for one in told.briefs],
            "failures": [encode(failure) for failure in told.failures],
        }

    if web.shelf is not None:
        _stories(routes, web.shelf)
        _articles(routes, web.shelf)
        _searching(routes, web.shelf)
        _saying(routes, web.shelf)
        _keeping(routes, web.shelf)
        _news(routes, web.shelf)
    return routes


def _pasted(sent: wire.Sent) -> list[Pasted]:
    found = []
    for number, article in enumerate(sent.articles, start=1):
        record = article.model_dump(exclude_none=True, mode="json")
        data = json.dumps(record).encode()
        found.append(Pasted(f"sent-{number}.jsonl", data, article.outlet, article.title, typed=True))
    return found


def _paged(page: Page[T], make: Callable[[T], Any]) -> dict[str, Any]:
    return {"items": [make(item) for item in page.items], "next": page.next}


def _stories(routes: APIRouter, shelf: Shelf) -> None:
    library = shelf.library

    @routes.get("/stories", response_model=wire.Paged[wire.StoryRow], tags=["stories"])
    def stories(
        since: Since = 0,
        min_articles: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
        order: Literal["changed", "newest", "origins"] = "changed",
        limit: Limit = 50,
        after: After = None,
    ) -> dict[str, Any]:
        """Stories, or those that changed since a position in the log."""
        page = library.stories(since=since, min_articles=min_articles, order=order, limit=limit, after=after)
        return _paged(page, wire.plain)

    @routes.get("/stories/{id}", response_model=wire.StoryAccounts, tags=["stories"])
    def story(id: Id) -> dict[str, Any]:
        """One story, with its articles but without their texts."""
        row = library.story_row(id)
        return {**wire.plain(row), "accounts": [wire.plain(one) for one in shelf.accounts(id)]}

    @routes.get("/stories/{id}/brief", tags=["stories"])
    def told(id: Id, wait: Annotated[float, Query(ge=0, le=TELLING)] = 30.0) -> dict[str, Any]:
        """The brief of a story, of schema `secondsource/brief/1`; 503 while it is being made."""
        brief = shelf.brief(library.story_row(id), wait)
        if brief is None:
            raise HTTPException(503, "the brief is not made yet; ask again")
        return to_dict(brief)

    @routes.get("/stories/{id}/changes", response_model=list[wire.Change], tags=["stories"])
    def changes_of(id: Id, since: Since = 0, limit: Limit = 100) -> list[Any]:
        """The log of one story, the oldest entry first."""
        library.story_row(id)
        return [wire.plain(change) for change in library.changes(since, story=id, limit=limit)]


def _articles(routes: APIRouter, shelf: Shelf) -> None:
    library = shelf.library

    @routes.get("/articles", response_model=wire.Paged[wire.ArticleRow], tags=["articles"])
    def articles(outlet: Name = None, source: Name = None, limit: Limit = 50, after: After = None) -> Any:
        """Articles without their texts, the last that came first."""
        page = library.articles(outlet=outlet, source=source, limit=limit, after=after)
        return _paged(page, wire.plain)

    @routes.post("/articles", response_model=wire.Added, tags=["articles"])
    async def add(sent: wire.Sent) -> Any:
        """Add articles to the library; what is known by its content is left as it is."""
        given, failures = await run_in_threadpool(load, _pasted(sent), library.settings)
        added = await run_in_threadpool(lambda: library.add(given, source="api", failures=failures))
        return {**wire.plain(added), "failures": [encode(f) for f in (*failures, *added.failures)]}

    # Ids may hold slashes: the text of an article is asked for by a query.
    @routes.get("/articles/{id:path}", response_model=wire.Article, tags=["articles"])
    def article(
        id: Id,
        full_text: Annotated[bool, Query(description="with the text of the article")] = False,
        findings: Annotated[bool, Query(description="with its names, quotes, times and events")] = False,
    ) -> Any:
        """One article; its text and what was found in it only where that is asked for."""
        found = library.article(id)
        data = {**wire.article(found), "story": library.story_of(id)}
        if not full_text:
            data["text"] = None
        if findings:
            data["findings"] = wire.findings(shelf.findings(id))
        return data


def _searching(routes: APIRouter, shelf: Shelf) -> None:
    library = shelf.library

    @routes.get("/search", response_model=wire.Found, tags=["search"])
    def search(
        q: Annotated[str, Query(max_length=300, description='words, "a phrase", beginn*, -without')] = "",
        outlet: Name = None,
        speaker: Name = None,
        event_type: Annotated[str | None, Query(max_length=40)] = None,
        first: Annotated[date | None, Query(alias="from")] = None,
        last: Annotated[date | None, Query(alias="to")] = None,
        order: Literal["relevance", "newest"] = "relevance",
        limit: Limit = 20,
        after: After = None,
    ) -> Any:
        """The articles with all words of a query; by relevance, the best of the 10,000 that came in last."""
        page = library.search(
            q,
            outlet=outlet,
            speaker=speaker,
            event_type=event_type,
            published_from=first,
            published_to=last,
            order=order,
            limit=limit,
            after=after,
        )
        return {**_paged(page, wire.plain), "count": page.count, "complete": page.complete}


def _saying(routes: APIRouter, shelf: Shelf) -> None:
    library = shelf.library

    @routes.get("/quotes", response_model=wire.Quotes, tags=["search"])
    def quotes(
        speaker: Name = None,
        words: Annotated[str, Query(max_length=300)] = "",
        story: Name = None,
        article: Name = None,
        limit: Limit = 50,
        after: After = None,
    ) -> Any:
        """Who said what, in the articles that have been read, the latest first."""
        page = library.quotes(
            speaker=speaker, words=words, story=story, article=article, limit=limit, after=after
        )
        return {**_paged(page, wire.plain), "complete": page.complete}

    @routes.get("/people", response_model=wire.Paged[wire.Person], tags=["search"])
    def people(name: Name = None, limit: Limit = 50, after: After = None) -> Any:
        """Who is quoted by name, those quoted most first."""
        return _paged(library.people(name, limit=limit, after=after), wire.plain)


def _keeping(routes: APIRouter, shelf: Shelf) -> None:
    library = shelf.library

    @routes.get("/health", response_model=wire.Health, tags=["library"])
    def health() -> Any:
        """How the library is: what is in it, what waits to be read, what failed."""
        return wire.plain(library.health())

    @routes.get("/feeds", response_model=list[wire.Feed], tags=["library"])
    def feeds() -> Any:
        """The feeds that are followed, with why the last attempt failed."""
        return [wire.plain(feed) for feed in library.feeds()]

    @routes.get("/failures", response_model=wire.Paged[wire.FailureRow], tags=["library"])
    def failures(source: Name = None, limit: Limit = 50, after: After = None) -> Any:
        """What could not be done, the latest first."""
        return _paged(library.failures(source=source, limit=limit, after=after), wire.plain)


def _news(routes: APIRouter, shelf: Shelf) -> None:
    @routes.get(
        "/events",
        tags=["stories"],
        response_class=StreamingResponse,
        responses={
            200: {"content": {"text/event-stream": {}}, "description": "the log of changes, as it grows"}
        },
    )
    async def events(
        request: Request,
        after: Since = 0,
        follow: Annotated[bool, Query(description="go on as the log grows, instead of ending")] = True,
    ) -> StreamingResponse:
        """Server-sent events: `born`, `grew`, `merged`, `split`, `closed`; the id is the position."""
        at = _resumed(request, after)
        return StreamingResponse(_stream(request, shelf, at, follow), media_type="text/event-stream")


def _resumed(request: Request, after: int) -> int:
    """Where to begin: a browser that was cut off says which event it had last."""
    last = request.headers.get("last-event-id", "")
    return int(last) if last.isascii() and last.isdigit() and len(last) < 16 else after


async def _stream(request: Request, shelf: Shelf, at: int, follow: bool) -> AsyncIterator[str]:
    quiet = 0
    while True:
        changes = await run_in_threadpool(shelf.library.changes, at, limit=500)
        for change in changes:
            at = change.position
            yield f"id: {at}\nevent: {change.what}\ndata: {json.dumps(wire.plain(change))}\n\n"
        if changes:
            quiet = 0
            continue
        if not follow or await request.is_disconnected():
            return
        quiet += 1
        if quiet % BEAT == 0:
            yield ": still here\n\n"
        await asyncio.sleep(POLL)
