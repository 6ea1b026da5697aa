"""The page of a story: its brief, live, and what changed since the reader last looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...brief import words
from ...brief.page import story_page
from ...errors import SecondsourceError
from ...store import ArticleRow, Change
from ..shelf import Shelf
from ..shell import Web, is_part, render
from ..visit import Visit, visit_of

MAX_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a story's log in words, with the articles it is about."""

    text: str
    articles: tuple[ArticleRow, ...]
    new: bool


def router(web: Web, shelf: Shelf) -> APIRouter:
    """Stories of the library."""
    routes = APIRouter()

    @routes.get("/stories/{id}")
    def story(request: Request, id: str) -> Response:
        row = shelf.library.story_row(id)
        if row.into is not None:
            return RedirectResponse(f"/stories/{row.into}", 303)
        visit, reason = visit_of(request), ""
        changes = shelf.library.changes(story=id, limit=MAX_CHANGES)
        try:
            brief = shelf.brief(row)
        except SecondsourceError as error:
            brief, reason = None, str(error)
        added = _added(changes, visit)
        page = story_page(brief, "b1", added) if brief else None
        if is_part(request):
            return _part(ready=page is not None or bool(reason))
        return render(
            request,
            web,
            "story_page.html.j2",
            row=row,
            story=page,
            reason=reason,
            accounts=() if page else shelf.accounts(id),
            entries=_entries(shelf, changes, visit),
            position=shelf.library.position(),
        )

    return routes


def _part(ready: bool) -> Response:
    """What htmx gets that asks whether the brief is made: nothing yet, or that the page is to be loaded."""
    # The page is loaded again as a whole: its headings, its script and its data belong together.
    return Response(headers={"hx-refresh": "true"}) if ready else Response(status_code=204)


def _added(changes: Sequence[Change], visit: Visit) -> frozenset[str]:
    """The articles that came into the story after the last visit."""
    gained = [c for c in changes if c.what in {"born", "grew", "merged"} and visit.is_new(c.position)]
    return frozenset(id for change in gained for id in change.articles)


def _entries(shelf: Shelf, changes: Sequence[Change], visit: Visit) -> tuple[Entry, ...]:
    """The log of a story in words, the latest first."""
    rows = shelf.rows(list(dict.fromkeys(id for change in changes for id in change.articles)))
    return tuple(
        Entry(
            _said(change),
            tuple(rows[id] for id in change.articles if id in rows),
            visit.is_new(change.position),
        )
        for change in reversed(changes)
    )


def _said(change: Change) -> str:
    accounts = words.count(len(change.articles), "account")
    return {
        "born": f"The story began with {accounts}",
        "grew": words.count(len(change.articles), "more account").capitalize(),
        "merged": f"Another story was taken in, with {accounts}",
        "split": f"{accounts} set apart as a story of their own".capitalize(),
        "closed": "No more articles are expected",
    }[change.what]
