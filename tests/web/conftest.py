"""Shared by the tests of the pages: small libraries of invented articles, clients, a server and a browser."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from starlette.testclient import TestClient

import secondsource as ss
from secondsource.store import Library
from secondsource.web import create_app

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Browser

ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def told_page(client: TestClient, fields: dict[str, Any], files: Any = None) -> str:
    """The page of what was pasted or uploaded, once it is told."""
    return waited(client, client.post("/paste", data=fields, files=files))


def waited(client: TestClient, answer: Any) -> str:
    """The page that an answer leads to, asked for until nobody has to wait for it."""
    while "This page goes on by itself" in answer.text:
        answer = client.get(str(answer.url))
    assert answer.status_code == 200, answer.text
    return str(answer.text)


@pytest.fixture(scope="session")
def told(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a library with two invented stories, read and told."""
    path = tmp_path_factory.mktemp("web") / "news.db"
    with Library(path) as library:
        library.add(ss.load(examples / "ferry-collision", examples / "lisbon-visit"), source="examples")
        library.read()
        for story in library.stories():
            library.brief(story.id)
    return path


@pytest.fixture
def library(told: Path, tmp_path: Path) -> Iterator[Library]:
    """A library of one's own with the two stories."""
    path = tmp_path / "news.db"
    shutil.copy(told, path)
    with Library(path) as opened:
        yield opened


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    """A client of the pages over the library."""
    with TestClient(create_app(library), base_url="http://localhost") as opened:
        yield opened


@pytest.fixture
def bare() -> Iterator[TestClient]:
    """A client of the pages without a library."""
    with TestClient(create_app(), base_url="http://localhost") as opened:
        yield opened


@pytest.fixture
def serve() -> Iterator[Callable[[FastAPI], str]]:
    """Serves an application on a port of its own; the address."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(app: FastAPI) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        running.append((server, thread))
        return f"http://127.0.0.1:{port}"

    yield start
    for server, thread in running:
        server.should_exit = server.force_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium; the tests are skipped where there is none."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'"
    )
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()
