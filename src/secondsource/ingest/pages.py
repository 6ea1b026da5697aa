"""Saved web pages: the report by trafilatura, and what the page states about itself."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .decode import Decoded
from .markup import plain_text
from .records import from_record
from .where import Loaded, Where

LONGEST = 20_000_000
"""A page longer than this (code points) is no report, and its tree would not fit."""

_TYPES = re.compile(r"Article|Posting|Report$|^Review$")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "article.published",
    "article:post_date",
    "originalpublicationdate",
    "publication_date",
    "publish-date",
    "pub_date",
    "pubdate",
    "date",
)
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "headline")
_OUTLETS = ("og:site_name", "application-name", "dc.publisher", "publisher")
_SOURCES = ("syndication-source", "original-source", "dc.source")
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")


def read_page(decoded: Decoded, where: Where, url: str | None = None) -> Loaded:
    """The article of a page; `url` is where it was fetched from, should the page not say."""
    markup = decoded.text
    if len(markup) > LONGEST:
        yield where.failure(f"a page longer than {LONGEST:,} characters; save the article alone")
        return
    tree = _tree(markup)
    if tree is None:
        yield where.failure("no HTML that can be read; save the page again, or as text")
        return
    record = dict(_record(tree, markup, url))
    record["text"] = _text(tree, markup)
    if not record["text"].strip():
        yield where.failure("no article text in this page; save it again, or as text")
        return
    yield from from_record({name: value for name, value in record.items() if value}, where)


def _tree(markup: str) -> Any:
    from lxml import etree, html

    # Bytes, since lxml refuses a string that declares an encoding; the parser is told the true one.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except (etree.ParserError, ValueError):
        return None


def _text(tree: Any, markup: str) -> str:
    from trafilatura import bare_extraction

    _quiet()
    # Comments are readers', not the outlet's; tables stay out, since sentences are what is collated.
    found = bare_extraction(tree, include_comments=False, include_tables=False)
    text = str(getattr(found, "text", None) or "")
    return text if text.strip() else plain_text(markup)


def _quiet() -> None:
    """Unless somebody asked for them, drop its messages on pages without text: ours name the file."""
    log = logging.getLogger("trafilatura")
    if log.level == logging.NOTSET:
        log.setLevel(logging.CRITICAL)


def _record(tree: Any, markup: str, url: str | None) -> Iterator[tuple[str, Any]]:
    """What the page states about itself, as the fields of a record."""
    from trafilatura.metadata import extract_metadata

    linked = next(_linked_data(tree), {})
    meta = _meta(tree)
    # Its own search for dates may ask the clock; ours takes only what is stated.
    found = extract_metadata(tree, date_config={"max_date": "2100-01-01", "extensive_search": False})
    saved = _SAVED_FROM.search(markup[:2000])
    yield "title", linked.get("headline") or _stated(meta, _TITLES) or found.title
    yield "outlet", linked.get("publisher") or _stated(meta, _OUTLETS) or found.sitename
    yield "authors", linked.get("author") or found.author
    yield "published", linked.get("datePublished") or _stated(meta, _DATES) or _time(tree)
    yield "url", found.url or url or (saved[1] if saved else None)
    yield "source", linked.get("sourceOrganization") or _stated(meta, _SOURCES)


def _linked_data(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The JSON-LD objects of the page that describe an article."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            value = json.loads((script.text or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common, and the meta tags say the same
        yield from (item for item in _objects(value, 4) if _is_article(item))


def _objects(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list) and depth:
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, Mapping):
        yield value
        if depth:
            yield from _objects(value.get("@graph"), depth - 1)
            yield from _objects(value.get("mainEntity"), depth - 1)


def _is_article(item: Mapping[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(_TYPES.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _meta(tree: Any) -> dict[str, str]:
    """The page's `<meta>` values by lower-case name, property or itemprop; the first of a name wins."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _stated(meta: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _time(tree: Any) -> str | None:
    """The `<time>` marked as the publication, or the first in the element that holds the headline."""
    for path in (
        "//*[@itemprop='datePublished']/@datetime",
        "//*[@itemprop='datePublished']/@content",
        "//time[@pubdate]/@datetime",
        "//article[.//h1]//time/@datetime",
    ):
        found = tree.xpath(path)
        if found:
            return str(found[0])
    return None
