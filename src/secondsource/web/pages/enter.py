"""`/enter`: where a browser shows the token once, and gets a cookie that admits it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ..security import COOKIE
from ..shell import Web, render


def router(web: Web) -> APIRouter:
    """The page that asks for the token."""
    routes = APIRouter()

    @routes.get("/enter")
    def ask(request: Request) -> Response:
        return render(request, web, "enter.html.j2", wrong=False)

    @routes.post("/enter")
    def admit(request: Request, token: Annotated[str, Form(max_length=1000)] = "") -> Response:
        if not web.gate.admits(token.strip()):
            return render(request, web, "enter.html.j2", 401, wrong=True)
        response = RedirectResponse("/", 303)
        response.set_cookie(
            COOKIE, web.gate.pass_, httponly=True, samesite="strict", secure=request.url.scheme == "https"
        )
        return response

    return routes
