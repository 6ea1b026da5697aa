"""Search: full text with filters by outlet, day, speaker and kind of event."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ...brief.contrast import Run
from ...errors import InputError
from ...store import Hit, Page
from ..shelf import Shelf
from ..shell import Web, figure, is_part, render

PAGE: Final = 20
TYPES: Final = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
    "MOBILIZE COERCE ASSAULT"
).split()
"""The types of PLOVER."""

Text = Annotated[str, Query(max_length=300)]


def router(web: Web, shelf: Shelf) -> APIRouter:
    """The form and what it finds."""
    routes = APIRouter()

    @routes.get("/search")
    def search(
        request: Request,
        q: Text = "",
        outlet: Text = "",
        speaker: Text = "",
        type: Annotated[str, Query(max_length=40)] = "",
        first: Annotated[str, Query(alias="from", max_length=10)] = "",
        last: Annotated[str, Query(alias="to", max_length=10)] = "",
        order: Annotated[str, Query(pattern="^(relevance|newest)?$")] = "",
        after: Annotated[str | None, Query(max_length=100)] = None,
    ) -> Response:
        asked = {"q": q, "outlet": outlet, "speaker": speaker, "type": type, "from": first, "to": last}
        asked = {name: value.strip() for name, value in asked.items()}
        page, reason = _found(shelf, asked, order, after)
        kept = {name: value for name, value in {**asked, "order": order}.items() if value}
        return render(
            request,
            web,
            "hits.html.j2" if is_part(request) else "search.html.j2",
            hits=[(hit, runs(hit), _link(hit)) for hit in page],
            more=page.next and "/search?" + urlencode({**kept, "after": page.next}),
            tally=tally(page, ranked=bool(asked["q"]) and order != "newest"),
            reason=reason,
            asked=asked,
            order=order or "relevance",
            types=TYPES,
            began=any(asked.values()),
            outlets=() if is_part(request) else shelf.outlets(),
        )

    return routes


def _found(shelf: Shelf, asked: dict[str, str], order: str, after: str | None) -> tuple[Page[Hit], str]:
    """What was found, and why nothing was if the question can't be asked."""
    if not any(asked.values()):
        return Page(()), ""
    try:
        page = shelf.library.search(
            asked["q"],
            outlet=asked["outlet"] or None,
            speaker=asked["speaker"] or None,
            event_type=asked["type"] or None,
            published_from=_day(asked["from"]),
            published_to=_day(asked["to"]),
            order="newest" if order == "newest" else "relevance",
            limit=PAGE,
            after=after,
        )
    except InputError as error:
        return Page(()), str(error)
    return page, ""


def tally(page: Page[Hit], ranked: bool) -> str:
    """How many articles were found, in words; and which of them were looked at where not all were.

    >>> tally(Page((), count=1), ranked=True), tally(Page((), count=10_000, complete=False), ranked=False)
    ('1 article', '10,000 articles or more')
    """
    if not page.count:
        return ""
    found = figure(page.count, "article")
    if page.complete:
        return found
    return (
        f"{found} or more; ranked among the {page.count:,} that came in last"
        if ranked
        else f"{found} or more"
    )


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise InputError(f"{given!r} is no day; write it as 2024-05-31") from None


def runs(hit: Hit) -> tuple[Run, ...]:
    """The snippet in runs, the words that were asked for marked."""
    found: list[Run] = []
    at = hit.span.start
    for mark in hit.marks:
        start, end = max(at, mark.start), min(mark.end, hit.span.end)
        if start >= end:
            continue
        found.append(Run(hit.snippet[at - hit.span.start : start - hit.span.start], False))
        found.append(Run(hit.snippet[start - hit.span.start : end - hit.span.start], True))
        at = end
    found.append(Run(hit.snippet[at - hit.span.start :], False))
    return tuple(run for run in found if run.text)


def _link(hit: Hit) -> str:
    at = f"?at={hit.marks[0].start}#here" if hit.marks else ""
    return f"/articles/{quote(hit.article.id)}{at}"
