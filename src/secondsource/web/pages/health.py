"""Library health: what is in it, what waits to be read, which feeds fail and why."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...store import Health
from ..shelf import Shelf
from ..shell import Web, is_part, render

PAGE: Final = 50
FEEDS: Final = 500
UNITS: Final = ("bytes", "kB", "MB", "GB", "TB")


def router(web: Web, shelf: Shelf) -> APIRouter:
    """The page, and further failures."""
    routes = APIRouter()

    @routes.get("/health")
    def health(request: Request, after: Annotated[str | None, Query(max_length=100)] = None) -> Response:
        page = shelf.library.failures(limit=PAGE, after=after)
        more = page.next and "/health?" + urlencode({"after": page.next})
        if is_part(request):
            return render(request, web, "failures.html.j2", failures=page.items, more=more)
        feeds = shelf.library.feeds()
        # Those that fail stand first: they want something done.
        ordered = sorted(feeds, key=lambda feed: (not feed.failed, feed.url))
        found = shelf.library.health()
        return render(
            request,
            web,
            "health.html.j2",
            failures=page.items,
            more=more,
            health=found,
            size=size(found),
            feeds=ordered[:FEEDS],
            left=max(0, len(ordered) - FEEDS),
        )

    return routes


def size(health: Health) -> str:
    """How large the database is, in words."""
    number, unit = float(health.bytes), 0
    while number >= 1000 and unit < len(UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.0f} {UNITS[unit]}" if unit < 2 else f"{number:.1f} {UNITS[unit]}"
