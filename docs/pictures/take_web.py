"""Take the pictures of the web pages anew: `.venv/bin/python docs/pictures/take_web.py`.

Puts the invented stories into a library, serves it, and keeps each page as a reader sees it: light and dark,
and some as on a phone. `pngquant`, where it is installed, makes the files small.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

import secondsource as ss
from secondsource.store import FeedState, Library
from secondsource.web import create_app

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
LOOKS = (("light", 1200, 900), ("dark", 1200, 900), ("phone", 390, 844))


def serve(library: Library) -> str:
    """Serve the library until the program ends; the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(library), port=port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return f"http://127.0.0.1:{port}"


def fill(library: Library) -> None:
    """The invented stories, read and told, and a feed that fails."""
    articles = ss.load(EXAMPLES)
    library.add(articles[:-2])
    library.read()
    for story in library.stories():
        library.brief(story.id)
    library.keep_feed(
        FeedState("https://feeds.example/skarne.xml", "Skarne Beacon", failed=2, reason="timed out")
    )
    library.keep_feed(FeedState("https://feeds.example/courier.xml", "Vessmouth Harbour Courier"))
    library.record([ss.Failure("ingest", "saved/page-17.html", "no article text in this page")])


def article_with_points(page: Page, base: str, library: Library) -> str:
    """The page of an article in which other accounts tell something, too."""
    for row in library.articles():
        page.goto(f"{base}/articles/{row.id}")
        if page.locator("a.m.l-point").count() > 2:
            return f"/articles/{row.id}"
    return f"/articles/{row.id}"


def main() -> None:
    """Write the PNG files beside this script."""
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "news.db") as library:
        fill(library)
        base = serve(library)
        story = max(library.stories(), key=lambda row: (row.differing or 0, row.articles))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for look, width, height in LOOKS:
                theme = "dark" if look == "dark" else "light"
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
                person = next(iter(library.people())).name
                pages = {
                    "today": "/",
                    "story": f"/stories/{story.id}",
                    "people": "/people",
                    "paste": "/paste",
                    "person": f"/people/{person}",
                    "search": "/search?q=minister",
                    "health": "/health",
                    "article": article_with_points(page, base, library),
                }
                for name, path in pages.items():
                    page.goto(base + path)
                    if name == "article" and page.locator("a.m.l-point").count():
                        page.keyboard.press("3")
                        page.keyboard.press("4")
                        page.locator("a.m.l-point").nth(1).click()
                        page.wait_for_timeout(600)
                    page.screenshot(path=HERE / f"web-{name}-{look}.png")
            browser.close()
    small = shutil.which("pngquant")
    if small:
        for path in HERE.glob("web-*.png"):
            subprocess.run([small, "--force", "--output", path, "64", path], check=True)


if __name__ == "__main__":
    main()
