"""Records: JSON, JSONL and CSV with one article an object, by the names people use for its fields."""

from __future__ import annotations

import codecs
import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader, StringIO
from typing import Any

from ..errors import Failure, InputError
from ..model import Article, Published
from .decode import decode, tidy
from .markup import looks_like_markup, plain_text
from .stated import address_date, stated_date
from .streams import read_all
from .where import Loaded, Where

FIELDS = {
    "text": (
        "articlebody text body content bodytext articletext maintext fulltext"
        " bodyxhtml bodyhtml contenthtml bodies"
    ),
    "title": "headline title headlines name",
    "outlet": "publisher outlet sitename newspaper site source copyrightholder provider domain",
    "source": "source sourceorganization infosources infosource agency wire",
    "published": (
        "datepublished published publishedat publicationdate publisheddate datepublish pubdate date"
        " publishdate firstcreated versioncreated contentcreated datecreated created"
    ),
    "url": "url canonicalurl link weburl sourceurl mainentityofpage",
    "authors": "author authors byline creator by",
    "id": "id identifier guid uri",
}
"""The names by which each part of an article is found; case, `_` and `-` do not count; the first wins."""

_NAMES = {part: tuple(names.split()) for part, names in FIELDS.items()}
_LISTS = ("articles", "items", "results", "docs", "data", "stories", "graph", "response", "hits", "feed")
_NESTED = 6
_FOLD = re.compile(r"[\W_]+")
_DELIMITERS = ",\t;|"
MANY = 16
"""A file of many articles may be so many times longer than one text may be."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long things may be: `text` in code points, `line` and `file` in bytes."""

    text: int

    @property
    def line(self) -> int:
        """The longest line, or file with one article: UTF-8 takes up to four bytes a code point."""
        return 4 * self.text

    @property
    def file(self) -> int:
        """The longest file that must be read in one piece and holds many articles."""
        return MANY * self.text


def read_jsonl(stream: BufferedReader, where: Where, limits: Limits) -> Loaded:
    """One article a line; a line that is broken is a failure and the rest is read."""
    for number, line in _lines(stream, limits):
        here = where.at_line(number)
        if isinstance(line, Failure):
            yield here.failure(line.reason)
            continue
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield here.failure(f"not JSON ({_json_reason(error)}); this line is left out")
            continue
        if isinstance(value, Mapping):
            yield from from_record(value, here)
        else:
            yield here.failure("not a JSON object with an article; this line is left out")


def read_json(stream: BufferedReader, where: Where, limits: Limits) -> Loaded:
    """One article, a list of them, or an object that holds such a list; lines of JSON are taken as JSONL."""
    data = read_all(stream, limits.file)
    decoded = decode(data)
    if decoded.note:
        yield where.failure(decoded.note)
    try:
        value = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        if _first_line_is_object(decoded.text):
            yield from read_jsonl(BufferedReader(_bytes(data)), where, limits)
            return
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        here = where.at_line(line) if line else where
        yield here.failure(f"not JSON ({_json_reason(error)}); mend it or give one object a line as .jsonl")
        return
    yield from _from_value(value, where)


def read_csv(stream: BufferedReader, where: Where, limits: Limits) -> Loaded:
    """One article a row, columns named as the fields of `FIELDS`."""
    decoded = decode(read_all(stream, limits.file))
    if decoded.note:
        yield where.failure(decoded.note)
    # The limit is the process's; the default (128 kB) is shorter than a long report in one field.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    rows = csv.DictReader(StringIO(decoded.text, newline=""), delimiter=_delimiter(decoded.text))
    names = rows.fieldnames or []
    if not any(_fold(name) in _NAMES["text"] for name in names):
        yield where.failure(
            f"no column with the text ({', '.join(names[:12])}); name it 'text' in the first line"
        )
        return
    line = rows.line_num + 1
    while True:
        here = where.at_line(line)
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield here.failure(f"not CSV ({error}); the row is left out")
        else:
            yield from from_record({key: value for key, value in row.items() if key}, here)
        line = rows.line_num + 1


def from_record(record: Mapping[str, Any], where: Where) -> Loaded:
    """The article in a record; a failure when it has no text, and one beside it for a date that is none."""
    folded = {_fold(key): value for key, value in record.items() if value not in (None, "", [], {})}
    name, text = _text(folded)
    if not text.strip():
        reason = f"no text in {name!r}" if name else "no field with the text; name it 'text' or 'articleBody'"
        yield where.failure(f"{reason}; left out")
        return
    url = _first(folded, "url", _plain)
    published, complaint = _published(folded)
    if complaint:
        yield where.failure(f"{complaint}; the date is left unknown")
    outlet_name, outlet = _named(folded, "outlet")
    source_name, source = _named(folded, "source")
    yield Article(
        text=text,
        title=_first(folded, "title", _plain),
        outlet=outlet,
        url=url,
        published=published or address_date(url),
        id=_first(folded, "id", _plain),
        authors=_authors(folded),
        source=source if source_name != outlet_name else None,
        place=where.place,
    )


def split_authors(stated: str) -> tuple[str, ...]:
    """The names in a byline.

    >>> split_authors("By Ann Lee and Bo Chu")
    ('Ann Lee', 'Bo Chu')
    """
    bare = re.sub(r"^\s*by\s+", "", stated, flags=re.IGNORECASE)
    return tuple(name.strip() for name in re.split(r"\s*[;,]\s*|\s+and\s+|\n", bare) if name.strip())


def _from_value(value: Any, where: Where) -> Loaded:
    records = list(_records(value, _NESTED))
    if not records:
        yield where.failure("no article in it: an object with a field 'text' or 'articleBody' is one")
    for number, record in enumerate(records, 1):
        alone = len(records) == 1 and record is value
        yield from from_record(record, where if alone else where.at_item(number))


def _records(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The objects that have a text, also those in a list or under a name such as `articles`."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, Mapping):
                yield from _records(item, depth - 1) if depth > 0 else ()
    elif isinstance(value, Mapping):
        folded = {_fold(key): inner for key, inner in value.items()}
        inner = next((folded[name] for name in _LISTS if isinstance(folded.get(name), list | Mapping)), None)
        if any(name in folded for name in _NAMES["text"]) or inner is None:
            yield value
        elif depth > 0:
            yield from _records(inner, depth - 1)


def _text(folded: Mapping[str, Any]) -> tuple[str | None, str]:
    """The name of the first field with text in it, and the text; markup in it becomes plain text."""
    seen = None
    for name in _NAMES["text"]:
        if name not in folded:
            continue
        seen = seen or name
        text = tidy("\n\n".join(_strings(folded[name])))
        if looks_like_markup(text):
            text = plain_text(text)
        if text.strip():
            return name, text
    return seen, ""


def _strings(value: Any) -> list[str]:
    """The strings of a value: itself, its `value` or `name`, or those of its items."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int | float):
        return [str(value)]
    if isinstance(value, Mapping):
        for key in ("value", "@value", "name", "literal", "@id", "text", "$t"):
            if value.get(key):
                return _strings(value[key])[:1]
        return []
    if isinstance(value, list):
        return [text for item in value if not isinstance(item, list) for text in _strings(item)]
    return []


def _plain(value: Any) -> str | None:
    found = [" ".join(tidy(text).split()) for text in _strings(value)[:1]]
    return found[0] if found else None


def _first(folded: Mapping[str, Any], part: str, read: Any) -> str | None:
    for name in _NAMES[part]:
        if name in folded:
            value: str | None = read(folded[name])
            if value:
                return value
    return None


def _named(folded: Mapping[str, Any], part: str) -> tuple[str | None, str | None]:
    """The name of the field that a part is stated in, and what it says."""
    for name in _NAMES[part]:
        value = _plain(folded[name]) if name in folded else None
        if value:
            return name, value
    return None, None


def _published(folded: Mapping[str, Any]) -> tuple[Published | None, str | None]:
    complaint = None
    for name in _NAMES["published"]:
        stated = _plain(folded[name]) if name in folded else None
        if not stated:
            continue
        try:
            return stated_date(stated), None
        except InputError as error:
            complaint = complaint or f"{name}: {error}"
    return None, complaint


def _authors(folded: Mapping[str, Any]) -> tuple[str, ...]:
    for name in _NAMES["authors"]:
        found = [one for text in _strings(folded.get(name)) for one in split_authors(tidy(text))]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _fold(key: object) -> str:
    return _FOLD.sub("", str(key)).lower()


def _lines(stream: BufferedReader, limits: Limits) -> Iterator[tuple[int, str | Failure]]:
    """The lines of a file and their numbers, decoded one at a time."""
    if stream.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield from enumerate(decode(read_all(stream, limits.file)).text.split("\n"), 1)
        return
    number = 0
    while line := stream.readline(limits.line):
        number += 1
        if line == b"\n":
            continue
        if len(line) == limits.line and not line.endswith(b"\n"):
            yield number, Where("").failure(f"longer than {limits.line:,} bytes; left out")
            _skip_line(stream, limits.line)
            continue
        decoded = decode(line)
        if decoded.note:
            yield number, Where("").failure(decoded.note)
        yield number, decoded.text


def _skip_line(stream: BufferedReader, size: int) -> None:
    while (rest := stream.readline(size)) and not rest.endswith(b"\n"):
        pass


def _first_line_is_object(text: str) -> bool:
    line = next((line for line in text.split("\n", 64)[:64] if line.strip()), "")
    try:
        return isinstance(json.loads(line), Mapping)
    except (ValueError, RecursionError):
        return False


def _bytes(data: bytes) -> Any:
    from io import BytesIO

    return BytesIO(data)


def _json_reason(error: BaseException) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.colno}"
    return "nested too deep" if isinstance(error, RecursionError) else "a number too long"


def _delimiter(text: str) -> str:
    """The character between columns: the one that splits the first line into the most known names."""
    header = text[:10_000].split("\n", 1)[0]

    def known(delimiter: str) -> int:
        names: Iterable[str] = next(csv.reader([header], delimiter=delimiter), [])
        return sum(_fold(name) in wanted for name in names for wanted in _NAMES.values())

    return max(_DELIMITERS, key=known)
