"""Lists of addresses: sitemaps with their news and their indexes, and OPML lists of feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from ..errors import Failure, InputError
from .decode import tidy
from .entries import Entry, Feed, Part, address_of
from .where import Where

MOST_ADDRESSES: Final = 50_000
"""Addresses that one sitemap may hold, by its protocol."""

MOST_PARTS: Final = 5_000
"""Feeds that one list, or sitemaps that one index, may name."""


def read_sitemap(data: bytes, where: Where, url: str) -> Feed:
    """The pages that a sitemap (UTF-8) lists, the newest first, or the sitemaps that an index names.

    When a page was changed says little about when it was published, so it is
    no date of the article; that of a news sitemap is.

    Raises:
        InputError: when it is no XML.
    """
    root = _tree(data)
    if _name(root) == "sitemapindex":
        stated = [(part, _words(part, "loc")) for part in _named(root, "sitemap")]
        listed, failures = _addressed(stated, url, MOST_PARTS, where)
        return Feed(parts=tuple(Part(loc) for _, loc in listed), failures=failures)
    stated = [(page, _words(page, "loc")) for page in _named(root, "url")]
    # A stable sort, so that pages without a date keep the order of the file behind the dated ones.
    stated.sort(key=lambda pair: _when(pair[0]), reverse=True)
    listed, failures = _addressed(stated, url, MOST_ADDRESSES, where)
    return Feed(entries=tuple(_page(page, loc) for page, loc in listed), failures=failures)


def read_opml(data: bytes, where: Where, url: str) -> Feed:
    """The feeds that an OPML list (UTF-8) names, at whatever depth.

    Raises:
        InputError: when it is no XML.
    """
    root = _tree(data)
    stated = [(outline, _attribute(outline, "xmlurl")) for outline in _named(root, "outline")]
    listed, failures = _addressed(stated, url, MOST_PARTS, where)
    title = next((_words(head, "title") for head in _named(root, "head")), None)
    if not listed:
        failures = (*failures, where.failure("no feed in this list; an outline with an xmlUrl is one"))
    return Feed(title=title, parts=tuple(Part(address) for _, address in listed), failures=failures)


def _tree(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise InputError("XML that can't be read")
    return root


def _addressed(
    stated: Iterable[tuple[Any, str | None]], url: str, most: int, where: Where
) -> tuple[list[tuple[Any, str]], tuple[Failure, ...]]:
    """The elements that state an address, with it, each address once; and what is left out."""
    found: dict[str, Any] = {}
    none: list[str] = []
    failures = []
    for element, text in stated:
        address = address_of(text, url)
        if address is not None:
            found.setdefault(address, element)
        elif text:
            none.append(text)
    if none:
        failures.append(where.failure(f"{len(none)} addresses are none of the web: {none[0][:100]!r} ..."))
    if len(found) > most:
        failures.append(where.failure(f"{len(found):,} addresses in it; the first {most:,} are taken"))
    return [(element, address) for address, element in islice(found.items(), most)], tuple(failures)


def _page(page: Any, link: str) -> Entry:
    news = next(_named(page, "news"), None)
    if news is None:
        return Entry(key=link, link=link)
    publication = next(_named(news, "publication"), news)
    return Entry(
        key=link,
        link=link,
        title=_words(news, "title"),
        outlet=_words(publication, "name"),
        published=_words(news, "publication_date"),
    )


def _when(page: Any) -> str:
    """What sorts a page among the others; ISO dates sort as strings do, to the day at least."""
    return _words(page, "publication_date") or _words(page, "lastmod") or ""


def _words(element: Any, name: str) -> str | None:
    found = next(_named(element, name), None)
    if found is None:
        return None
    return " ".join(tidy("".join(found.itertext())).split()) or None


def _attribute(element: Any, name: str) -> str | None:
    """An attribute, however its name is capitalised: programs differ on that."""
    return next((value.strip() for key, value in element.attrib.items() if key.lower() == name), None)


def _named(element: Any, name: str) -> Iterator[Any]:
    """The elements below with this name, whatever their namespace."""
    return (one for one in element.iter() if isinstance(one.tag, str) and _name(one) == name)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
