"""The application put together: the pages and the API on one server, behind one guard."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from .. import __version__
from ..errors import InputError, StoreError, UnknownError
from ..settings import Settings
from . import api
from .desk import BusyError, Desk
from .pages import article, enter, health, paste, people, search, story, today
from .security import Gate, Guard
from .shell import Web, render, static

if TYPE_CHECKING:
    from ..store import Library
    from .shelf import Shelf

log = logging.getLogger(__name__)


def build(
    library: Library | None,
    *,
    token: str | None,
    hosts: frozenset[str],
    settings: Settings | None,
    read: bool,
) -> FastAPI:
    """The application over a library, or over none."""
    web = Web(_shelf(library), Desk(settings), Gate(hosts, token))

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        if read and web.shelf is not None:
            web.shelf.teller.begin_reading()
        yield
        web.desk.close()
        if web.shelf is not None:
            web.shelf.teller.close()

    app = FastAPI(
        title="secondsource",
        version=__version__,
        summary="Every account of a story, and where they part.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=living,
    )
    app.include_router(api.router(web), prefix="/api/v1")
    for page in (paste, enter, article):
        app.include_router(page.router(web), include_in_schema=False)
    if web.shelf is None:
        app.add_api_route("/", _to_paste, methods=["GET"], include_in_schema=False)
    else:
        for kept in (today, story, people, search, health):
            app.include_router(kept.router(web, web.shelf), include_in_schema=False)
    app.add_api_route("/static/{name}", static, methods=["GET"], include_in_schema=False)
    _answer_errors(app, web)
    app.add_middleware(Guard, gate=web.gate)
    return app


def _shelf(library: Library | None) -> Shelf | None:
    if library is None:
        return None
    from .shelf import Shelf

    return Shelf(library)


def _to_paste() -> Response:
    return RedirectResponse("/paste", 307)


def _answer_errors(app: FastAPI, web: Web) -> None:
    """Errors as JSON to programs, as a page to people; never a trace."""

    def answer(request: Request, status: int, reason: str) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": reason}, status)
        return render(request, web, "error.html.j2", status, reason=reason, status=status)

    async def told(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        response = answer(request, error.status_code, str(error.detail))
        response.headers.update(error.headers or {})
        return response

    async def refused(request: Request, error: Exception) -> Response:
        return answer(request, 503 if isinstance(error, BusyError) else 400, str(error))

    app.add_exception_handler(HTTPException, told)

    async def unknown(request: Request, error: Exception) -> Response:
        return answer(request, 404, str(error))

    async def out_of_order(request: Request, error: Exception) -> Response:
        # What the database says may name its place and its tables: that is for the log.
        log.error("%s %s: %s", request.method, request.url.path, error)
        return answer(request, 503, "the library can't be used at present; try again")

    app.add_exception_handler(InputError, refused)
    app.add_exception_handler(UnknownError, unknown)
    app.add_exception_handler(StoreError, out_of_order)
