"""The shell around every page: templates are rendered here, and static files served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..brief import view, words
from ..brief.html import asset, surroundings
from ..model import Published
from .charts import spark
from .desk import Desk
from .security import Gate

if TYPE_CHECKING:
    from jinja2 import Environment

    from ..store import ArticleRow, StoryRow
    from .shelf import Shelf

TYPES: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
OWN: Final = frozenset({"web.css", "web.js", "early.js", "htmx.min.js", "icon.svg"})
BRIEF: Final = frozenset({"brief.css", "brief.js", "page.js"})


@dataclass(frozen=True, slots=True)
class Web:
    """What the pages work with: the library, if there is one, the desk, and who is let in."""

    shelf: Shelf | None
    desk: Desk
    gate: Gate = field(default_factory=Gate)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = surroundings("secondsource.web")
    made.globals.update(interval=words.interval, figure=figure, spark=spark)
    made.globals.update(certainties=words.CERTAINTIES, how_known=words.HOW_KNOWN, outlets_of=outlets_of)
    made.filters.update(clean=words.clean, outlet=outlet)
    made.globals.update(stated=stated)
    return made


def figure(number: int, noun: str) -> str:
    """A number in figures with its noun, for lists that are glanced over.

    >>> figure(1, "outlet"), figure(1200, "outlet")
    ('1 outlet', '1,200 outlets')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def outlet(row: ArticleRow) -> str:
    """What to call the publisher of an article in the library."""
    return view.outlet_name(row.outlet, row.url, row.place) or "Outlet not known"


def stated(value: str | None, earliest: Any, latest: Any) -> str:
    """When an article in the library was published, in words."""
    how = "metadata" if value else "inferred" if earliest or latest else "unknown"
    return words.published(Published(earliest, latest, value, how))  # type: ignore[arg-type]


def outlets_of(story: StoryRow, shown: int = 6) -> str:
    """The outlets of a story in a line: the first of them by name, and how many more."""
    names: Sequence[str] = [words.clean(name) for name in story.outlets]
    if len(names) <= shown:
        return ", ".join(names)
    return f"{', '.join(names[:shown])} and {len(names) - shown} more"


def render(request: Request, web: Web, name: str, code: int = 200, /, **shown: Any) -> HTMLResponse:
    """A page, or a part of one for htmx, as a response."""
    text = (
        _templates()
        .get_template(name)
        .render(path=request.url.path, has_library=web.shelf is not None, **shown)
    )
    return HTMLResponse(text.encode("utf-8", "replace"), status_code=code)


def is_part(request: Request) -> bool:
    """Whether htmx asks, and wants a part of the page only."""
    return request.headers.get("hx-request") == "true" and "hx-boosted" not in request.headers


@lru_cache(maxsize=16)
def _file(name: str) -> bytes:
    if name in BRIEF:
        return asset(name).encode()
    return (resources.files("secondsource.web") / "static" / name).read_bytes()


def static(name: str) -> Response:
    """A style, a script or the icon: only files that are named here can be had."""
    if name not in OWN | BRIEF:
        return Response("no such file\n", 404, media_type="text/plain")
    return Response(_file(name), media_type=TYPES[name.rpartition(".")[2]])
