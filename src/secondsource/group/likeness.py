"""How alike two articles are: TF-IDF of body, headline and lead, and the days between them.

Three cosines say how alike two articles are in words: over the whole body,
over the headlines, and over the lead (headline and first paragraphs, where
news says what happened). A word weighs by its rarity in the articles given
and, so that few articles suffice, in a table of general English. Distance in
days weighs against; where a date is unknown a small constant does. A logistic
function of these, tuned on stories that editors grouped, is the likeness.

Pairs are found through an inverted index over the weightiest words of each
article, within a window of days, so the cost grows with the articles that are
near in time, not with the square of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ..model import Article
from ..progress import Progress, silent
from ..words import document_counts
from .tokens import body_words, days, words

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]

LEAD_WORDS: Final = 120
"""How many words of the body count as its lead."""

MAX_WORDS: Final = 5_000
"""How many words of a body are weighed; news reports are shorter."""

WINDOW: Final = 10
"""Articles published more days apart than this are never of one story."""

INDEXED: Final = 48
"""How many of an article's weightiest words find it in the index."""

CANDIDATES: Final = 60
"""With how many earlier articles, at most, an article is compared."""

GLANCE: Final = 0.02
"""The cosine over indexed words below which a pair is not looked at."""

COMMON: Final = 0.25
"""A word in more than this share of all documents says nothing."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic function's coefficients; see docs/copies.md for how they were tuned."""

    body: float = 14.0
    title: float = 3.5
    lead: float = 4.0
    day: float = -1.3
    undated: float = -2.5
    bias: float = -1.9


WEIGHTS: Final = Weights()
FLOOR: Final = -4.0
"""The score of a pair that was not found worth comparing."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """Sparse unit vectors: row `i` has sorted terms `terms[starts[i]:starts[i + 1]]` and their weights."""

    starts: Ints
    terms: Ints
    weights: Floats

    def row(self, i: int) -> tuple[Ints, Floats]:
        """The terms and weights of one row."""
        at = slice(self.starts[i], self.starts[i + 1])
        return self.terms[at], self.weights[at]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of articles, by their places in canonical order (`left < right`), each with its score."""

    left: Ints
    right: Ints
    score: Floats


def compare(articles: Sequence[Article], progress: Progress = silent) -> Pairs:
    """The pairs of articles (in canonical order) that may tell one story, with their scores.

    The score is the logistic function's argument: 0 is even odds.
    """
    counts = _count(articles, progress)
    rarity = _rarity(counts)
    fields = [_vectors(counts.fields[name], rarity) for name in ("body", "title", "lead")]
    when = _days(articles)
    left: list[Ints] = []
    right: list[Ints] = []
    score: list[Floats] = []
    index = _Index(fields[0], len(counts.vocabulary))
    for i, near in enumerate(_nearby(when)):
        if i % 200 == 0:
            progress("comparing articles", i, len(articles))
        found = index.candidates(i, near)
        if found.size:
            left.append(found)
            right.append(np.full(found.size, i, dtype=np.int64))
            score.append(_score(i, found, fields, when, len(counts.vocabulary)))
    progress("comparing articles", len(articles), len(articles))
    if not left:
        nothing = np.zeros(0, dtype=np.int64)
        return Pairs(nothing, nothing, np.zeros(0))
    return Pairs(np.concatenate(left), np.concatenate(right), np.concatenate(score))


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each word stands in each field of each article."""

    vocabulary: dict[str, int]
    fields: dict[str, list[Counter[int]]]


def _count(articles: Sequence[Article], progress: Progress) -> _Counts:
    vocabulary: dict[str, int] = {}
    fields: dict[str, list[Counter[int]]] = {"body": [], "title": [], "lead": []}
    for done, article in enumerate(articles):
        if done % 200 == 0:
            progress("counting words", done, len(articles))
        title = _numbered(words(article.headline or ""), vocabulary)
        text = _numbered(body_words(article)[:MAX_WORDS], vocabulary)
        fields["title"].append(Counter(title))
        # The headline is the editor's own summary, so its words count twice more.
        fields["body"].append(Counter(title + title + text))
        fields["lead"].append(Counter(title + text[:LEAD_WORDS]))
    progress("counting words", len(articles), len(articles))
    return _Counts(vocabulary, fields)


def _numbered(found: Iterator[str] | list[str], vocabulary: dict[str, int]) -> list[int]:
    return [vocabulary.setdefault(word, len(vocabulary)) for word in found]


def _rarity(counts: _Counts) -> Floats:
    """The inverse document frequency of every word, over the articles and general English together."""
    total, general = document_counts()
    total += len(counts.fields["body"])
    seen = np.array([general.get(word, 0) for word in counts.vocabulary], dtype=np.float64)
    for found in counts.fields["body"]:
        seen[list(found)] += 1
    rarity: Floats = np.log((total + 1) / (seen + 1))
    rarity[seen > COMMON * total] = 0.0
    return rarity


def _vectors(counts: list[Counter[int]], rarity: Floats) -> Vectors:
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    terms: list[Ints] = []
    weights: list[Floats] = []
    for i, found in enumerate(counts):
        ids = np.fromiter(found, dtype=np.int64, count=len(found))
        often = np.fromiter(found.values(), dtype=np.float64, count=len(found))
        weight = (1 + np.log(often)) * rarity[ids]
        kept = weight > 0
        ids, weight = ids[kept], weight[kept]
        order = np.argsort(ids)
        length = float(np.sqrt(np.sum(weight * weight))) or 1.0
        terms.append(ids[order])
        weights.append(weight[order] / length)
        starts[i + 1] = starts[i] + ids.size
    if not terms:
        return Vectors(starts, np.zeros(0, dtype=np.int64), np.zeros(0))
    return Vectors(starts, np.concatenate(terms), np.concatenate(weights))


@dataclass(frozen=True, slots=True)
class _When:
    """First and last day by article; -1 where unknown."""

    first: Ints
    last: Ints

    def known(self) -> npt.NDArray[np.bool_]:
        return self.first >= 0


def _days(articles: Sequence[Article]) -> _When:
    found = [days(article) for article in articles]
    first = np.array([when.first if when else -1 for when in found], dtype=np.int64)
    last = np.array([when.last if when else -1 for when in found], dtype=np.int64)
    return _When(first, last)


def _nearby(when: _When) -> Iterator[tuple[int, int]]:
    """For each article, how many undated ones come first and where its window of dated ones begins."""
    undated = int(np.sum(~when.known()))
    for i in range(when.first.size):
        if i < undated:
            yield i, i
        else:
            # One interval may begin before another that ends earlier; the window allows for the widest.
            begin = int(np.searchsorted(when.first[undated:], when.first[i] - WINDOW - 3)) + undated
            yield undated, begin


class _Index:
    """The weightiest words of each article, as one sorted array of (word, article)."""

    def __init__(self, vectors: Vectors, size: int) -> None:
        self.rows: list[tuple[Ints, Floats]] = []
        self.count = vectors.starts.size - 1
        for i in range(self.count):
            terms, weights = vectors.row(i)
            top = np.sort(np.argsort(-weights, kind="stable")[:INDEXED])
            self.rows.append((terms[top], weights[top]))
        place = np.repeat(np.arange(self.count), [terms.size for terms, _ in self.rows])
        terms = np.concatenate([terms for terms, _ in self.rows] or [np.zeros(0, dtype=np.int64)])
        weights = np.concatenate([weights for _, weights in self.rows] or [np.zeros(0)])
        key = terms * self.count + place
        order = np.argsort(key)
        self.key, self.weight = key[order], weights[order]

    def candidates(self, i: int, near: tuple[int, int]) -> Ints:
        """The earlier articles that share the weightiest words with article `i`, best ones only, sorted."""
        undated, begin = near
        terms, weights = self.rows[i]
        found: list[Ints] = []
        for first, end in ((0, undated), (begin, i)):
            if first < end:
                found.append(self._best(terms, weights, first, end))
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def _best(self, terms: Ints, weights: Floats, first: int, end: int) -> Ints:
        start = np.searchsorted(self.key, terms * self.count + first)
        stop = np.searchsorted(self.key, terms * self.count + end)
        length = stop - start
        offset = np.repeat(start - np.concatenate(([0], np.cumsum(length)[:-1])), length)
        at = np.arange(int(length.sum())) + offset
        place = self.key[at] % self.count - first
        cosine = np.bincount(place, weights=self.weight[at] * np.repeat(weights, length))
        kept = np.flatnonzero(cosine >= GLANCE)
        if kept.size > CANDIDATES:
            kept = np.sort(kept[np.argsort(-cosine[kept], kind="stable")[:CANDIDATES]])
        return kept + first


def _score(i: int, others: Ints, fields: list[Vectors], when: _When, size: int) -> Floats:
    body, title, lead = (_cosines(i, others, vectors, size) for vectors in fields)
    gap = np.maximum(when.first[others] - when.last[i], when.first[i] - when.last[others])
    known = when.known()
    both = known[others] & known[i]
    distance = np.where(both, WEIGHTS.day * np.clip(gap, 0, WINDOW), WEIGHTS.undated)
    score = WEIGHTS.bias + WEIGHTS.body * body + WEIGHTS.title * title + WEIGHTS.lead * lead + distance
    return np.where(both & (gap > WINDOW), FLOOR, np.maximum(score, FLOOR))


def _cosines(i: int, others: Ints, vectors: Vectors, size: int) -> Floats:
    """The cosines of one row with others: it is spread out once, the others are looked up in it."""
    spread = np.zeros(size)
    terms, weights = vectors.row(i)
    spread[terms] = weights
    start, stop = vectors.starts[others], vectors.starts[others + 1]
    length = stop - start
    total = int(length.sum())
    if not total:
        return np.zeros(others.size)
    offset = np.repeat(start - np.concatenate(([0], np.cumsum(length)[:-1])), length)
    at = np.arange(total) + offset
    owner = np.repeat(np.arange(others.size), length)
    product = spread[vectors.terms[at]] * vectors.weights[at]
    cosines: Floats = np.bincount(owner, weights=product, minlength=others.size).astype(np.float64)
    return cosines
