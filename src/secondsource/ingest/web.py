"""The web as an input: what an address gives, and what the entry of a feed leads to, as articles."""

from __future__ import annotations

from io import BufferedReader, BytesIO
from typing import Any, Final

from ..errors import Failure, FetchError
from ..model import Article
from ..settings import Settings
from .decode import SAMPLE
from .entries import Entry
from .fetch import Fetched, Fetcher
from .formats import kind_of, read_stream
from .records import Limits, from_record
from .streams import StreamError
from .where import Loaded, Where

_KINDS: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/json": "json",
    "application/feed+json": "json",
    "application/ld+json": "json",
    "application/x-ndjson": "jsonl",
    "text/csv": "csv",
    "text/xml": "xml",
    "application/xml": "xml",
    "application/rss+xml": "xml",
    "application/atom+xml": "xml",
    "application/warc": "warc",
}
"""The kinds of data by media type; others are told by their first bytes."""


def read_address(fetcher: Fetcher, url: str, settings: Settings) -> Loaded:
    """The articles at an address that a person named: of a page one, of a feed one for each entry."""
    try:
        fetched = fetcher.get(url, robots=False)
    except FetchError as error:
        yield fetch_failure(url, error)
        return
    yield from read_fetched(fetched, Where(url), settings)


def read_fetched(fetched: Fetched, where: Where, settings: Settings) -> Loaded:
    """The articles in what was fetched, and a failure for each that can't be had."""
    body = fetched.body
    if not body:
        yield where.failure("an empty answer; nothing to read")
        return
    kind = kind_of(_KINDS.get(fetched.kind), body[:SAMPLE])
    raw: Any = BytesIO(body)
    limits = Limits(settings.max_characters)
    try:
        yield from read_stream(kind, BufferedReader(raw), where, limits, fetched.url, fetched.charset)
    except StreamError as error:
        yield where.failure(str(error))


def read_entry(entry: Entry, where: Where) -> Loaded:
    """The article that a feed gives of an entry by itself."""
    if not entry.text.strip():
        yield where.failure("neither an address of the web nor a text in this entry; left out")
        return
    yield from from_record(entry.record(), where)


def read_entry_page(entry: Entry, fetched: Fetched, where: Where, settings: Settings) -> Loaded:
    """The article on the page that an entry leads to, with what the feed states of it.

    Title, date and authors are the feed's where it states them, for it names
    this one report; the outlet is the page's, since a feed may gather many. A
    date of change stands only where neither states another.
    """
    items = list(read_fetched(fetched, where, settings))
    articles = [item for item in items if isinstance(item, Article)]
    yield from (item for item in items if isinstance(item, Failure))
    if len(articles) > 1:
        yield where.failure(f"{len(articles)} articles at the address of one entry; left out")
        return
    for page in articles:
        stated = {
            "text": page.text,
            "title": entry.title or page.title,
            "outlet": page.outlet or entry.outlet,
            "source": entry.source or page.source,
            "published": entry.published or (page.published and page.published.value) or entry.updated,
            "url": page.url or fetched.url,
            "authors": list(entry.authors or page.authors),
        }
        yield from from_record({name: value for name, value in stated.items() if value}, where)


def fetch_failure(url: str, error: FetchError) -> Failure:
    """What could not be fetched, and why."""
    return Failure(stage="fetch", where=url, reason=str(error))
