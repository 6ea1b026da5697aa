"""Saved XML: RSS and Atom feeds, and the agencies' formats NewsML-G2 and NITF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from .decode import decode, tidy
from .markup import plain_text
from .pages import read_page
from .records import Limits, from_record
from .streams import read_all
from .where import Loaded, Where

_ROOT = re.compile(rb"<\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s>/]")
_NEWS = frozenset({"newsItem", "newsMessage", "packageItem", "nitf"})


def read_xml(stream: BufferedReader, where: Where, limits: Limits) -> Loaded:
    """The articles of an XML file, by the name of its root element."""
    data = read_all(stream, limits.file)
    found = _ROOT.search(data[:8192])
    root = found[1].decode() if found else ""
    if root == "html":
        yield from read_page(decode(data, markup=True), where)
    elif root in _NEWS:
        yield from _read_news(data, where)
    elif root in {"rss", "feed", "RDF", "channel"}:
        yield from _read_feed(data, where)
    else:
        yield where.failure(
            f"XML of a kind that is not read (<{root or '?'}>); feeds, NewsML-G2 and NITF are"
        )


def _read_feed(data: bytes, where: Where) -> Loaded:
    """The entries of a feed; an entry with no more than a summary is an article of that summary."""
    import feedparser

    # Bytes, never a string: feedparser would take a string for an address and fetch it.
    feed = feedparser.parse(data)
    if not feed.entries:
        yield where.failure("no entry in this feed; save it again")
    for number, entry in enumerate(feed.entries, 1):
        contents = [part.get("value", "") for part in entry.get("content", [])]
        record = {
            "text": plain_text(max([*contents, entry.get("summary", "")], key=len)),
            "title": plain_text(entry.get("title", "")),
            "outlet": (entry.get("source") or {}).get("title") or feed.feed.get("title"),
            "published": entry.get("published") or entry.get("updated"),
            "url": entry.get("link"),
            "id": entry.get("id"),
            "authors": [author.get("name", "") for author in entry.get("authors", [])],
        }
        yield from from_record(
            {name: value for name, value in record.items() if value}, where.at_item(number)
        )


def _read_news(data: bytes, where: Where) -> Loaded:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(data, parser=parser)
    if root is None:
        yield where.failure("not XML; save it again")
        return
    items = [root] if _name(root) in {"nitf", "newsItem"} else list(_named(root, "newsItem"))
    if not items:
        yield where.failure("no news item in it; nothing to read")
    for number, item in enumerate(items, 1):
        record = {name: value for name, value in _news_record(item) if value}
        yield from from_record(record, where if len(items) == 1 else where.at_item(number))


def _news_record(item: Any) -> Iterator[tuple[str, Any]]:
    """The parts of a NewsML-G2 item or an NITF document, as the fields of a record."""
    content = next(_named(item, "body.content", "body", "inlineXML", "inlineData", "contentSet"), None)
    if content is not None:
        from lxml import html

        yield "text", plain_text(html.tostring(content, encoding="unicode"))
    yield "title", _words(item, "headline", "hl1", "title")
    yield "authors", _words(item, "by", "byline")
    yield "outlet", _words(item, "copyrightHolder", "provider", "distributor")
    yield "source", _words(item, "creditline", "infoSource")
    yield "id", item.get("guid") or next((doc.get("id-string") for doc in _named(item, "doc-id")), None)
    issued = next((date.get("norm") for date in _named(item, "date.issue")), None)
    yield "published", issued or _words(item, "firstCreated", "contentCreated", "versionCreated")


def _words(item: Any, *names: str) -> str | None:
    """The words, or else the `literal`, of the first element with the first of these names that has any."""
    for name in names:
        for element in _named(item, name):
            words = " ".join(tidy("".join(element.itertext())).split()) or element.get("literal")
            if words:
                return str(words)
    return None


def _named(item: Any, *names: str) -> Iterator[Any]:
    """The elements below with these names, whatever their namespace; those of the first name come first."""
    for name in names:
        yield from (element for element in item.iter() if _name(element) == name)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
