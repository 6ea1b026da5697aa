"""The web pages and the HTTP API: `create_app` makes the application that `secondsource serve` runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from ..settings import Settings
    from ..store import Library

__all__ = ["create_app"]


def create_app(
    library: Library | None = None,
    *,
    token: str | None = None,
    hosts: frozenset[str] = frozenset(),
    settings: Settings | None = None,
    read: bool = False,
) -> FastAPI:
    """The application: pages, API and static files, behind the guard.

    Without a library, articles can be pasted or uploaded for a brief at once,
    and that is all. `hosts` are the names, besides `localhost`, that the
    server answers to. With `read`, what waits in the library is read meanwhile.

    Raises:
        MissingExtraError: without the extra `web`.
    """
    from importlib.util import find_spec

    from ..errors import MissingExtraError

    if not all(find_spec(name) for name in ("fastapi", "python_multipart")):
        raise MissingExtraError("web", "the web page")
    from .app import build

    return build(library, token=token, hosts=hosts, settings=settings, read=read)
