"""Hostile titles, bodies and feed fields are text on every page, and the policy blocks what would slip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from lxml import html
from starlette.testclient import TestClient

from secondsource import Article, Failure
from secondsource.brief import Brief
from secondsource.brief.view import link
from secondsource.group import as_story
from secondsource.model import Calendar
from secondsource.store import FeedState, Library
from secondsource.web import create_app

from .conftest import told_page

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Browser

RUN = "window.hit=1"
HOSTILE = (
    f"<script>{RUN}</script>",
    f"<SCRIPT>{RUN}</SCRIPT>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"<!--<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror='{RUN}'>",
    f'"><img src=x onerror={RUN}>',
    f"'><img src=x onerror={RUN}>",
    f"`><img src=x onerror={RUN}>",
    f'" onmouseover="{RUN}" x="',
    f"' onfocus='{RUN}' autofocus='",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{RUN}'><text>x</text></a></svg>",
    f"<math><mtext></mtext><script>{RUN}</script></math>",
    f"<body onload={RUN}>",
    f"<iframe src=javascript:{RUN}></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<a href=javascript:{RUN}>go</a>",
    f"<a href='jAvAsCrIpT:{RUN}'>go</a>",
    f"<a href='java\tscript:{RUN}'>go</a>",
    f"<form action=javascript:{RUN}><button>go</button></form>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<input autofocus onfocus={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<base href=https://elsewhere.example/>",
    "<link rel=stylesheet href=https://elsewhere.example/x.css>",
    "<style>body{display:none}</style>",
    "<div style=position:fixed;inset:0>cover</div>",
    "{{ 7 * 7 }}{% raw %}",
    "{{ ''.__class__.__mro__ }}",
    "${7*7} #{7*7} <%= 7*7 %>",
    f"<div hx-get=/health hx-trigger=load hx-on::load={RUN}></div>",
    f"<button hx-on:click={RUN} autofocus>x</button>",
    "\u202e<b>turned</b>\u202c",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)",
    f"<template><script>{RUN}</script></template>",
)
BODY = 'The council of Tarn met on Monday. "{0}" is what mayor Ada Brook said. {0} It rained in the hills.'


def hostile_articles() -> list[Article]:
    return [
        Article(
            id=f"h{n}",
            text=BODY.format(bad),
            title=f"{bad} {n}",
            outlet=f"{bad} {n}",
            url=f"javascript:{RUN}//{n}",
            authors=(bad,),
            published=f"2024-05-{n % 28 + 1:02}",
        )
        for n, bad in enumerate(HOSTILE)
    ]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("xss") / "news.db") as library:
        library.add(hostile_articles(), source="<script>source</script>")
        when = datetime(2024, 5, 1, tzinfo=UTC)
        for n, bad in enumerate(HOSTILE):
            library.keep_feed(
                FeedState(f"https://f.example/{n}?{bad}", bad, checked=when, failed=1, reason=bad)
            )
        library.record(Failure("ingest", bad, bad, n) for n, bad in enumerate(HOSTILE))
        yield library


NOT_WEB = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f" \tjavascript:{RUN}",
    f"java\nscript:{RUN}",
    f"\x01javascript:{RUN}",
    f"javascript://news.example/%0a{RUN}",
    f"vbscript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "file:///etc/passwd",
    "ftp://news.example/a",
    "blob:https://news.example/1",
    "mailto:desk@news.example",
    "//news.example/a",
    "/articles/a",
    "http:news.example",
    "http:///a",
    "https://",
    "http://[::1",
    "view-source:https://news.example/a",
)
"""Addresses of articles that no page may make a link of."""


@pytest.mark.parametrize("url", NOT_WEB, ids=range(len(NOT_WEB)))
def test_only_a_web_address_becomes_a_link(url: str) -> None:
    article = Article(text="It rained in the hills of Tarn all night.", title="Rain", id="a", url=url)
    brief = Brief(as_story([article]), Calendar(()))
    assert "As published" not in brief.to_html()
    assert link(url) is None


def test_a_web_address_becomes_a_link_that_stays_an_attribute() -> None:
    url = "https://news.example/a?b=%22&c=<i>\"'"
    article = Article(text="It rained in the hills of Tarn all night.", title="Rain", id="a", url=url)
    page = html.fromstring(Brief(as_story([article]), Calendar(())).to_html())
    assert [a.get("href") for a in page.cssselect("p.link a")] == [url]
    assert {a.get("rel") for a in page.cssselect("p.link a")} == {"noopener noreferrer nofollow external"}


def test_an_article_of_a_library_links_to_web_addresses_only(tmp_path: Path) -> None:
    urls = [*NOT_WEB, "https://news.example/a"]
    with Library(tmp_path / "news.db") as library:
        text = "The water in the harbour of Tarn fell on Monday, gauge {} said."
        library.add(Article(text=text.format(n), id=f"u{n}", url=url) for n, url in enumerate(urls))
        with TestClient(create_app(library), base_url="http://localhost") as client:
            pages = [html.fromstring(client.get(f"/articles/u{n}").text) for n in range(len(urls))]
    external = [[a.get("href") for a in page.cssselect("a[rel~=external]")] for page in pages]
    assert external == [[]] * len(NOT_WEB) + [["https://news.example/a"]]


def harmless(page: str) -> html.HtmlElement:
    """The page as a tree, after a look for everything that could act."""
    found = html.fromstring(page)
    for node in found.iter():
        if not isinstance(node.tag, str):
            continue
        assert node.tag not in {
            "iframe",
            "object",
            "embed",
            "base",
            "style",
            "marquee",
            "template",
            "math",
            "video",
        }
        assert not [name for name in node.attrib if name.lower().startswith(("on", "hx-on", "style"))]
        for name in ("href", "src", "action", "xlink:href"):
            assert not (node.get(name) or "").strip().lower().startswith(("javascript:", "data:"))
    scripts = found.cssselect("script")
    assert all(
        (s.get("src") or "").startswith("/static/") or s.get("type") == "application/json" for s in scripts
    )
    return found


def test_there_are_fifty_of_them() -> None:
    assert len(set(HOSTILE)) == 50


@pytest.mark.parametrize("path", ["/", "/?order=origins", "/health", "/search?q=council", "/people"])
def test_lists_show_them_as_text(hostile: Library, path: str) -> None:
    with TestClient(create_app(hostile), base_url="http://localhost") as client:
        page = harmless(client.get(path).text)
    if path == "/health":
        shown = " ".join(page.text_content().split())
        assert all(" ".join(bad.split()) in shown for bad in HOSTILE)


def test_articles_show_them_as_text(hostile: Library) -> None:
    with TestClient(create_app(hostile), base_url="http://localhost") as client:
        for article in hostile_articles():
            page = harmless(client.get(f"/articles/{article.id}").text)
            shown = " ".join(" ".join(p.text_content() for p in page.cssselect(".layered p")).split())
            assert shown == " ".join(article.text.split())
            assert " ".join((article.title or "").split()) in " ".join(
                page.cssselect("h1")[0].text_content().split()
            )


def test_questions_come_back_as_text(hostile: Library) -> None:
    with TestClient(create_app(hostile), base_url="http://localhost") as client:
        for bad in HOSTILE:
            asked = {"q": bad[:300], "outlet": bad, "speaker": bad, "type": bad[:40], "from": bad[:10]}
            page = harmless(client.get("/search", params=asked).text)
            assert page.cssselect("input[name=outlet]")[0].get("value").split() == bad.split()
            harmless(client.get("/people", params={"q": bad}).text)
            harmless(client.get(f"/people/{quote(bad, safe='')}").text)
            harmless(client.get(f"/stories/{quote(bad, safe='')}").text)


def test_pasted_articles_are_told_as_text(bare: TestClient) -> None:
    some = HOSTILE[:: len(HOSTILE) // 8]
    fields = {
        "text": [BODY.format(bad) for bad in some],
        "outlet": list(some),
        "title": list(some),
        "one_story": "true",
    }
    page = harmless(told_page(bare, fields))
    shown = " ".join(page.text_content().split())
    assert all(" ".join(bad.split()) in shown for bad in some)
    assert not any(a.get("href", "").startswith("javascript") for a in page.cssselect("a"))


@pytest.mark.browser
def test_in_a_browser_none_of_them_runs_and_the_policy_blocks_what_slips(
    hostile: Library, serve: Callable[[FastAPI], str], browser: Browser, tmp_path: Path
) -> None:
    base = serve(create_app(hostile))
    page = browser.new_page()
    for path in (
        "/",
        "/health",
        "/search?q=council",
        *(f"/articles/{a.id}" for a in hostile_articles()[::5]),
    ):
        page.goto(base + path)
        assert page.evaluate("window.hit") is None, path
    blocked = page.evaluate(
        """async (hostile) => {
            const seen = [];
            document.addEventListener('securitypolicyviolation', event => seen.push(event.violatedDirective));
            for (const bad of hostile) {
                const node = document.createElement('div');
                node.innerHTML = bad;
                document.body.append(node);
            }
            const script = document.createElement('script');
            script.textContent = 'window.hit=1';
            document.body.append(script);
            await new Promise(done => setTimeout(done, 500));
            return [window.hit ?? null, [...new Set(seen)]];
        }""",
        [bad for bad in HOSTILE if "http-equiv" not in bad],
    )
    assert blocked[0] is None
    assert "script-src-elem" in blocked[1]
    assert "script-src-attr" in blocked[1]
