"""Clues: what one article tells about its own day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import PurePath

from ..model import Article, Evidence, Published, Reading, Span
from .constraints import Constraint, Within
from .days import ALL, both, since, until
from .expressions import Expression
from .stamps import stamps
from .terms import backwards

STATED, POSTED, ARCHIVED, HEADED, FILED = 100.0, 90.0, 85.0, 80.0, 75.0
CAPTIONED, TOLD_DAY, TOLD, NAMED, MESSAGE = 70.0, 65.0, 55.0, 52.0, 50.0
"""How sure each kind of clue is; only their order matters."""

HEADED_FOR, MESSAGES_LATER = 2, 3
"""Days after the date at its head on which a page may be published, and after which it may take in messages:
on pages of dated news, 26 of 28 and 74 of 76 were within a day; with these, 27 and 75."""

TOP = 400
"""Characters of a page in which a date that stands alone is the page's own."""

_YMD = r"(?P<year>(?:19|20)\d\d)(?P<mark>[-_.]?)(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])"
_IN_PATH = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0?[1-9]|1[0-2])[/-](?P<day>0?[1-9]|[12]\d|3[01])(?=[/-]|$)"
)
_IN_NAME = re.compile(
    rf"(?<!\d){_YMD}(?!\d)"
    r"|(?<=[A-Za-z])(?P<yy>\d\d)(?P<mm>0[1-9]|1[0-2])(?P<dd>0[1-9]|[12]\d|3[01])(?!\d)"
)
_PARTS = (("year", "yy"), ("month", "mm"), ("day", "dd"))
_HASH = re.compile(r"[0-9a-f]{12,}")

YEARS = range(1950, 2100)
"""The years that a date with its weekday is sought in."""

_ARCHIVE = re.compile(r"//web\.archive\.org/web/(\d{4})(\d{2})(\d{2})\d*")


def clues(reading: Reading, told: Sequence[Expression]) -> Iterator[Constraint]:
    """What one article's metadata, stamps, captions and dated sentences allow."""
    article = reading.article
    if article.published and article.published.how == "metadata":
        yield _stated(article, article.published)
    yield from _archived(article)
    yield from _filed(article)
    yield from _stamped(article)
    yield from _dated(reading, told)
    yield from _years_of(reading, told)


def _stated(article: Article, published: Published) -> Constraint:
    days = of_interval_of(published)
    return _within(article, days, STATED, f"its metadata says {published.value}", None)


def of_interval_of(published: Published) -> tuple[tuple[int, int], ...]:
    """The days that a statement of publication allows."""
    first = published.earliest.toordinal() if published.earliest else ALL[0][0]
    last = published.latest.toordinal() if published.latest else ALL[0][1]
    return ((first, last),)


def _archived(article: Article) -> Iterator[Constraint]:
    """An archive's address says on which day its copy was made: not before the article."""
    found = _ARCHIVE.search(article.url or "")
    if not found:
        return
    day = _day(found[1], found[2], found[3])
    if day is None:
        return
    allowed = until(day.toordinal())
    yield _within(article, allowed, ARCHIVED, f"its address is of a copy archived on {day}", None)


def _filed(article: Article) -> Iterator[Constraint]:
    """The day that an address, a file's name or an id holds: that of publication, as a rule."""
    address = _ARCHIVE.sub("", article.url or "")
    name = PurePath((article.place or "").partition("#")[0]).name
    for what, text, form in (
        ("address", address, _IN_PATH),
        ("file's name", name, _IN_NAME),
        ("id", "" if _HASH.fullmatch(article.id) else article.id, _IN_NAME),
    ):
        found = form.search(text)
        parts = {k: v for k, v in found.groupdict().items() if v} if found else {}
        year, month, number = (parts.get(long) or parts.get(short) for long, short in _PARTS)
        day = _day(year, month, number) if year and month and number else None
        if found and day:
            run = ((day.toordinal(), day.toordinal() + (what == "address")),)
            yield _within(article, run, FILED, f"its {what} holds {found[0].strip('/')}", None)


def _day(year: str, month: str, day: str) -> date | None:
    """A day of the calendar; a year of two digits is of 1969 to 2068, as POSIX has it."""
    number = int(year)
    if len(year) == 2:
        number += 1900 if number >= 69 else 2000
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _stamped(article: Article) -> Iterator[Constraint]:
    for stamp in stamps(article):
        day = stamp.day.toordinal()
        if stamp.kind == "posted":
            yield _within(
                article, ((day, day),), POSTED, f"the page says it was posted on {stamp.day}", stamp.span
            )
        elif stamp.kind == "updated":
            yield _within(article, until(day + 1), POSTED, f"the page was updated on {stamp.day}", stamp.span)
        elif stamp.kind == "alone" and stamp.span.start < TOP:
            reason = f"the page is headed {stamp.day}: of that day or the {HEADED_FOR} next"
            yield _within(article, ((day, day + HEADED_FOR),), HEADED, reason, stamp.span)
        elif stamp.kind == "message":
            # Pages stamp messages in a zone of their own and take in later ones: some days are left between.
            allowed = since(day - MESSAGES_LATER)
            reason = f"the page embeds a message of {stamp.day}"
            yield _within(article, allowed, MESSAGE, reason, stamp.span)


def _dated(reading: Reading, told: Iterable[Expression]) -> Iterator[Constraint]:
    """Full dates of what has happened: the article is not older."""
    article = reading.article
    told = [e for e in told if e.absolute and e.way == "past"]
    updates = {e.term.on(ALL[0][0]) for e in told if _of_update(article.text, e.span)}
    for expression in told:
        run = expression.term.on(ALL[0][0])
        if run is None or run in updates:
            continue
        role = reading.sentences[expression.sentence].role
        text = expression.span.of(article.text)
        if role == "caption":
            weight, reason = CAPTIONED, f"a caption's picture is of {text}: not before it"
        else:
            weight = TOLD_DAY if expression.grain == 1 else TOLD
            reason = (
                f"tells what happened in {text}" if expression.grain > 1 else f"tells what happened on {text}"
            )
            reason += ": not before it"
        yield _within(article, since(run[0]), weight, reason, expression.span)


_UPDATE = re.compile(r"\bupdated?\b", re.IGNORECASE)


def _of_update(text: str, span: Span) -> bool:
    """Whether a date stands in a line that heads a later update: the page is older than that."""
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    return bool(_UPDATE.search(line)) and len(line) <= UPDATE_HEAD


UPDATE_HEAD = 40
"""Characters that may stand before the date in a line such as "UPDATE (7:56 p.m. 5/21/16)"."""


def _years_of(reading: Reading, told: Iterable[Expression]) -> Iterator[Constraint]:
    """A date with its weekday but without its year ("Saturday, April 25") is of few years."""
    for expression in told:
        name = expression.name
        if expression.absolute or not (name and name.weekday and name.month and name.day):
            continue
        fits = []
        for year in YEARS:
            try:
                day = date(year, name.month, name.day)
            except ValueError:
                continue
            if day.isoweekday() == name.weekday:
                fits.append((day.toordinal(), day.toordinal()))
        text = expression.span.of(reading.article.text)
        allowed = backwards(expression.term, tuple(fits), ALL)
        yield _within(reading.article, allowed, NAMED, f"{text} is a date of few years", expression.span)


def _within(
    article: Article, allowed: tuple[tuple[int, int], ...], weight: float, reason: str, span: Span | None
) -> Within:
    return Within(article.id, both(allowed, ALL) or allowed, weight, (Evidence(reason, article.id, span),))
