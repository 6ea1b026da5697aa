"""Saved XML: feeds, and the agencies' formats NewsML-G2 and NITF."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from ..errors import InputError
from .decode import decode, tidy
from .feeds import FEED_ROOTS, read_feed, root_of
from .markup import plain_text
from .pages import read_page
from .records import Limits, from_record
from .streams import read_all
from .where import Loaded, Where

_NEWS = frozenset({"newsItem", "newsMessage", "packageItem", "nitf"})
_LISTS = frozenset({"urlset", "sitemapindex", "opml"})
_HEAD = 16_384


def read_xml(
    stream: BufferedReader, where: Where, limits: Limits, base: str = "", charset: str | None = None
) -> Loaded:
    """The articles of an XML file, by the name of its root element."""
    data = read_all(stream, limits.file)
    root = root_of(decode(data[:_HEAD], markup=True).text)
    if root.lower() == "html":
        yield from read_page(decode(data, declared=charset, markup=True), where, url=base or None)
    elif root in _NEWS:
        yield from _read_news(data, where)
    elif root in FEED_ROOTS:
        yield from _read_feed(data, where, base, charset)
    elif root in _LISTS:
        yield where.failure(
            f"a list of addresses (<{root}>), no articles; `secondsource watch` reads what it lists"
        )
    else:
        yield where.failure(
            f"XML of a kind that is not read (<{root or '?'}>); feeds, NewsML-G2 and NITF are"
        )


def _read_feed(data: bytes, where: Where, base: str, charset: str | None) -> Loaded:
    """The entries of a feed; an entry with no more than a summary is an article of that summary."""
    try:
        feed = read_feed(data, where, base, charset)
    except InputError as error:
        yield where.failure(str(error))
        return
    yield from feed.failures
    if not feed.entries:
        yield where.failure("no entry in this feed; save it again")
    for number, entry in enumerate(feed.entries, 1):
        named = {"id": entry.key} if entry.key != entry.link else {}
        yield from from_record({**entry.record(), **named}, where.at_item(number))


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
