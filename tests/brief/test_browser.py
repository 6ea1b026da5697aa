"""The HTML of a brief in a browser: lines open their passages, passages lead back, keys and themes work."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from secondsource.brief import Brief, to_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


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


@pytest.fixture
def visit(browser: Browser, tmp_path: Path, fire: Brief) -> Iterator[Callable[..., Page]]:
    """Opens the brief of the fire from a file; a message on the console fails the test."""
    said: list[str] = []

    def go(*briefs: Brief, width: int = 1280, **context: object) -> Page:
        file = tmp_path / "brief.html"
        file.write_text(to_html(briefs or [fire]), encoding="utf-8")
        page = browser.new_context(viewport={"width": width, "height": 800}, **context).new_page()  # type: ignore[arg-type]
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url) if request.url != file.as_uri() else None)
        page.goto(file.as_uri())
        return page

    yield go
    assert said == []


def highlighted(page: Page) -> dict[str, str]:
    """What is highlighted in each open account, by its letter; runs that touch are one passage."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#passages .column')].map(column => {
            let text = '', last = null;
            for (const mark of column.querySelectorAll('mark.on')) {
                text += (last && mark.previousSibling !== last ? ' … ' : '') + mark.textContent;
                last = mark;
            }
            return [column.querySelector('.chip').textContent, text];
        }))"""
    )
    return found


def test_a_click_on_a_line_opens_exactly_the_cited_passages(visit: Callable[..., Page], fire: Brief) -> None:
    page = visit()
    point = next(p for p in fire.points if p.aspect == "value")
    page.get_by_text("sent 12 people to hospital").first.click()
    letters = {article.id: "ABCDE"[place] for place, article in enumerate(fire.story.articles)}
    assert highlighted(page) == {letters[c.article]: c.text for c in point.accounts}


def test_every_line_opens_what_it_cites(visit: Callable[..., Page], fire: Brief) -> None:
    page = visit()
    texts = [article.text for article in fire.story.articles]
    book = page.evaluate("JSON.parse(document.querySelector('script.lines').textContent)")
    for key, line in book.items():
        page.locator(f'a.line[data-key="{key}"]').first.click()
        expected = {
            "ABCDE"[place]: " … ".join(texts[place][start:end] for start, end in spans)
            for place, spans in line["cites"]
        }
        assert highlighted(page) == expected, key
        page.keyboard.press("Escape")


def test_the_first_passage_is_in_sight_and_furniture_is_dimmed(visit: Callable[..., Page]) -> None:
    page = visit()
    page.get_by_text("Some 4,000 tonnes").or_(page.get_by_text("about 4,000 tonnes")).first.click()
    for mark in page.locator("#passages mark.on").all():
        box = mark.bounding_box()
        assert box is not None
        assert 0 < box["y"] < 800
    furniture = page.locator("#passages .furniture").first
    assert float(furniture.evaluate("node => getComputedStyle(node).opacity")) < 0.9


def test_escape_goes_back_to_the_line(visit: Callable[..., Page]) -> None:
    page = visit()
    line = page.locator("#b1-s3")
    line.focus()
    page.keyboard.press("Enter")
    assert page.locator("#passages").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#passages").is_visible()
    assert page.evaluate("document.activeElement.id") == "b1-s3"


def test_a_passage_leads_back_to_the_lines_that_cite_it(visit: Callable[..., Page]) -> None:
    page = visit()
    page.locator("#b1-s1").click()
    page.locator("#passages mark", has_text="The store passed its last safety inspection").click()
    page.locator("#passages .back a", has_text="Only in A").click()
    assert not page.locator("#passages").is_visible()
    assert page.evaluate("document.activeElement.textContent").startswith("The store passed")


def test_the_full_text_leads_back_too(visit: Callable[..., Page]) -> None:
    page = visit()
    page.locator("summary", has_text="Northern Broadcasting").click()
    mark = page.locator("details.full mark", has_text="Residents were told").first
    mark.click()
    assert page.evaluate("document.activeElement.textContent").startswith("Residents were told")


def test_j_and_k_go_from_line_to_line_and_n_through_the_passages(visit: Callable[..., Page]) -> None:
    page = visit()
    seen = []
    for key in "jjk":
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.id"))
    assert seen == ["b1-s1", "b1-s2", "b1-s1"]
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    assert page.locator("#passages-label").text_content() == "Shared 2"
    page.keyboard.press("p")
    assert page.locator("#passages-label").text_content() == "Shared 1"


def test_a_question_mark_shows_the_keys(visit: Callable[..., Page]) -> None:
    page = visit()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_the_theme_follows_the_system_until_it_is_chosen(visit: Callable[..., Page]) -> None:
    page = visit(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.locator("#theme").click()
    light = page.evaluate(ground)
    page.locator("#theme").click()
    assert page.evaluate(ground) == dark != light


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_window(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#b1-s1").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_a_line_leads_to_its_paragraph(visit: Callable[..., Page]) -> None:
    page = visit(java_script_enabled=False)
    page.locator("#b1-s2").click()
    assert page.url.endswith("#b1-A-5")
    assert page.locator("#b1-A-5").is_visible()
    page.locator(".go a", has_text="D ¶7").first.click()
    assert page.locator("#b1-D-7").is_visible()


def test_the_policy_stops_what_is_not_in_the_page(browser: Browser, tmp_path: Path, fire: Brief) -> None:
    file = tmp_path / "brief.html"
    file.write_text(to_html([fire]), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    stopped = page.evaluate(
        """() => new Promise(done => {
            document.addEventListener('securitypolicyviolation', event => done(event.violatedDirective));
            document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/x.png'}));
        })"""
    )
    assert stopped == "img-src"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation(visit: Callable[..., Page], theme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(width=width, color_scheme=theme)
    closed = axe.run(page)
    assert closed.violations_count == 0, closed.generate_report()
    page.locator("#b1-s1").click()
    opened = axe.run(page)
    assert opened.violations_count == 0, opened.generate_report()


def test_from_the_grid_one_click_leads_to_the_point_and_one_more_to_its_passages(
    visit: Callable[..., Page],
) -> None:
    page = visit()
    page.locator(".grid a.to").nth(1).click()
    assert page.evaluate("document.activeElement.id") == "b1-s2"
    page.keyboard.press("Enter")
    assert page.locator("#passages mark.on").count() > 0


def test_on_paper_every_line_names_the_paragraph_it_stands_in(visit: Callable[..., Page]) -> None:
    page = visit()
    page.emulate_media(media="print")
    chip = page.locator("#b1-s1 .chip").first
    shown = chip.evaluate("node => getComputedStyle(node, '::after').content")
    assert "¶" in shown
    assert not page.locator(".top .tools").is_visible()
