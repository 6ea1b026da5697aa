"""A real run of the watcher: 200 feeds of 30,000 articles on 127.0.0.1, with every fault that servers have.

    python benchmarks/watch.py [--articles 30000] [--feeds 200] [--ungrouped] [--folder FOLDER]

The articles are those of four corpora (10,037), repeated under other names and
other years until there are enough. A server process gives them as RSS, Atom
and JSON Feed with whole reports, as teasers with pages, as news sitemaps and
as indexes of sitemaps; rightly and wrongly encoded; and beside them feeds and
pages that fail in each way of `FAULTS`. `secondsource watch --once` runs as a
process of its own. Then the library is compared with what was served: every
good article must be in, every fault named, and nothing else.

Exit status 1 tells that they differ.

`--ungrouped` leaves grouping out, to see what fetching and keeping alone take; `--given FILE` serves the
articles of a JSONL file instead.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import hashlib
import json
import multiprocessing
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import Any

PORTS = 20
HUGE = 100_000_000
BOMB = gzip.compress(bytes(HUGE))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@dataclass(frozen=True)
class Told:
    """An article to serve."""

    title: str
    text: str
    outlet: str
    day: str


@dataclass(frozen=True)
class Answer:
    """What the server gives for a path; `how` is "whole", or a way of misbehaving."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    how: str = "whole"


def moved(to: str) -> Answer:
    """A redirect."""
    return Answer(status=302, headers=(("Location", to),))


def packed(body: bytes) -> Answer:
    """A body that is said to be gzipped."""
    return Answer(body, headers=(("Content-Encoding", "gzip"),))


FAULTS: dict[str, Answer] = {
    "500": Answer(status=500),
    "503": Answer(status=503),
    "404": Answer(status=404),
    "410": Answer(status=410),
    "hang": Answer(how="hang"),
    "drip": Answer(how="drip"),
    "no-http": Answer(how="no-http"),
    "cut-gzip": packed(gzip.compress(os.urandom(20_000))[:-500]),
    "bad-gzip": packed(b"no gzip at all"),
    "cut-body": Answer(how="cut"),
    "metadata": moved("http://169.254.169.254/latest/meta-data/"),
    "private": moved("http://10.0.0.1/"),
    "mapped": moved("http://[::ffff:127.0.0.1]/"),
    "file": moved("file:///etc/passwd"),
    "circle": moved("circle"),
    "long-way": moved("way-1"),
    "huge": Answer(how="huge"),
    "huge-chunked": Answer(how="huge-chunked"),
    "endless": Answer(how="endless"),
    "bomb": packed(BOMB),
    "pdf": Answer(b"%PDF-1.7 and so on"),
    "empty": Answer(b""),
}
"""Ways in which a feed and a page fail alike."""

FEED_FAULTS: dict[str, Answer] = {
    "laughs": Answer(
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel>&l9;</channel></rss>'.encode()
    ),
    "blow-up": Answer(
        f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]><rss><title>{"&a;" * 50_000}</title></rss>'.encode()
    ),
    "outside": Answer(
        b'<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>'
    ),
    "page": Answer(b"<!doctype html><html><p>No feed.</p></html>"),
    "json": Answer(b'{"error": "no"}'),
}
"""Ways in which only a feed fails."""


@dataclass
class Site:
    """Everything that is served, on several ports, and what should come of it."""

    ports: Sequence[int]
    answers: dict[tuple[int, str], Answer] = field(default_factory=dict)
    feeds: list[str] = field(default_factory=list)
    good: dict[str, str | None] = field(default_factory=dict)
    bad: dict[str, str] = field(default_factory=dict)

    def url(self, port: int, path: str) -> str:
        """The address of a path on one of the ports."""
        return f"http://127.0.0.1:{port}{path}"

    def put(self, port: int, path: str, answer: Answer) -> str:
        """Serve something, and give its address."""
        self.answers[port, path] = answer
        return self.url(port, path)


def build(ports: Sequence[int], told: Sequence[Told], feeds: int) -> Site:
    """The site of some articles: nine tenths of the feeds share them, the others fail."""
    site = Site(ports)
    faults = {**FAULTS, **FEED_FAULTS}
    good = max(len(FORMS), feeds - len(faults))
    for number in range(good):
        port = ports[number % len(ports)]
        FORMS[number % len(FORMS)](site, port, number, told[number::good])
    for number, (name, answer) in enumerate(faults.items()):
        port = ports[number % len(ports)]
        address = site.put(port, f"/bad/{name}", answer)
        site.feeds.insert(number * 7 % len(site.feeds), address)
        site.bad[address] = name
        for step in range(1, 9):
            site.put(port, f"/bad/way-{step}", moved(f"way-{step + 1}"))
    return site


def unaltered(text: str) -> str | None:
    """A text, if it should come back word for word; not one that a feed seems to cut short or that holds
    remains of markup and of wrong encodings.
    """
    from secondsource.ingest.entries import is_full
    from secondsource.ingest.markup import looks_like_markup

    odd = looks_like_markup(text) or re.search("[\x80-\x9f]", text) or not is_full(text, "")
    return None if odd else text


def paragraphs(text: str) -> str:
    """A text as HTML paragraphs."""
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.split("\n") if line.strip())


ENCODINGS: tuple[tuple[str, str, str], ...] = (
    ("utf-8", "utf-8", ""),
    ("utf-8", "iso-8859-1", ""),
    ("utf-8", "", "iso-8859-1"),
    ("cp1252", "utf-8", ""),
    ("cp1252", "", "utf-8"),
    ("utf-16", "utf-8", ""),
    ("cp1252", "windows-1252", ""),
)
"""How bytes are encoded, what they say of it themselves, and what the server says; most are wrong."""


def encoded(text: str, number: int, kind: str) -> Answer:
    """XML or HTML whose `@encoding@` is what it declares, in one of the encodings."""
    codec, declared, stated = ENCODINGS[number % len(ENCODINGS)]
    body = text.replace("@encoding@", declared or "utf-8").encode(codec, "xmlcharrefreplace")
    return Answer(body, headers=(("Content-Type", kind + (f"; charset={stated}" if stated else "")),))


def page(site: Site, port: int, path: str, one: Told, number: int) -> str:
    """Serve the page of an article."""
    data = json.dumps({"@type": "NewsArticle", "headline": one.title, "datePublished": one.day})
    html = (
        f'<!doctype html><html><head><meta charset="@encoding@"><title>{escape(one.title)}</title>'
        f'<meta property="og:site_name" content="{escape(one.outlet)}">'
        f'<script type="application/ld+json">{data.replace("<", " ")}</script></head>'
        '<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>'
        f"<article><h1>{escape(one.title)}</h1>{paragraphs(one.text)}</article><footer>Terms</footer></body></html>"
    )
    return site.put(port, path, encoded(html, number, "text/html"))


def rss_whole(site: Site, port: int, number: int, told: Sequence[Told]) -> None:
    """RSS with whole reports, mostly in a wrong encoding."""
    items = []
    for at, one in enumerate(told):
        link = page(site, port, f"/{number}/{at}", one, 0)
        site.good[link] = unaltered(one.text)
        items.append(
            f"<item><title>{escape(one.title)}</title><link>{link}</link><pubDate>{one.day}T08:00:00Z</pubDate>"
            f"<content:encoded>{escape(paragraphs(one.text))}</content:encoded></item>"
        )
    xml = (
        '<?xml version="1.0" encoding="@encoding@"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(told[0].outlet)}</title>{''.join(items)}</channel></rss>"
    )
    site.feeds.append(site.put(port, f"/{number}/rss", encoded(xml, number, "text/xml")))


def atom_whole(site: Site, port: int, number: int, told: Sequence[Told]) -> None:
    """Atom with whole reports, gzipped."""
    items = []
    for at, one in enumerate(told):
        link = page(site, port, f"/{number}/{at}", one, 0)
        site.good[link] = unaltered(one.text)
        items.append(
            f"<entry><id>tag:{number},{at}</id><title>{escape(one.title)}</title><link href='{link}'/>"
            f"<published>{one.day}T08:00:00Z</published>"
            f"<content type='html'>{escape(paragraphs(one.text))}</content></entry>"
        )
    xml = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(told[0].outlet)}</title>'
        f"{''.join(items)}</feed>"
    )
    site.feeds.append(site.put(port, f"/{number}/atom", packed(gzip.compress(xml.encode()))))


def json_whole(site: Site, port: int, number: int, told: Sequence[Told]) -> None:
    """JSON Feed with whole reports."""
    items = []
    for at, one in enumerate(told):
        link = page(site, port, f"/{number}/{at}", one, 0)
        site.good[link] = unaltered(one.text)
        items.append(
            {"id": at, "url": link, "title": one.title, "content_html": paragraphs(one.text)}
            | {"date_published": one.day}
        )
    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": told[0].outlet, "items": items}
    )
    site.feeds.append(site.put(port, f"/{number}/feed.json", Answer(body.encode())))


def rss_teasers(site: Site, port: int, number: int, told: Sequence[Told]) -> None:
    """RSS with teasers and pages, some of which fail in every way."""
    items = []
    for at, one in enumerate(told):
        link = page(site, port, f"/{number}/{at}", one, at)
        site.good[link] = None
        teaser = escape(" ".join(one.text.split()[:15]))
        items.append(
            f"<item><title>{escape(one.title)}</title><link>{link}</link><pubDate>{one.day}T08:00:00Z</pubDate>"
            f"<description>{teaser} ...</description></item>"
        )
    for at, (name, answer) in enumerate(FAULTS.items()):
        link = site.put(port, f"/{number}/bad/{name}", answer)
        for step in range(1, 9):
            site.put(port, f"/{number}/bad/way-{step}", moved(f"way-{step + 1}"))
        site.bad[link] = name
        items.insert(at * 3 % (len(items) + 1), f"<item><title>Bad</title><link>{link}</link></item>")
    xml = f"<rss><channel><title>{escape(told[0].outlet)}</title>{''.join(items)}</channel></rss>"
    site.feeds.append(site.put(port, f"/{number}/rss", Answer(xml.encode())))


def news_map(site: Site, port: int, number: int, told: Sequence[Told]) -> None:
    """A news sitemap and its pages."""
    site.feeds.append(site.put(port, f"/{number}/news.xml", Answer(_map(site, port, number, 0, told))))


def index_map(site: Site, port: int, number: int, told: Sequence[Told]) -> None:
    """An index of two gzipped sitemaps, and their pages."""
    half = len(told) // 2
    parts = []
    for part, some in enumerate((told[:half], told[half:])):
        body = gzip.compress(_map(site, port, number, part, some))
        parts.append(site.put(port, f"/{number}/map{part}.xml.gz", Answer(body)))
    listed = "".join(f"<sitemap><loc>{part}</loc></sitemap>" for part in parts)
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'
    site.feeds.append(site.put(port, f"/{number}/index.xml", Answer(index.encode())))


def _map(site: Site, port: int, number: int, part: int, told: Sequence[Told]) -> bytes:
    urls = []
    for at, one in enumerate(told):
        link = page(site, port, f"/{number}/{part}-{at}", one, at)
        site.good[link] = None
        urls.append(
            f"<url><loc>{link}</loc><news:news><news:publication><news:name>{escape(one.outlet)}</news:name>"
            f"</news:publication><news:publication_date>{one.day}</news:publication_date>"
            f"<news:title>{escape(one.title)}</news:title></news:news></url>"
        )
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        f' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(urls)}</urlset>'
    ).encode()


FORMS: tuple[Callable[[Site, int, int, Sequence[Told]], None], ...] = (
    rss_whole,
    atom_whole,
    json_whole,
    rss_teasers,
    rss_whole,
    news_map,
    rss_whole,
    index_map,
)


async def _serve(site: Site, sockets: Iterable[socket.socket]) -> None:
    for one in sockets:
        await asyncio.start_server(_connection(site, one.getsockname()[1]), sock=one)
    await asyncio.Event().wait()


def _connection(site: Site, port: int) -> Callable[..., Any]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                given = site.answers.get((port, path), Answer(status=404))
                if not await _send(given, reader, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client has what it wants, or wants no more
        finally:
            writer.close()

    return answer


async def _send(given: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Give an answer; whether the connection may go on."""
    if given.how == "hang":
        await reader.read()
        return False
    if given.how == "no-http":
        writer.write(b"220 mail.example ESMTP\r\n")
        await writer.drain()
        return False
    lines = [f"HTTP/1.1 {given.status} x", *(f"{name}: {value}" for name, value in given.headers)]
    length = {"huge": HUGE, "cut": 10_000, "whole": len(given.body), "drip": 1_000}.get(given.how)
    lines.append("Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}")
    writer.write("\r\n".join([*lines, "", ""]).encode())
    writer.write(given.body)
    await writer.drain()
    if given.how == "drip":
        for _ in range(1_000):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.1)
    left = {"huge": HUGE, "huge-chunked": HUGE, "endless": sys.maxsize}.get(given.how, 0)
    piece = b"x" * 65_536
    while left > 0:
        writer.write(piece if given.how == "huge" else b"10000\r\n" + piece + b"\r\n")
        await writer.drain()
        left -= len(piece)
    return given.how == "whole"


def serve(site: Site, sockets: Sequence[socket.socket]) -> None:
    """Serve until the process is ended."""
    asyncio.run(_serve(site, sockets))


def bind(count: int) -> list[socket.socket]:
    """Free ports of 127.0.0.1, bound."""
    sockets = []
    for _ in range(count):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(("127.0.0.1", 0))
        sockets.append(one)
    return sockets


def corpus(count: int) -> list[Told]:
    """So many articles of the corpora; those that are repeated have other names and are years later."""
    from secondsource.evaluate import corpora
    from secondsource.settings import settings

    data: Path = settings().data
    found = [
        Told(
            a.title or "Untitled", a.text.replace("\ufeff", ""), a.outlet or "An outlet", str(a.published.day)
        )
        for load in (corpora.background, corpora.roundups, corpora.incidents, corpora.helsinki)
        for a in load(data).articles
        if a.published and a.published.day
    ]
    found = sorted(set(found), key=lambda one: hashlib.sha256(repr(one).encode()).digest())
    names = sorted({name for one in found[:2_000] for name in _NAME.findall(one.text)})
    return [renamed(found[n % len(found)], n // len(found), names) for n in range(count)]


def given(path: Path) -> list[Told]:
    """The articles of a JSONL file with title, text, outlet and day."""
    return [Told(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")


def renamed(one: Told, time_: int, names: Sequence[str]) -> Told:
    """An article as it could have been written of others, some years later; the first time as it is."""
    if not time_:
        return one

    def other(found: re.Match[str]) -> str:
        return names[zlib.crc32(f"{time_} {found[0]}".encode()) % len(names)]

    day = f"{int(one.day[:4]) + 12 * time_}{one.day[4:]}".replace("-02-29", "-02-28")
    return replace(one, title=_NAME.sub(other, one.title), text=_NAME.sub(other, one.text), day=day)


@dataclass(frozen=True)
class Checked:
    """How a library compares with what was served."""

    good: int
    missing: list[str]
    altered: list[str]
    unnamed: list[str]
    others: dict[str, int]


def check(site: Site, library: Path) -> Checked:
    """Compare a library with what was served; `others` counts failures at good addresses, by reason."""
    from secondsource.store import Library

    found: dict[str, str] = {}
    named: dict[str, list[str]] = {}
    with Library(library) as opened:
        after = None
        while True:
            rows = opened.articles(limit=500, after=after)
            found.update((row.url or "", row.id) for row in rows)
            after = rows.next
            if after is None:
                break
        altered = [
            url
            for url, text in site.good.items()
            if text is not None and url in found and opened.article(found[url]).text.split() != text.split()
        ]
        after = None
        while True:
            page_ = opened.failures(limit=500, after=after)
            for row in page_:
                named.setdefault(row.failure.where, []).append(row.failure.reason)
            after = page_.next
            if after is None:
                break
    others = Counter(
        re.sub(r"[\d,.]+|'.*?'", "#", reason)[:80]
        for where, reasons in named.items()
        if where not in site.bad
        for reason in reasons
    )
    missing = [url for url in site.good if url not in found]
    unnamed = [url for url in site.bad if url not in named]
    return Checked(len(site.good) - len(missing), missing, altered, unnamed, others)


UNGROUPED = """
from secondsource.store.grouping import Grouping
Grouping.add = lambda self, connection, new: ()
from secondsource.cli import app
app()
"""


def run(site: Site, folder: Path, ungrouped: bool, timeout: float) -> tuple[float, float, float, str]:
    """Watch once: seconds, of them on the processor, peak megabytes, the last line said."""
    listed = folder / "feeds.opml"
    outlines = "".join(f'<outline xmlUrl="{url}"/>' for url in site.feeds)
    listed.write_text(f"<opml><body>{outlines}</body></opml>")
    hosts = " ".join(f"127.0.0.1:{port}" for port in site.ports)
    env = {
        **os.environ,
        "SECONDSOURCE_FETCH_ALLOW": hosts,
        "SECONDSOURCE_FETCH_DELAY": "0",
        "SECONDSOURCE_FETCH_TIMEOUT": str(timeout),
    }
    start = [sys.executable, "-c", UNGROUPED] if ungrouped else [sys.executable, "-m", "secondsource"]
    command = [*start, "watch", "--once", str(listed), "--library", str(folder / "news.db")]
    began = time.perf_counter()
    with (folder / "said").open("w+") as said:
        process = subprocess.Popen(command, env=env, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        said.seek(0)
        last = said.read().splitlines()[-1:]
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, " ".join(last)


def main() -> None:
    """Build, serve, watch, compare; print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=30_000)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--ungrouped", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the library is left; none leaves it nowhere")
    parser.add_argument("--given", type=Path, help="a JSONL file of articles to serve")
    parser.add_argument("--timeout", type=float, default=3.0)
    asked = parser.parse_args()
    sockets = bind(PORTS)
    told = given(asked.given) if asked.given else corpus(asked.articles)
    site = build([one.getsockname()[1] for one in sockets], told, asked.feeds)
    server = multiprocessing.get_context("fork").Process(target=serve, args=(site, sockets), daemon=True)
    server.start()
    try:
        with tempfile.TemporaryDirectory() as made:
            folder = asked.folder or Path(made)
            folder.mkdir(parents=True, exist_ok=True)
            for time_ in ("first round", "second round"):
                seconds, processor, peak, said = run(site, folder, asked.ungrouped, asked.timeout)
                print(f"{time_}: {said}")
                print(
                    f"  {seconds:.0f} s, {processor:.0f} s of them on the processor, peak {peak:.0f} MB,"
                    f" {len(told) / seconds:.0f} articles a second",
                    flush=True,
                )
            found = check(site, folder / "news.db")
    finally:
        server.terminate()
    print(f"{len(site.feeds)} feeds; {found.good:,} of {len(site.good):,} good articles in")
    print(f"{len(site.bad) - len(found.unnamed)} of {len(site.bad)} faults named; not: {found.unnamed[:10]}")
    print(f"altered on the way: {len(found.altered)} {found.altered[:5]}; missing: {found.missing[:10]}")
    print("failures at addresses that are not meant to fail, by reason:")
    for reason, count in sorted(found.others.items(), key=lambda pair: -pair[1])[:20]:
        print(f"  {count} x {reason}")
    raise SystemExit(1 if found.missing or found.altered or found.unnamed else 0)


if __name__ == "__main__":
    main()
