"""Agencies and publishers: whose text an article says it carries.

A byline, a dateline, a copyright line or the feed's own source credits an
agency with the text. "Contributed to this report", or a name that may be the
photographer's employer, says less: it is read too, as a weak credit. The names
are a table, `agencies.toml`; the forms are general, and a name in the place
where a dateline names its agency is believed even if the table lacks it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from ..model import Article, Role, original_address

HEAD: Final = 14
"""Lines at the head of a page among which a byline is sought."""

TAIL: Final = 8
"""Lines at its end among which credits are sought."""

LONGEST: Final = 220
"""A longer line is text, not a credit (though it may open with a dateline)."""

OPENINGS: Final = 5
"""Body paragraphs that may open with a dateline: live reports have a few lines above it."""

PARAGRAPH: Final = 30
"""A line of so many words is a paragraph; a bare name below the second one is no byline."""

PART: Final = 0
"""The weight of a credit for a part of the text, or perhaps for a picture."""

NAMED: Final = 1
"""That of a copyright line, or a bare name above the text."""

SIGNED: Final = 2
"""That of a byline, a dateline, or a field that states the source."""

_ELSEWHERE: Final[tuple[Role, ...]] = ("caption", "related", "navigation")
"""Roles whose lines speak of pictures or of other reports."""

_UNKNOWN: Final = re.compile(
    r"^[A-Z][^\s()]*(?:[\s,/]+[^\s()]+){0,6}\s*"
    r"\((?P<name>[A-Z][A-Za-z&.]*(?:[ -][A-Z][A-Za-z&.]*){0,3})\)\s*[-–—‒―]+\s"
)
"""A place, a name in brackets and a dash: a dateline, whoever the name is."""

_CONTRIBUTED: Final = re.compile(
    r"\b(?:contribut\w+|assist\w+|help\w+|with reporting|additional reporting)\b"
)
_PICTURE: Final = re.compile(
    r"\b(?:photos?|photograph\w*|images?|picture|video|file|pool|via|handout|getty|epa)\b|/", re.I
)
_STAFF: Final = (
    r"(?:\s+(?:[\w-]+\s+){0,3}"
    r"(?:[Ww]riters?|[Rr]eporters?|[Cc]orrespondents?|[Ss]taff|[Ee]ditors?|[Bb]ureau|[Ww]ires?|[Aa]gency)\b)?"
)
_PEOPLE: Final = r"(?:[^\W\d_][\w.'’-]*[\s,&]+){2,24}[|/–—\s-]*"
_BY: Final = r"(?:[Bb]y|BY|[Ff]rom|FROM):?\s+"
_ENDS: Final = " |,•·–—-"
_LONGEST_TIME: Final = 60


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency that an article names as a source of its text; `strong`: of the text as a whole."""

    agency: str
    strong: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """The names of agencies and outlets, and the patterns made of them."""

    agency: dict[str, str]
    family: dict[str, str]
    aggregators: frozenset[str]
    alone: re.Pattern[str]
    byline: re.Pattern[str]
    staffed: re.Pattern[str]
    copyright: re.Pattern[str]
    dateline: re.Pattern[str]
    anywhere: re.Pattern[str]
    named: re.Pattern[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    raw = tomllib.loads(files(__package__).joinpath("agencies.toml").read_text("utf-8"))
    agency = {form: row["name"] for row in raw["agency"] for form in [*row["names"], *row.get("short", [])]}
    full = "|".join(_longest_first(form for row in raw["agency"] for form in row["names"]))
    every = "|".join(_longest_first(agency))
    return _Table(
        agency=agency,
        family={outlet: row["name"] for row in raw["family"] for outlet in row["outlets"]},
        aggregators=frozenset(raw["aggregators"]),
        alone=re.compile(rf"(?:[Ss]ource:?\s+)?(?:[Tt]he )?(?P<name>{full})\b{_STAFF}"),
        byline=re.compile(
            rf"(?P<before>.{{0,60}}?)\b{_BY}(?P<people>{_PEOPLE})?(?:[Tt]he )?(?P<name>{every})\b{_STAFF}"
        ),
        staffed=re.compile(rf"{_PEOPLE}(?:[Tt]he )?(?P<name>{every})\b{_STAFF}"),
        copyright=re.compile(
            rf"(?:©|\([Cc]\)|[Cc]opyright|COPYRIGHT)[\s©\d,()Cc]*(?:[Tt]he )?(?P<name>{every})\b"
        ),
        dateline=re.compile(rf"\((?P<name>{every})\)\s*(?:[-–—‒―]+|:)\s*"),
        anywhere=re.compile(rf"(?<![\w/])(?P<name>{every})(?![\w/])"),
        named=re.compile(every),
    )


def _longest_first(names: Iterator[str] | dict[str, str]) -> list[str]:
    return [re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name))]


@dataclass(frozen=True, slots=True)
class Source:
    """Whose text an article says it carries: the agencies it credits, and those whose text it is as a whole.

    `credits` has each agency once, sorted, at its strongest; `agencies` the
    strong ones, the most clearly stated first.
    """

    credits: tuple[Credit, ...]
    agencies: tuple[str, ...]
    publisher: str | None


def source_of(article: Article) -> Source:
    """What an article says of its source.

    >>> source_of(Article(text="PARIS (Reuters) - It rained on Monday.", outlet="The Daily")).agencies
    ('Reuters',)
    """
    found = _weighed(article)
    strong = (name for name in found if found[name] > PART)
    return Source(
        credits=tuple(Credit(agency, found[agency] > PART) for agency in sorted(found)),
        agencies=tuple(sorted(strong, key=lambda name: (-found[name], name))),
        publisher=publisher(article),
    )


def _weighed(article: Article) -> dict[str, int]:
    """How clearly each agency is credited, at its clearest."""
    found: dict[str, int] = {}
    for agency, weight in _all(article):
        found[agency] = max(found.get(agency, PART), weight)
    return found


def _all(article: Article) -> Iterator[tuple[str, int]]:
    table = _table()
    for stated in (article.source, article.outlet, *article.authors):
        if stated:
            yield from _stated(stated, table)
    head, tail = _lines(article)
    for line, above in head:
        yield from _line(line, table, above)
    for line in tail:
        yield from _line(line, table, above=False)
    for paragraph in _openings(article):
        yield from _dateline(paragraph, table)


def _stated(stated: str, table: _Table) -> Iterator[tuple[str, int]]:
    """A field that holds nothing but names."""
    for pattern in (table.alone, table.byline, table.staffed):
        found = _whole(pattern, stated.strip())
        if found:
            yield found, SIGNED
            return
    if stated.strip() in table.agency:
        yield table.agency[stated.strip()], SIGNED


def _whole(pattern: re.Pattern[str], line: str) -> str | None:
    """The agency in a line that is a credit from end to end, a date or time before or after it allowed."""
    found = pattern.match(line)
    if not found or not _is_time(line[found.end() :]):
        return None
    before = found.groupdict().get("before") or ""
    table = _table()
    if not _is_time(before) and before.strip(_ENDS).removeprefix("The ") not in table.agency:
        return None
    # "By A, House, Agency": the writer is the house's, and the agency had a part in it.
    for part in re.split(r"[,|/]", found.groupdict().get("people") or ""):
        if part.strip().lower() in table.family:
            return table.family[part.strip().lower()]
    return table.agency[found["name"]]


def _is_time(rest: str) -> bool:
    """Whether the rest of a line is nothing, or as short as a date and with a number in it."""
    bare = rest.strip(_ENDS)
    return bare in ("", "on") or (len(bare) <= _LONGEST_TIME and any(sign.isdigit() for sign in bare))


def _lines(article: Article) -> tuple[list[tuple[str, bool]], list[str]]:
    """The lines where an outlet puts credits, those of pictures left out: the head of the page and its end.

    With each line of the head: whether it stands above the text.
    """
    elsewhere = article.spans(*_ELSEWHERE)
    starts = [span.start for span in elsewhere]
    lines = []
    for found in re.finditer(r"[^\n]*\S[^\n]*", article.text):
        # Blocks are disjoint and in order, so only the last one begun before the line can hold it.
        last = bisect_right(starts, found.start()) - 1
        if last < 0 or elsewhere[last].end < found.end():
            lines.append(found.group())
    head: list[tuple[str, bool]] = []
    paragraphs = 0
    for words in (line.split() for line in lines[:HEAD]):
        paragraphs += len(words) >= PARAGRAPH
        head.append((" ".join(words), paragraphs < 2))
    tail = [" ".join(line.split()) for line in lines[HEAD:][-TAIL:]]
    return [pair for pair in head if len(pair[0]) <= LONGEST], [line for line in tail if len(line) <= LONGEST]


def _line(line: str, table: _Table, above: bool) -> Iterator[tuple[str, int]]:
    if not table.named.search(line):
        return
    if _CONTRIBUTED.search(line):
        for named in table.anywhere.finditer(line):
            yield table.agency[named["name"]], PART
        return
    owner = table.copyright.search(line)
    if owner:
        yield table.agency[owner["name"]], NAMED
        return
    if _PICTURE.search(line):
        return
    alone = NAMED if above else PART
    for pattern, weight in ((table.byline, SIGNED), (table.alone, alone), (table.staffed, PART)):
        found = _whole(pattern, line)
        if found:
            yield found, weight
            return


def _openings(article: Article) -> Iterator[str]:
    """The first paragraphs of the body, and whatever is marked as a dateline."""
    for span in article.spans("dateline", "credit"):
        yield span.of(article.text) + " "
    seen = 0
    for span in article.body:
        for found in re.finditer(r"[^\n]*\S[^\n]*", span.of(article.text)):
            yield found.group().lstrip()[:200]
            seen += 1
            if seen == OPENINGS:
                return


def _dateline(paragraph: str, table: _Table) -> Iterator[tuple[str, int]]:
    known = table.dateline.search(paragraph + " — " if paragraph.rstrip().endswith(")") else paragraph)
    if known:
        yield table.agency[known["name"]], SIGNED
        return
    other = _UNKNOWN.match(paragraph)
    if other:
        # Papers sign their own datelines too; such a name is the house's, by the spelling it has elsewhere.
        yield table.family.get(other["name"].lower(), other["name"]), SIGNED


_ARTICLE: Final = re.compile(r"^the\s+")
_DOMAIN: Final = re.compile(r"^(?:https?://)?(?:www\d?\.)?([\w-]+(?:\.[\w-]+)+)(?:[/:?].*)?$")
_SECOND: Final = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})
"""Second labels under a country's domain that belong to no one: `co.uk`, `com.au`."""


def publisher(article: Article) -> str | None:
    """Who published an article: the family of its outlet, or else the outlet, by one spelling.

    None where no outlet is known, or where the outlet passes on what others wrote.

    >>> publisher(Article(text="", outlet="www.bbc.co.uk"))
    'BBC'
    >>> publisher(Article(text="", url="http://archive.example/2014/http://www.post.example:80/a.html"))
    'post.example'
    """
    stated = article.outlet or (original_address(article.url) if article.url else None)
    if not stated:
        return None
    table = _table()
    name = " ".join(re.sub(r"[^\w.&'’!/:?-]+", " ", stated.lower()).split())
    domain = registrable(name)
    plain = _ARTICLE.sub("", name)
    keys = [key for key in (domain, plain, name) if key]
    stem = domain.split(".")[0] if domain else plain
    if stem in table.aggregators or any(key in table.aggregators for key in keys):
        return None
    for key in keys:
        if key in table.family:
            return table.family[key]
    return domain or plain


def registrable(address: str) -> str | None:
    """The part of a web address or host name that someone registered, or None if it is none.

    >>> registrable("http://news.example.co.uk/today"), registrable("The Daily")
    ('example.co.uk', None)
    """
    found = _DOMAIN.match(address.strip().lower())
    if not found:
        return None
    labels = found[1].split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND else 2
    return ".".join(labels[-keep:])
