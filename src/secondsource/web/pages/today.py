"""The first page: stories by freshness and origins, those first that are new since the last visit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...brief import words
from ...store import StoryRow
from ..shelf import Shelf
from ..shell import Web, is_part, render
from ..visit import Visit, remember, visit_of

ORDERS: Final = (("newest", "By day"), ("origins", "By origins"), ("changed", "As they changed"))
PAGE: Final = 40
NEW: Final = 12
"""So many new stories are shown above the others."""
BIG: Final = 5
MIDDLE: Final = 3
"""From so many origins on a headline is set larger."""


@dataclass(frozen=True, slots=True)
class Item:
    """A story in the list: the heading before it, if it is the first under one, and how it is set."""

    story: StoryRow
    heading: str
    size: str
    new: str


def router(web: Web, shelf: Shelf) -> APIRouter:
    """The page, its further parts, and the button that says all is seen."""
    routes = APIRouter()

    @routes.get("/")
    def today(
        request: Request,
        order: Literal["newest", "origins", "changed"] = "newest",
        several: bool = False,
        after: Annotated[str | None, Query(max_length=500)] = None,
        heading: Annotated[str, Query(max_length=100)] = "",
    ) -> Response:
        visit, position = visit_of(request), shelf.library.position()
        least = 2 if several else 1
        page = shelf.library.stories(order=order, min_articles=least, limit=PAGE, after=after)
        items = listed(page.items, visit, order == "newest", heading)
        last = next((item.heading for item in reversed(items) if item.heading), heading)
        kept: dict[str, str] = {"order": order} | ({"several": "1"} if several else {})
        more = page.next and "/?" + urlencode({**kept, "after": page.next, "heading": last})
        if is_part(request):
            return render(request, web, "stories.html.j2", items=items, more=more)
        response = render(
            request,
            web,
            "today.html.j2",
            items=items,
            more=more,
            fresh=_fresh(shelf, visit, position) if after is None else None,
            order=order,
            orders=ORDERS,
            several=several,
            position=position,
        )
        remember(response, visit, position)
        return response

    @routes.post("/seen")
    def seen() -> Response:
        response, position = RedirectResponse("/", 303), shelf.library.position()
        remember(response, Visit(position), position)
        return response

    return routes


def _fresh(shelf: Shelf, visit: Visit, position: int) -> tuple[tuple[Item, ...], bool] | None:
    """The stories that are new since the last visit, and whether there are more of them."""
    if visit.since is None or visit.since >= position:
        return None
    page = shelf.library.stories(since=visit.since, order="changed", limit=NEW)
    return listed(page.items, visit, False, ""), page.next is not None


def listed(stories: Iterable[StoryRow], visit: Visit, by_day: bool, heading: str) -> tuple[Item, ...]:
    """Stories as items, each day's under its heading; `heading` is the one they go on under."""
    items: list[Item] = []
    for story in stories:
        said = (words.day(story.last) if story.last else "Not dated") if by_day else ""
        new = "new" if visit.is_new(story.born) else "changed" if visit.is_new(story.changed) else ""
        items.append(Item(story, said if said != heading else "", _size(story), new))
        heading = said
    return tuple(items)


def _size(story: StoryRow) -> str:
    return "big" if story.origins >= BIG else "mid" if story.origins >= MIDDLE else ""
