"""Feeds: RSS, Atom and JSON Feed, from bytes to entries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape
from io import BytesIO
from typing import Any, Final

from ..errors import InputError
from ..model import content_id
from .decode import binary_kind, decode
from .entries import Entry, Feed, address_of, is_full
from .lists import read_opml, read_sitemap
from .markup import plain_text
from .where import Where

MOST_ELEMENTS: Final = 300_000
"""A feed of more elements than this is none that news come in, and its tree would not fit."""

FEED_ROOTS: Final = frozenset({"rss", "feed", "RDF", "channel"})

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,500}\?>")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_ROOT: Final = re.compile(r"<\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s>/]")
_ENTITY: Final = re.compile(r"<!ENTITY\s*(%?)\s*[^\s\"'<>]*\s*(\"[^\"]{0,17}\"|'[^']{0,17}')?", re.IGNORECASE)
_CHARACTER: Final = re.compile(r"&#\w+;|[^&%]*")
_OFFERED: Final = re.compile(
    r"<link\b[^>]{0,500}\btype\s*=\s*[\"']application/(?:rss\+xml|atom\+xml|feed\+json)[\"'][^>]{0,500}>",
    re.IGNORECASE,
)
_HREF: Final = re.compile(r"href\s*=\s*[\"']([^\"'<>\s]{1,2000})[\"']", re.IGNORECASE)


def read_feed(data: bytes, where: Where, base: str = "", charset: str | None = None) -> Feed:
    """What a feed, a sitemap or a list of feeds announces.

    Links are relative to `base`, its address; `charset` is stated beside the data.

    Raises:
        InputError: when it is none of these, or is made to do harm.
    """
    decoded = decode(data, declared=charset, markup=True)
    notes = (where.failure(decoded.note),) if decoded.note else ()
    text = decoded.text.lstrip()
    binary = binary_kind(data)
    if binary:
        raise InputError(f"no feed: it looks like {binary}")
    found = _json_feed(text, base) if text[:1] in {"{", "["} else _xml(text, where, base)
    return replace(found, entries=_told_apart(found.entries), failures=(*notes, *found.failures))


def root_of(text: str) -> str:
    """The name of the first element of some XML, without its namespace; empty where there is none."""
    found = _ROOT.search(_COMMENT.sub("", text[:8192]))
    return found[1] if found else ""


def _xml(text: str, where: Where, url: str) -> Feed:
    root = root_of(text)
    data = safe_xml(text)
    if root in FEED_ROOTS:
        return parse_feed(data, url)
    if root in {"urlset", "sitemapindex"}:
        return read_sitemap(data, where, url)
    if root == "opml":
        return read_opml(data, where, url)
    if root.lower() == "html":
        raise InputError(_page_reason(text, url))
    raise InputError(f"no feed (<{root or '?'}>); RSS, Atom, JSON Feed, sitemaps and OPML are read")


def _page_reason(text: str, url: str) -> str:
    links = (_HREF.search(link[0]) for link in _OFFERED.finditer(text[:200_000]))
    offered = (address_of(link[1], url) for link in links if link)
    listed = [address for address in dict.fromkeys(offered) if address][:5]
    names = f"; it offers {', '.join(listed)}" if listed else "; give the address of its feed"
    return f"a web page and no feed{names}"


def safe_xml(text: str) -> bytes:
    """XML as UTF-8 without a declaration of its encoding, so that every parser reads the same characters.

    Raises:
        InputError: when it declares entities that are more than a character, or has too many elements.
    """
    for entity in _ENTITY.finditer(text):
        value = (entity[2] or "")[1:-1]
        if entity[1] or not entity[2] or not _CHARACTER.fullmatch(value):
            raise InputError("declares XML entities, by which files are read and bombs are made; not parsed")
    if text.count("<") > 2 * MOST_ELEMENTS:
        raise InputError(f"more than {MOST_ELEMENTS:,} elements; not parsed")
    return _DECLARATION.sub("", text).encode("utf-8")


def parse_feed(data: bytes, url: str) -> Feed:
    """The entries of an RSS or Atom feed in UTF-8."""
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    # A stream, since feedparser would take a string or bytes for an address or a file to open. What is
    # marked up becomes plain text here, so that nothing needs sanitising.
    found = feedparser.parse(
        BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    title = _line(found.feed.get("title"))
    return Feed(title, tuple(_entry(entry, title, url) for entry in found.entries))


def _entry(entry: Any, feed_title: str | None, url: str) -> Entry:
    contents = [str(part.get("value") or "") for part in entry.get("content", [])]
    source = _line((entry.get("source") or {}).get("title"))
    published = entry.get("published")
    return _announced(
        url,
        id=entry.get("id"),
        link=entry.get("link"),
        content=max(contents, key=len, default=""),
        summary=str(entry.get("summary") or ""),
        title=_line(entry.get("title")),
        outlet=feed_title or source,
        source=source if source != feed_title else None,
        published=published,
        # feedparser gives `published` for a missing `updated`, with a warning
        updated=None if published else entry.get("updated"),
        authors=tuple(_names(author.get("name") for author in entry.get("authors", []))),
    )


def _announced(url: str, *, id: object, link: object, content: str, summary: str, **stated: Any) -> Entry:
    """An entry by what is stated: its link made absolute, its key found, its markup made plain."""
    address = address_of(link, url)
    whole, teaser = plain_text(content), plain_text(summary)
    text, markup = (whole, content) if len(whole) >= len(teaser) else (teaser, summary)
    key = str(id).strip() if id else address or content_id(text, stated.get("title"))
    full = is_full(whole, teaser)
    return Entry(key=key, link=address, text=text, markup=markup, full=full, **stated)


def _json_feed(text: str, url: str) -> Feed:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError("no feed: JSON that can't be read") from None
    items = value.get("items") if isinstance(value, Mapping) else None
    if not isinstance(items, list):
        raise InputError("no feed: JSON without the 'items' of a JSON Feed")
    title = _line(value.get("title"))
    found = tuple(_item(item, title, url) for item in items if isinstance(item, Mapping))
    return Feed(title, found)


def _item(item: Mapping[str, Any], feed_title: str | None, url: str) -> Entry:
    plain = "".join(f"<p>{escape(line)}</p>" for line in _text(item.get("content_text")).splitlines())
    authors = item.get("authors") or [item.get("author")]
    people = authors if isinstance(authors, list) else [authors]
    return _announced(
        url,
        id=item.get("id"),
        link=item.get("url") or item.get("external_url"),
        content=_text(item.get("content_html")) or plain,
        summary=escape(_text(item.get("summary"))),
        title=_line(item.get("title")),
        outlet=feed_title,
        published=_line(item.get("date_published")),
        updated=_line(item.get("date_modified")),
        authors=tuple(_names(one.get("name") for one in people if isinstance(one, Mapping))),
    )


def _told_apart(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each key once; the first entry stands, as feeds put the newest first."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.key, entry)
    return tuple(first.values())


def _names(stated: Iterable[object]) -> Iterator[str]:
    return (name for name in map(_line, stated) if name)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _line(value: object) -> str | None:
    """A stated title, name or date as one line of plain text; `None` where nothing is stated."""
    return " ".join(plain_text(value).split()) or None if isinstance(value, str) and value.strip() else None
