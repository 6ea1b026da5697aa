"""`/paste`: articles pasted or uploaded are told at once, with or without a library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, File, Form, HTTPException, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...brief.page import story_page
from ...errors import InputError
from ..desk import Job, Pasted, Told
from ..shell import Web, render

if TYPE_CHECKING:
    from ...store import Library

WAIT = 8.0
"""So many seconds a page waits for its brief before it says how far it is."""
MAX_FILES = 40
BOXES = 2
"""How many boxes for accounts the page begins with."""


def router(web: Web) -> APIRouter:
    """The form, and what comes of it."""
    routes = APIRouter()

    @routes.get("/paste")
    def form(request: Request) -> Response:
        return render(request, web, "paste.html.j2", boxes=BOXES, reason="")

    @routes.get("/paste/box")
    def box(request: Request, number: int = BOXES + 1) -> Response:
        return render(request, web, "paste_box.html.j2", number=min(max(number, 1), MAX_FILES))

    @routes.post("/paste")
    async def submit(
        request: Request,
        text: Annotated[list[str], Form()] = [],  # noqa: B006 (FastAPI copies it)
        outlet: Annotated[list[str], Form()] = [],  # noqa: B006
        title: Annotated[list[str], Form()] = [],  # noqa: B006
        files: Annotated[list[UploadFile], File()] = [],  # noqa: B006
        one_story: Annotated[bool, Form()] = False,
        keep: Annotated[bool, Form()] = False,
    ) -> Response:
        pasted = [*boxes(text, outlet, title), *[p for p in [await _uploaded(f) for f in files] if p]]
        try:
            if len(pasted) > MAX_FILES:
                raise InputError(f"at most {MAX_FILES} texts and files at a time; {len(pasted)} were given")
            if keep and pasted and web.shelf is not None:
                return await run_in_threadpool(_keep, web.shelf.library, pasted)
            job = web.desk.submit(pasted, one_story)
        except InputError as error:
            return render(request, web, "paste.html.j2", 422, boxes=BOXES, reason=str(error))
        return RedirectResponse(f"/pasted/{job.key}", 303)

    @routes.get("/pasted/{key}")
    def told(request: Request, key: str) -> Response:
        job, done = _told(web, key)
        if done is None:
            return render(request, web, "waiting.html.j2", doing=job.doing)
        stories = [story_page(brief, f"b{n}") for n, brief in enumerate(done.briefs, start=1)]
        return render(
            request, web, "told.html.j2", stories=stories, failures=done.failures, key=key, one=job.one_story
        )

    @routes.post("/pasted/{key}/one")
    def as_one(key: str) -> Response:
        job = web.desk.find(key)
        if job is None:
            raise HTTPException(404, "these articles are no longer kept; paste them again")
        return RedirectResponse(f"/pasted/{web.desk.submit(job.pasted, one_story=True).key}", 303)

    return routes


def _told(web: Web, key: str) -> tuple[Job, Told | None]:
    """The job of this key, and what came of it if that is soon."""
    job = web.desk.find(key)
    if job is None:
        raise HTTPException(404, "these articles are no longer kept; paste them again")
    return job, web.desk.wait(job, WAIT)


def told_of(web: Web, key: str) -> Told:
    """What came of the job of this key.

    Raises:
        HTTPException: 404, if there is none, or none yet.
    """
    _, done = _told(web, key)
    if done is None:
        raise HTTPException(404, "these articles are still being read")
    return done


def boxes(texts: list[str], outlets: list[str], titles: list[str]) -> list[Pasted]:
    """What was pasted into the boxes; the source of a page is read as a page."""
    found = []
    for number, text in enumerate(texts):
        if not text.strip():
            continue
        outlet = (outlets[number].strip() if number < len(outlets) else "") or None
        title = (titles[number].strip() if number < len(titles) else "") or None
        name = f"pasted-{number + 1}"
        if text.lstrip()[:200].lower().startswith(("<!doctype html", "<html")):
            found.append(Pasted(f"{name}.html", text.encode("utf-8", "replace"), outlet, title, typed=True))
        else:
            record = {"text": text.replace("\r\n", "\n"), "title": title, "outlet": outlet}
            data = json.dumps({k: v for k, v in record.items() if v}).encode()
            found.append(Pasted(f"{name}.jsonl", data, outlet, title, typed=True))
    return found


async def _uploaded(file: UploadFile) -> Pasted | None:
    data = await file.read()
    return Pasted(file.filename or "article.txt", data) if data else None


def _keep(library: Library, pasted: list[Pasted]) -> Response:
    """Add the articles to the library; lead to the story they are in."""
    from ..desk import load

    articles, failures = load(pasted)
    added = library.add(articles, source="page", failures=failures)
    return RedirectResponse(f"/stories/{added.stories[0]}" if len(added.stories) == 1 else "/", 303)
