"""People: who is quoted, how often and from when to when; and what each said, over time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from ...brief import axis, words
from ...store import Person, QuoteHit
from ..charts import Timeline, timeline
from ..shelf import Shelf
from ..shell import Web, is_part, render

PAGE: Final = 60


def router(web: Web, shelf: Shelf) -> APIRouter:
    """The list, and the page of one person."""
    routes = APIRouter()

    @routes.get("/people")
    def people(
        request: Request,
        q: Annotated[str, Query(max_length=200)] = "",
        after: Annotated[str | None, Query(max_length=500)] = None,
    ) -> Response:
        page = shelf.people(q.strip() or None, PAGE, after)
        line = _axis(page.items)
        return render(
            request,
            web,
            "people_rows.html.j2" if is_part(request) else "people.html.j2",
            people=[(person, line.bar((person.first, person.last)) if line else None) for person in page],
            ticks=line.ticks() if line else (),
            more=page.next and "/people?" + urlencode({"q": q, "after": page.next}),
            q=q,
            href=lambda name: f"/people/{quote(name, safe='')}",
        )

    @routes.get("/people/{name:path}")
    def person(
        request: Request, name: str, after: Annotated[str | None, Query(max_length=500)] = None
    ) -> Response:
        page = shelf.quotes(name, PAGE, after)
        if not page.items and after is None:
            raise HTTPException(404, "nobody of that name is quoted in what has been read")
        return render(
            request,
            web,
            "spoken.html.j2" if is_part(request) else "person.html.j2",
            name=words.clean(name),
            quotes=[(hit, _link(hit), _marks(hit)) for hit in page],
            chart=_chart(page.items),
            more=page.next and f"/people/{quote(name, safe='')}?" + urlencode({"after": page.next}),
        )

    return routes


def _axis(people: Iterable[Person]) -> axis.Axis | None:
    return axis.axis((p.first, p.last) for p in people)


def _chart(quotes: Iterable[QuoteHit]) -> Timeline | None:
    """How many quotes each month or day has, of those shown."""
    return timeline([q.article.latest for q in quotes if q.article.latest])


def _link(hit: QuoteHit) -> str:
    at = f"?at={hit.content[0].start}#here" if hit.content else ""
    return f"/articles/{quote(hit.article.id)}{at}"


def _marks(hit: QuoteHit) -> bool:
    """Whether the words are to be put in quotation marks: quoted directly, and without any of their own."""
    return hit.form == "direct" and not set(hit.text) & set('"“”„«»')
