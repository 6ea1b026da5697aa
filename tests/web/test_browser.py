"""The pages in a browser: the walk, keys, layers, themes, narrow windows, and nothing that axe objects to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from secondsource import Article, Failure
from secondsource.store import FeedState, Library
from secondsource.web import create_app

from .test_paste import EVENING, MORNING

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RAIN = "Heavy rain closed the bridge at Tarn on Monday. {0} of water ran over the road, the council said."


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page; a message on its console, or a request elsewhere, fails the test."""
    said: list[str] = []

    def go(address: str, width: int = 1200, **context: object) -> Page:
        size = {"width": width, "height": 900}
        page = browser.new_context(viewport=size, **context).new_page()  # type: ignore[arg-type]
        page.on(
            "console",
            lambda message: (
                None
                if "404" in message.text or message.text.startswith("[DOM]")
                else said.append(message.text)
            ),
        )
        page.on("pageerror", lambda error: said.append(str(error)))
        host = "/".join(address.split("/")[:3])
        page.on("request", lambda request: None if request.url.startswith(host) else said.append(request.url))
        page.goto(address)
        return page

    yield go
    assert said == []


@pytest.fixture
def site(library: Library, serve: Callable[[FastAPI], str]) -> str:
    """The address of the pages over the library, which has a feed that fails and a failure to show."""
    library.keep_feed(FeedState("https://feeds.example/a", "A feed", failed=2, reason="timed out"))
    library.record([Failure("ingest", "page.html", "no article text")])
    return serve(create_app(library))


def paths(library: Library) -> list[str]:
    """Every page: an article with points that others tell, too, among them."""
    story = max(library.stories(), key=lambda row: row.articles)
    articles = [article.id for article in library.story(story.id).articles]
    person = next(iter(library.people())).name
    pages = [
        "/",
        f"/stories/{story.id}",
        "/people",
        f"/people/{person}",
        "/search?q=ferry",
        "/health",
        "/paste",
    ]
    return [*pages, "/enter", "/nowhere", *(f"/articles/{id}?at=400" for id in articles[:2])]


def test_the_walk(visit: Callable[..., Page], site: str, library: Library) -> None:
    page = visit(site + "/paste")
    for number, (text, outlet) in enumerate(((MORNING, "Herald"), (EVENING, "Courier"))):
        page.get_by_label("Text, or the source of a web page").nth(number).fill(text)
        page.get_by_label("Outlet").nth(number).fill(outlet)
    page.get_by_text("They are accounts of one story").click()
    page.get_by_role("button", name="Tell the story").click()
    page.wait_for_selector("article.brief")

    page.locator("a.line").first.click()
    assert page.locator("#passages mark.on").count() > 0
    page.keyboard.press("Escape")
    page.locator("details.full summary").first.click()
    page.locator("details.full .link a").first.click()

    name = page.locator("a.m.l-name", has_text="Ada Brook").first
    weight = "node => getComputedStyle(node).fontWeight"
    plain = name.evaluate(weight)
    page.keyboard.press("3")
    assert page.locator("#layer-name").is_checked()
    assert name.evaluate(weight) != plain
    name.click()
    page.locator("#place h2", has_text="Ada Brook").first.wait_for()

    page.goto(site + "/search")
    page.wait_for_selector("input[name=q]:focus")  # the field takes the keys by itself
    page.keyboard.type("ferry cargo")
    page.keyboard.press("Enter")
    page.wait_for_selector(".results mark")
    page.locator(".results a.item").first.click()
    page.wait_for_selector("#article-title")

    page.goto(site + "/")
    assert page.locator(".fresh").count() == 0
    library.add(
        [Article(text=RAIN.format("A metre"), title="Rain closes the bridge at Tarn", outlet="Herald")]
    )
    page.locator("#news-count", has_text="One story is new or changed").wait_for()
    page.locator("#news a").click()
    assert page.locator(".fresh a.item").all_text_contents() == ["Rain closes the bridge at Tarn"]
    page.get_by_role("button", name="Mark all as seen").click()
    page.wait_for_load_state()
    assert page.locator(".fresh").count() == 0


def test_a_place_in_an_account_leads_to_the_same_point_in_another(
    visit: Callable[..., Page], site: str, library: Library
) -> None:
    page = visit(site)
    for row in library.articles():
        page.goto(f"{site}/articles/{row.id}")
        if page.locator("a.m.l-point").count():
            break
    page.locator("a.m.l-point").first.click()
    page.locator("#place a.alike").first.click()
    page.wait_for_selector("#here")
    assert page.url.endswith("#here")
    assert f"/articles/{row.id}?" not in page.url


def test_lists_are_walked_by_keys(visit: Callable[..., Page], site: str) -> None:
    page = visit(site)
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1.title")
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    page.keyboard.type("t?3")
    assert page.locator("input[type=search]").input_value() == "t?3"


def test_another_box_can_be_added(visit: Callable[..., Page], site: str) -> None:
    page = visit(site + "/paste")
    page.get_by_role("button", name="Add another account").click()
    page.locator(".box legend", has_text="Account 3").wait_for()
    assert page.evaluate("document.activeElement.name") == "text"


def test_a_story_that_is_not_told_yet_is_told_and_comes_by_itself(
    visit: Callable[..., Page], site: str, library: Library
) -> None:
    added = library.add([Article(text=MORNING, title="Bridge", outlet="Herald")])
    page = visit(f"{site}/stories/{added.stories[0]}")
    page.locator("a.line").first.wait_for(timeout=60_000)
    assert page.locator(".sources .who b").text_content() == "Herald"


def test_without_script_every_page_still_works(visit: Callable[..., Page], site: str) -> None:
    page = visit(site, java_script_enabled=False)
    page.locator("a.item").first.click()
    page.locator("details.full summary").first.click()
    page.locator("details.full .link a").first.click()
    page.locator("a.m").first.click()
    assert page.locator("#place .fact").count() > 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation(visit: Callable[..., Page], site: str, library: Library, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(site, color_scheme=theme)
    for path in paths(library):
        page.goto(site + path)
        for layers in ((), page.locator("input[data-layer]").all()):
            for box in layers:
                box.check()
            found = axe.run(page)
            assert found.violations_count == 0, f"{path}: {found.generate_report()}"


@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_is_wider_than_the_window(
    visit: Callable[..., Page], site: str, library: Library, width: int
) -> None:
    page = visit(site, width=width)
    for path in paths(library):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_theme_that_was_chosen_is_drawn_from_the_start(visit: Callable[..., Page], site: str) -> None:
    page = visit(site, color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.keyboard.press("t")
    page.keyboard.press("t")
    assert page.evaluate(ground) != light
    page.goto(site + "/people")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate(ground) != light
