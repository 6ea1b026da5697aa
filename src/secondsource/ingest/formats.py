"""Formats: which reader a file needs, by its name and its first bytes."""

from __future__ import annotations

import re
from io import BufferedReader

from ..errors import Failure
from ..model import Article
from ..settings import Settings
from .archives import read_warc
from .decode import SAMPLE, binary_kind, decode
from .pages import read_page
from .places import Place
from .records import Limits, read_csv, read_json, read_jsonl
from .streams import StreamError, open_place, read_all
from .where import Loaded, Where
from .xmlfiles import read_xml

_HTML = re.compile(rb"^\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_XML = re.compile(rb"^\s*<(?:\?xml|rss|feed|rdf:RDF|newsItem|newsMessage|nitf)\b", re.IGNORECASE)


def read_place(place: Place, settings: Settings) -> Loaded:
    """The articles of one file, and a failure for each that can't be had."""
    where = Where(place.name)
    limits = Limits(settings.max_characters)
    try:
        with open_place(place) as stream:
            head = stream.peek(SAMPLE)
            if not head:
                yield where.failure("empty file; nothing to read")
                return
            nothing = True
            for item in read_stream(kind_of(place.kind, head), stream, where, limits):
                nothing = False
                yield item
            if nothing:
                yield where.failure("no article in it; nothing to read")
    except StreamError as error:
        yield where.failure(str(error))


def kind_of(stated: str | None, head: bytes) -> str:
    """The kind of some data, by what is stated of it and by its first bytes."""
    kind = stated
    if head.startswith(b"WARC/"):
        return "warc"
    if kind in (None, "text", "xml") and _HTML.match(head):
        return "html"
    if kind:
        return kind
    if _XML.match(head):
        return "xml"
    return "json" if re.match(rb"\s*(?:\{\s*\"|\[\s*\{)", head) else "text"


def read_stream(
    kind: str,
    stream: BufferedReader,
    where: Where,
    limits: Limits,
    base: str = "",
    charset: str | None = None,
) -> Loaded:
    """The articles in data of one kind; `base` is its address and `charset` its encoding, where stated."""
    for item in _read(kind, stream, where, limits, base, charset):
        yield _bounded(item, limits)


def _read(
    kind: str, stream: BufferedReader, where: Where, limits: Limits, base: str, charset: str | None
) -> Loaded:
    binary = None if kind == "warc" else binary_kind(stream.peek(SAMPLE))
    if binary:
        looks = (
            "looks like a binary file"
            if binary == "a binary file"
            else f"looks like a binary file ({binary})"
        )
        yield where.failure(f"{looks}; save it as text or HTML")
    elif kind == "jsonl":
        yield from read_jsonl(stream, where, limits)
    elif kind == "json":
        yield from read_json(stream, where, limits)
    elif kind == "csv":
        yield from read_csv(stream, where, limits)
    elif kind == "html":
        yield from _read_html(stream, where, limits, base, charset)
    elif kind == "xml":
        yield from read_xml(stream, where, limits, base, charset)
    elif kind == "warc":
        yield from read_warc(stream, where, limits)
    else:
        yield from _read_text(stream, where, limits, base, charset)


def _read_html(
    stream: BufferedReader, where: Where, limits: Limits, base: str, charset: str | None
) -> Loaded:
    decoded = decode(read_all(stream, limits.line), declared=charset, markup=True)
    if decoded.note:
        yield where.failure(decoded.note)
    yield from read_page(decoded, where, url=base or None)


def _read_text(
    stream: BufferedReader, where: Where, limits: Limits, base: str, charset: str | None
) -> Loaded:
    decoded = decode(read_all(stream, limits.line), declared=charset)
    if not decoded.text.strip():
        yield where.failure("nothing but white space; no article in it")
        return
    if decoded.note:
        yield where.failure(decoded.note)
    yield Article(text=decoded.text, url=base or None, place=where.place)


def _bounded(item: Article | Failure, limits: Limits) -> Article | Failure:
    if isinstance(item, Failure) or len(item.text) <= limits.text:
        return item
    reason = f"longer than {limits.text:,} characters; split it, or raise SECONDSOURCE_MAX_CHARACTERS"
    return Failure(stage="ingest", where=item.name, reason=reason)
