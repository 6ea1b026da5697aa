"""Rounds: what is new comes in, what fails is named and kept, and nothing stops the rest."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from secondsource.errors import SecondsourceError
from secondsource.ingest.fetch import Fetcher
from secondsource.settings import Settings
from secondsource.store import FeedState, Library
from secondsource.watch import Round, harvest, watch_once

from ..server import Server, send
from .prose import report

TOPICS = ("bridge", "harbour", "market", "school", "library", "ferry", "mill", "museum", "theatre", "orchard")


def closing(topic: str) -> str:
    """A report of a few hundred characters, a different one for each topic."""
    return (
        f"The {topic} of Port Aldo will be closed from Monday, the town council said on Thursday. Workers"
        f" found cracks in the walls of the {topic} last week, and the repairs may take until the end of the"
        f" summer. People who live near the {topic} said that they had warned the council in the spring."
        f" Nobody was hurt, and the {topic} will be open to visitors again in autumn, the council said."
    )


def item(topic: str, link: str = "", content: bool = True) -> str:
    body = f"<content:encoded><![CDATA[<p>{closing(topic)}</p>]]></content:encoded>" if content else ""
    where = f"<link>{link}</link>" if link else ""
    named = f"<guid isPermaLink='false'>{topic}</guid><title>The {topic} closes</title>"
    return f"<item>{named}{where}{body}</item>"


def rss(*items: str, title: str = "Port Aldo Herald") -> bytes:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title>{''.join(items)}</channel></rss>"
    ).encode()


def page(topic: str, title: str = "Another title") -> bytes:
    paragraphs = "".join(f"<p>{line.strip()}.</p>" for line in closing(topic).split(". "))
    site = '<meta property="og:site_name" content="Aldo Online">'
    return (
        f"<!doctype html><html><head><title>{title}</title>{site}</head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2031, 3, 5, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def later(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def library(tmp_path: Path, allowing: Settings) -> Iterator[Library]:
    with Library(tmp_path / "news.db", settings=allowing) as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


def titles(library: Library) -> list[str]:
    return sorted(row.title or "" for row in library.articles(limit=500))


def reasons(found: Round) -> str:
    return "\n".join(str(failure) for failure in found.failures)


def test_a_feed_with_whole_reports_needs_no_pages(server: Server, library: Library) -> None:
    server.gives("/rss", rss(item("bridge", "/bridge"), item("harbour")))
    found = watch_once(library, [server.at("/rss")])
    assert (found.read, found.articles, found.failures) == (1, 2, ())
    assert titles(library) == ["The bridge closes", "The harbour closes"]
    assert server.paths() == ["/robots.txt", "/rss"]
    row = next(iter(library.articles()))
    assert (row.outlet, row.source) == ("Port Aldo Herald", server.at("/rss"))
    kept = library.received(row.id)
    assert kept is not None
    assert kept.body.startswith(b"<p>The ")


def test_the_page_of_a_teaser_is_fetched_and_keeps_what_the_feed_states(
    server: Server, library: Library
) -> None:
    entry = (
        "<item><link>/bridge</link><title>The bridge closes</title><author>Mina Rau</author>"
        "<pubDate>Wed, 05 Mar 2031 07:00:00 +0000</pubDate><source url='x'>Fennel News</source>"
        "<description>The bridge of Port Aldo will be closed ...</description></item>"
    )
    server.gives("/rss", rss(entry))
    server.gives("/bridge", page("bridge"), content_type="text/html")
    found = watch_once(library, [server.at("/rss")])
    (row,) = library.articles()
    article = library.article(row.id)
    assert found.failures == ()
    assert (article.title, article.outlet, article.source) == (
        "The bridge closes",
        "Aldo Online",
        "Fennel News",
    )
    assert article.authors == ("Mina Rau",)
    assert article.published is not None
    assert article.published.value == "2031-03-05T07:00:00+00:00"
    assert "had warned the council" in article.text
    assert article.url == server.at("/bridge")
    kept = library.received(row.id)
    assert kept is not None
    assert (kept.body, kept.url) == (page("bridge"), server.at("/bridge"))


def test_a_second_round_brings_only_what_is_new(server: Server, library: Library) -> None:
    server.gives("/rss", rss(item("bridge", "/bridge", content=False)))
    server.gives("/bridge", page("bridge"))
    server.gives("/harbour", page("harbour"))
    watch_once(library, [server.at("/rss")])
    server.gives(
        "/rss", rss(item("harbour", "/harbour", content=False), item("bridge", "/bridge", content=False))
    )
    found = watch_once(library, [server.at("/rss")])
    assert found.articles == 1
    assert server.paths().count("/bridge") == 1


def test_a_feed_that_has_not_changed_is_not_sent_again(server: Server, library: Library) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers["If-None-Match"] == '"1"'
        send(handler, 304 if known else 200, b"" if known else rss(item("bridge")), {"ETag": '"1"'})

    server.answers["/rss"] = answer
    watch_once(library, [server.at("/rss")])
    found = watch_once(library, [server.at("/rss")])
    assert (found.read, found.unchanged) == (0, 1)
    state = library.feed(server.at("/rss"))
    assert state is not None
    assert (state.etag, state.title) == ('"1"', "Port Aldo Herald")


def test_what_waits_keeps_the_feed_from_counting_as_read(server: Server, library: Library) -> None:
    server.gives("/rss", rss(item("bridge", "/bridge", content=False)), ETag='"1"')
    server.gives("/bridge", b"", 500)
    first = watch_once(library, [server.at("/rss")])
    assert "HTTP 500" in reasons(first)
    server.gives("/bridge", page("bridge"))
    second = watch_once(library, [server.at("/rss")])
    assert (second.articles, second.failures) == (1, ())
    assert "if-none-match" not in next(h for p, h in server.asked[3:] if p == "/rss")


def test_a_page_is_given_up_after_five_rounds_and_the_feeds_own_words_are_kept(
    server: Server, library: Library
) -> None:
    teaser = "<description>The bridge of Port Aldo will be closed from Monday, they said.</description>"
    server.gives("/rss", rss(f"<item><title>The bridge closes</title><link>/bridge</link>{teaser}</item>"))
    server.gives("/bridge", b"", 500)
    counts = [watch_once(library, [server.at("/rss")]).articles for _ in range(7)]
    assert counts == [0, 0, 0, 0, 1, 0, 0]
    assert server.paths().count("/bridge") == 5


@pytest.mark.parametrize(
    ("status", "robots", "reason"),
    [(404, b"", "HTTP 404"), (200, b"User-agent: *\nDisallow: /b", "robots.txt")],
)
def test_a_page_that_can_never_be_had_is_named_and_not_asked_again(
    server: Server, library: Library, status: int, robots: bytes, reason: str
) -> None:
    server.gives("/robots.txt", robots)
    server.gives("/rss", rss(item("bridge", "/bridge", content=False), item("harbour")))
    server.gives("/bridge", page("bridge"), status)
    first, second = (watch_once(library, [server.at("/rss")]) for _ in range(2))
    assert reason in reasons(first)
    assert (first.articles, second.failures) == (1, ())
    row = next(iter(library.failures(source=server.at("/rss"))))
    assert (row.failure.where, row.times) == (server.at("/bridge"), 1)


def faulty(server: Server) -> list[str]:
    """Feeds with everything wrong that there is, one fault each."""
    bomb = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss>&b;</rss>'
    server.gives("/500", b"", 500)
    server.gives("/404", b"", 404)
    server.gives("/metadata", b"", 302, Location="http://169.254.169.254/latest/meta-data/")
    server.gives("/loop", b"", 302, Location="/loop2")
    server.gives("/loop2", b"", 302, Location="/loop")
    server.gives("/file", b"", 302, Location="file:///etc/passwd")
    server.gives("/bomb", bomb)
    server.gives("/cut", gzip.compress(rss(item("mill")))[:-20], content_encoding="gzip")
    server.gives("/swell", gzip.compress(bytes(5_000_000)), content_encoding="gzip")
    server.gives("/long", bytes(300_000))
    server.gives("/page", page("mill"), content_type="text/html")
    server.gives("/json", b'{"error": "none"}')
    server.gives("/empty", b"")
    server.answers["/slow"] = lambda handler: time.sleep(3)
    return [server.at(path) for path in server.answers if path != "/loop2"]


def test_bad_feeds_never_stop_the_good_and_each_is_named(
    server: Server, tmp_path: Path, allowing: Settings
) -> None:
    bad = faulty(server)
    server.gives("/good1", rss(item("bridge")))
    server.gives("/good2", rss(item("harbour")))
    settings = allowing.model_copy(update={"fetch_timeout": 1.0})
    with Library(tmp_path / "news.db", settings=settings) as library:
        found = watch_once(library, [server.at("/good1"), *bad, server.at("/good2")])
        assert titles(library) == ["The bridge closes", "The harbour closes"]
        assert (found.read, found.failed) == (2, len(bad))
        assert {failure.where for failure in found.failures} == set(bad)
        kept = {row.failure.where for row in library.failures(limit=200)}
        assert kept == set(bad)
        failing = {state.url for state in library.feeds() if state.failed}
        assert failing == set(bad)


def test_a_feed_that_failed_is_left_alone_until_it_is_due(
    server: Server, library: Library, clock: Clock
) -> None:
    server.gives("/rss", b"", 503, Retry_After="7200")
    feeds = [server.at("/rss")]
    watch_once(library, feeds, now=clock)
    clock.later(minutes=119)
    assert watch_once(library, feeds, now=clock).resting == 1
    server.gives("/rss", rss(item("bridge")))
    clock.later(minutes=2)
    assert watch_once(library, feeds, now=clock).articles == 1
    assert server.paths().count("/rss") == 2


def test_a_host_that_asks_for_rest_is_not_asked_for_more_pages(server: Server, library: Library) -> None:
    server.gives("/rss", rss(*(item(topic, f"/{topic}", content=False) for topic in TOPICS)))
    server.gives("/bridge", b"", 429, Retry_After="600")
    found = watch_once(library, [server.at("/rss")])
    assert "9 entries wait: not asked in this round: HTTP 429" in reasons(found)
    assert server.paths() == ["/robots.txt", "/rss", "/bridge"]


def test_a_host_that_keeps_silent_is_given_up_for_the_round(
    server: Server, tmp_path: Path, allowing: Settings
) -> None:
    dead = Server()
    dead.close()
    server.gives("/rss", rss(*(item(topic, dead.at(f"/{topic}"), content=False) for topic in TOPICS)))
    settings = allowing.model_copy(update={"fetch_allow": f"{server.host} {dead.host}"})
    with Library(tmp_path / "news.db", settings=settings) as library:
        found = watch_once(library, [server.at("/rss")])
    assert "5 entries wait: not asked in this round: the host gave no answer 5 times in a row" in reasons(
        found
    )


def test_a_feed_that_takes_too_long_goes_on_in_the_next_round(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [item(topic, f"/{topic}", content=False) for topic in TOPICS[:3]]
    server.gives("/rss", rss(*pages, item("tower")))
    for topic in TOPICS[:3]:
        server.gives(f"/{topic}", page(topic))
    monkeypatch.setattr(harvest, "PATIENCE", -1.0)
    first = watch_once(library, [server.at("/rss")])
    monkeypatch.undo()
    second = watch_once(library, [server.at("/rss")])
    assert "3 entries wait: its pages take longer" in reasons(first)
    assert (first.articles, second.articles) == (1, 3)


def test_a_link_that_three_entries_share_is_not_followed(server: Server, library: Library) -> None:
    entries = "".join(
        f"<item><guid>{topic}</guid><link>/</link><description>{closing(topic)[:200]}</description></item>"
        for topic in TOPICS[:3]
    )
    server.gives("/rss", rss(entries))
    found = watch_once(library, [server.at("/rss")])
    assert (found.articles, found.failures) == (3, ())
    assert "/" not in server.paths()


def test_lists_of_feeds_and_indexes_of_sitemaps_lead_on(server: Server, library: Library) -> None:
    server.gives(
        "/list.opml", b"<opml><body><outline xmlUrl='/rss'/><outline xmlUrl='/index.xml'/></body></opml>"
    )
    server.gives("/rss", rss(item("bridge")))
    server.gives("/index.xml", b"<sitemapindex><sitemap><loc>/map.xml.gz</loc></sitemap></sitemapindex>")
    server.gives("/map.xml.gz", gzip.compress(b"<urlset><url><loc>/harbour</loc></url></urlset>"))
    server.gives("/harbour", page("harbour", "The harbour closes"))
    for expected in (2, 0):
        found = watch_once(library, [server.at("/list.opml")])
        assert (found.articles, found.failures) == (expected, ())
    assert titles(library) == ["The bridge closes", "The harbour closes"]


def test_lists_that_lead_in_circles_or_too_deep_end(server: Server, library: Library) -> None:
    for number in range(5):
        nested = f"<opml><body><outline xmlUrl='/{number + 1}'/><outline xmlUrl='/0'/></body></opml>"
        server.gives(f"/{number}", nested.encode())
    found = watch_once(library, [server.at("/0")])
    assert "a list in a list, 3 deep" in reasons(found)
    assert "/3" not in server.paths()


def test_an_entry_with_neither_link_nor_text_is_named(server: Server, library: Library) -> None:
    server.gives("/rss", rss("<item><title>Closed</title><link>javascript:alert(1)</link></item>"))
    found = watch_once(library, [server.at("/rss")])
    assert "neither an address of the web nor a text" in reasons(found)


def test_other_languages_are_named_and_not_kept(server: Server, library: Library) -> None:
    words = "Die Brücke von Port Aldo bleibt ab Montag gesperrt, teilte der Stadtrat am Donnerstag mit. " * 6
    german = f"<item><guid>1</guid><content:encoded>{words}</content:encoded></item>"
    server.gives("/rss", rss(german, item("bridge")))
    found = watch_once(library, [server.at("/rss")])
    assert "in German, not in English" in reasons(found)
    assert found.articles == 1


def test_a_fault_of_the_program_in_one_feed_does_not_stop_the_others(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Fetcher.get

    def get(self: Fetcher, address: str, *rest: object, **named: object) -> object:
        if address.endswith("/bad"):
            raise ZeroDivisionError("of course not")
        return real(self, address, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Fetcher, "get", get)
    server.gives("/rss", rss(item("bridge")))
    found = watch_once(library, [server.at("/bad"), server.at("/rss")])
    assert (found.articles, found.failed) == (1, 1)
    assert "the program failed on it (ZeroDivisionError: of course not)" in reasons(found)


def test_a_library_that_can_not_be_written_ends_the_round(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    class BrokenError(SecondsourceError):
        pass

    def add(*given: object, **named: object) -> None:
        raise BrokenError

    monkeypatch.setattr(library, "add", add)
    server.gives("/rss", rss(*(item(f"{topic} {n}") for topic in TOPICS for n in range(30))))
    with pytest.raises(BrokenError):
        watch_once(library, [server.at("/rss")])


def test_what_an_interrupted_round_did_not_keep_comes_in_the_next(
    server: Server, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 120
    items = (
        f"<item><guid>{n}</guid><content:encoded>{report(n)}</content:encoded></item>" for n in range(count)
    )
    server.gives("/rss", rss(*items), ETag='"1"')
    real, calls = library.add, []

    def add(*given: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(library, "add", add)
    with pytest.raises(KeyboardInterrupt):
        watch_once(library, [server.at("/rss")])
    before = len(titles(library))
    monkeypatch.undo()
    found = watch_once(library, [server.at("/rss")])
    assert 0 < before < count
    assert before + found.articles == count


def test_every_feed_asked_is_in_the_library_with_its_state(
    server: Server, library: Library, clock: Clock
) -> None:
    server.gives("/rss", rss(item("bridge")))
    watch_once(library, [server.at("/rss")], now=clock)
    assert library.feed(server.at("/rss")) == FeedState(
        server.at("/rss"), title="Port Aldo Herald", checked=clock.time, due=clock.time
    )
