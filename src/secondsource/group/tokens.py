"""The words of articles as grouping and copies see them: numbered normal forms with exact places.

Both parts of grouping look at words only, so each article is cut into words
once. Text beyond a fixed length is not looked at: a report is a few thousand
characters, and a page of fifty million must cost no more than a long one.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ..model import Article, Span
from ..progress import Progress, silent

Numbers: TypeAlias = npt.NDArray[np.int32]
Hashes: TypeAlias = npt.NDArray[np.uint64]

MAX_CHARACTERS: Final = 200_000
"""How many characters of a body are looked at, counted from its start."""

WIDEST: Final = 3
"""An interval of so many days says too little: the date counts as unknown."""

_WORD: Final = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])|\d+(?:[.,]\d+)*[^\W_]*|[^\W_]+(?:['’][^\W_]+)*(?:-\d+)?"
)
"""An acronym with stops, a number with its marks, a word with its apostrophe: `U.S`, `8,000`, `G-20`."""

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


class Lexicon:
    """The normal forms seen so far, numbered in the order in which they came."""

    def __init__(self) -> None:
        self.forms: list[str] = []
        self._of_form: dict[str, int] = {}
        self._of_word: dict[str, int] = {}

    def number(self, word: str) -> int:
        """The number of a word's normal form."""
        known = self._of_word.get(word)
        if known is None:
            form = normal(word)
            known = self._of_form.setdefault(form, len(self.forms))
            if known == len(self.forms):
                self.forms.append(form)
            self._of_word[word] = known
        return known

    def numbers(self, text: str) -> Numbers:
        """The words of a text, numbered."""
        return np.array([self.number(word) for word in _WORD.findall(text)], dtype=np.int32)

    def hashes(self) -> Hashes:
        """A hash of each form that is the same in every run and whatever else was read."""
        return np.array(
            [zlib.crc32(form.encode("utf-8", "surrogatepass")) for form in self.forms], dtype=np.uint64
        )


@dataclass(frozen=True, slots=True)
class Tokens:
    """One article's words: of the headline, and of the body with their places in the text."""

    title: Numbers
    words: Numbers
    starts: Numbers
    ends: Numbers


@dataclass(frozen=True, slots=True)
class Tokenized:
    """Articles in canonical order, cut into words numbered by one lexicon."""

    articles: tuple[Article, ...]
    tokens: tuple[Tokens, ...]
    lexicon: Lexicon


def tokenize(articles: Iterable[Article], progress: Progress = silent) -> Tokenized:
    """Put articles in canonical order and cut each into words."""
    ordered = canonical(articles)
    lexicon = Lexicon()
    tokens = []
    for done, article in enumerate(ordered):
        if done % 200 == 0:
            progress("counting words", done, len(ordered))
        tokens.append(tokens_of(article, lexicon))
    progress("counting words", len(ordered), len(ordered))
    return Tokenized(tuple(ordered), tuple(tokens), lexicon)


def tokens_of(article: Article, lexicon: Lexicon) -> Tokens:
    """The words of one article."""
    words, starts, ends = array("i"), array("i"), array("i")
    number = lexicon.number
    for span in body(article):
        for found in _WORD.finditer(article.text, span.start, span.end):
            words.append(number(found.group()))
            start, end = found.span()
            starts.append(start)
            ends.append(end)
    return Tokens(
        title=lexicon.numbers(article.headline or ""),
        words=np.frombuffer(words, dtype=np.int32) if words else np.zeros(0, dtype=np.int32),
        starts=np.frombuffer(starts, dtype=np.int32) if starts else np.zeros(0, dtype=np.int32),
        ends=np.frombuffer(ends, dtype=np.int32) if ends else np.zeros(0, dtype=np.int32),
    )


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
