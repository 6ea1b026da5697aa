"""The words of an article as grouping and copies see them: normal forms with exact places.

Both parts of grouping look at words only, so both take them from here. Text
beyond a fixed length is not looked at: a report is a few thousand characters,
and a page of fifty million must cost no more than a long one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model import Article, Span

MAX_CHARACTERS = 200_000
"""How many characters of a body are looked at, counted from its start."""

WORD = re.compile(r"[^\W_]+(?:['’.,-](?=\w)[^\W_]+)*")
"""A word or number with what holds it together inside: `U.S`, `8,000`, `G-8`, `Trump's`."""


def normal(word: str) -> str:
    """The form under which two spellings of a word are one.

    >>> normal("Putin’s"), normal("G-8"), normal("U.S")
    ('putin', 'g8', 'us')
    """
    low = word.lower().replace("’", "'")
    if low.endswith("'s"):
        low = low[:-2]
    return low.replace("-", "").replace(".", "").replace("'", "").replace(",", "")


def words(text: str) -> Iterator[str]:
    """The words of a text in their normal forms."""
    return (normal(found.group()) for found in WORD.finditer(text))


def body(article: Article) -> tuple[Span, ...]:
    """The spans of the body, cut where the part that is looked at ends."""
    out: list[Span] = []
    left = MAX_CHARACTERS
    for span in article.body:
        if left <= 0:
            break
        out.append(Span(span.start, min(span.end, span.start + left)))
        left -= len(span)
    return tuple(out)


def body_words(article: Article) -> list[str]:
    """The words of the body, in order."""
    return [word for span in body(article) for word in words(span.of(article.text))]


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which an article may have been published, as ordinals; None: not known."""

    first: int
    last: int


WIDEST = 3
"""An interval of more days than this says too little: the date counts as unknown."""


def days(article: Article) -> Days | None:
    """When the article was published, if that is known to a few days."""
    when = article.published
    if when is None or when.earliest is None or when.latest is None:
        return None
    found = Days(when.earliest.toordinal(), when.latest.toordinal())
    return found if found.last - found.first < WIDEST else None


def canonical(articles: Iterable[Article]) -> list[Article]:
    """The articles in the one order that grouping works in: undated first, then by day, then by id.

    Every result follows from this order alone, so the order in which articles
    were given can't show. An id given twice is taken once.
    """
    kept = {article.id: article for article in sorted(articles, key=_content)}
    return sorted(kept.values(), key=_place)


def _content(article: Article) -> tuple[str, str, str, str]:
    return (article.id, article.text, article.title or "", article.outlet or "")


def _place(article: Article) -> tuple[int, str]:
    when = days(article)
    return (when.first if when else 0, article.id)
