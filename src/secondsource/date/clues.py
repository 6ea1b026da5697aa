"""Clues: what one article tells about its own day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ..model import Article, Evidence, Published, Reading, Span
from .constraints import Constraint, Within
from .days import ALL, both, since, until
from .expressions import Expression
from .stamps import stamps
from .terms import backwards

STATED, POSTED, ARCHIVED, HEADED, CAPTIONED, TOLD_DAY, TOLD, CLIP, NAMED = (
    100.0,
    90.0,
    85.0,
    80.0,
    70.0,
    65.0,
    55.0,
    50.0,
    52.0,
)
"""How sure each kind of clue is; only their order matters."""

TOP = 400
"""Characters of a page in which a date that stands alone is the page's own."""

YEARS = range(1950, 2100)
"""The years that a date with its weekday is sought in."""

_ARCHIVE = re.compile(r"//web\.archive\.org/web/(\d{4})(\d{2})(\d{2})\d*")


def clues(reading: Reading, told: Sequence[Expression]) -> Iterator[Constraint]:
    """What one article's metadata, stamps, captions and dated sentences allow."""
    article = reading.article
    if article.published and article.published.how == "metadata":
        yield _stated(article, article.published)
    yield from _archived(article)
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
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return
    allowed = until(day.toordinal())
    yield _within(article, allowed, ARCHIVED, f"its address is of a copy archived on {day}", None)


def _stamped(article: Article) -> Iterator[Constraint]:
    for stamp in stamps(article):
        day = stamp.day.toordinal()
        if stamp.kind == "posted":
            yield _within(
                article, ((day, day),), POSTED, f"the page says it was posted on {stamp.day}", stamp.span
            )
        elif stamp.kind == "updated":
            yield _within(article, until(day), POSTED, f"the page was updated on {stamp.day}", stamp.span)
        elif stamp.kind == "alone" and stamp.span.start < TOP:
            reason = f"the page is headed {stamp.day}: of that day or the next"
            yield _within(article, ((day, day + 1),), HEADED, reason, stamp.span)
        else:
            # Pages stamp clips and replies in a zone of their own, so a day is left between.
            yield _within(article, since(day - 1), CLIP, f"the page shows a date of {stamp.day}", stamp.span)


def _dated(reading: Reading, told: Iterable[Expression]) -> Iterator[Constraint]:
    """Full dates of what has happened: the article is not older."""
    article = reading.article
    for expression in told:
        if not expression.absolute or expression.way != "past":
            continue
        run = expression.term.on(ALL[0][0])
        if run is None:
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
