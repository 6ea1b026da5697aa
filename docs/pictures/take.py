"""Take the pictures of the documentation anew: `.venv/bin/python docs/pictures/take.py`.

Tells one of the invented stories, opens the page in headless Chromium, and keeps it as a reader sees
it: the page, its grid and timeline, a line's passages open, dark, and on a phone.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import secondsource as ss
from secondsource.brief import to_html

HERE = Path(__file__).resolve().parent
STORY = HERE.parents[1] / "examples" / "rate-decision"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SHOTS = (
    ("brief-light", 1200, 900, "light", None, None),
    ("brief-grid", 1200, 900, "light", None, "#b1-grid"),
    ("brief-timeline", 1200, 900, "dark", None, "#b1-when"),
    ("passages-dark", 1200, 900, "dark", "a.cell", None),
    ("brief-phone", 390, 844, "light", None, None),
)


def main() -> None:
    """Write the PNG files beside this script."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "brief.html"
        page_file.write_text(to_html(ss.brief(ss.load(STORY))), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, width, height, theme, opened, sought in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
            page.goto(page_file.as_uri())
            if opened:
                page.locator(opened).first.click()
            if sought:
                page.locator(sought).evaluate("node => node.scrollIntoView({behavior: 'instant'})")
            page.screenshot(path=HERE / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
