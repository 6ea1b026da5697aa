"""The words of articles as grouping and copies see them: numbered normal forms with exact places.

A word's number is a hash of its normal form (CRC-32), so it is the same in
every run and whatever else was read; of a million words some two hundred
share theirs with another.

Both parts of grouping look at words only, so each article is cut into words
once. Text beyond a fixed length is not looked at: a report is a few thousand
characters, and a page of fifty million must cost no more than a long one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ..model import Article, Span

Numbers: TypeAlias = npt.NDArray[np.uint32]
Places: TypeAlias = npt.NDArray[np.int32]

MAX_CHARACTERS: Final = 200_000
"""How many characters of a body are looked at, counted from its start."""

REMEMBERED: Final = 400_000
"""The numbers of so many words are kept at hand."""

WIDEST: Final = 3
"""An interval of so many days says too little: the date counts as unknown."""

_WORD: Final = r"(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])|\d+(?:[.,]\d+)*[^\W_]*|[^\W_]+(?:['’][^\W_]+)*(?:-\d+)?"
"""An acronym with stops, a number with its marks, a word with its apostrophe: `U.S`, `8,000`, `G-20`."""

_CUT: Final = re.compile(f"({_WORD})")
"""Cuts a text into words and what lies between them."""

_INSIDE: Final = str.maketrans("", "", "-.,'’")


def normal(word: str) -> str:
    """The form under which two spellings of a word are one.

    >>> normal("Lund’s"), normal("G-20"), normal("U.S")
    ('lund', 'g20', 'us')
    """
    low = word.lower()
    if low.endswith(("'s", "’s")):
        low = low[:-2]
    return low.translate(_INSIDE)


def number(form: str) -> int:
    """The number of a normal form."""
    return zlib.crc32(form.encode("utf-8", "surrogatepass"))


class Forms(dict[str, int]):
    """The number of each word's normal form, the same in every run; words seen lately are looked up.

    >>> Forms()["Lund’s"] == Forms()["lund"]
    True
    """

    def __missing__(self, word: str) -> int:
        found = self[word] = number(normal(word))
        return found

    def numbers(self, words: Sequence[str]) -> Numbers:
        """Words, numbered."""
        if len(self) > REMEMBERED:
            self.clear()
        return np.fromiter(map(self.__getitem__, words), dtype=np.uint32, count=len(words))


@dataclass(frozen=True, slots=True)
class Tokens:
    """One article's words: of the headline, and of the body with their places in the text."""

    title: Numbers
    words: Numbers
    starts: Places
    ends: Places


def tokens_of(article: Article, forms: Forms) -> Tokens:
    """The words of one article."""
    words: list[str] = []
    edges: list[Places] = []
    for start, end in _stretches(article.text, body(article)):
        parts = _CUT.split(article.text[start:end])
        words += parts[1::2]
        # The parts are what lies between words and words by turns, so their lengths add up to places.
        edges.append(start + np.cumsum(np.fromiter(map(len, parts), dtype=np.int32, count=len(parts))))
    none = np.zeros(0, dtype=np.int32)
    return Tokens(
        title=forms.numbers(_CUT.split(article.headline or "")[1::2]),
        words=forms.numbers(words),
        starts=np.concatenate([none, *(places[:-1:2] for places in edges)]).astype(np.int32, copy=False),
        ends=np.concatenate([none, *(places[1::2] for places in edges)]).astype(np.int32, copy=False),
    )


def _stretches(text: str, spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """The spans, those that only blanks part taken together: no word reaches across a blank."""
    start = end = -1
    for span in spans:
        if end >= 0 and (span.start == end or not text[end : span.start].isspace()):
            yield start, end
            start = span.start
        start, end = (span.start if end < 0 else start), span.end
    if end >= 0:
        yield start, end


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


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of each article as ordinals; -1 where unknown."""

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Which articles have a date."""
        return self.first >= 0

    def gap(self, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The days between two articles, 0 where their intervals touch; -1 where a date is unknown."""
        between = np.maximum(self.first[right] - self.last[left], self.first[left] - self.last[right])
        return np.where(self.known[left] & self.known[right], np.maximum(between, 0), -1)


def days(articles: Sequence[Article]) -> Days:
    """When the articles were published, where that is known to a few days."""
    found = [_days(article) for article in articles]
    return Days(
        np.array([first for first, _ in found], dtype=np.int64),
        np.array([last for _, last in found], dtype=np.int64),
    )


def _days(article: Article) -> tuple[int, int]:
    when = article.published
    if when is None or when.earliest is None or when.latest is None:
        return -1, -1
    first, last = when.earliest.toordinal(), when.latest.toordinal()
    return (first, last) if last - first < WIDEST else (-1, -1)


def canonical(articles: Iterable[Article]) -> list[Article]:
    """The articles in the one order that grouping works in: undated first, then by day, then by id.

    Every result follows from this order alone, so the order in which articles
    were given can't show. An id given twice is taken once.
    """
    kept = {article.id: article for article in sorted(articles, key=_content)}
    return sorted(kept.values(), key=lambda article: (_days(article)[0], article.id))


def _content(article: Article) -> tuple[str, str, str, str]:
    return (article.id, article.text, article.title or "", article.outlet or "")
