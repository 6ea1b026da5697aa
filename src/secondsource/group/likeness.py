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

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ..progress import Progress, silent
from ..words import document_counts
from .tokens import WIDEST, Days, Numbers, Tokenized, Tokens, days

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]

LEAD_WORDS: Final = 120
"""How many words of the body count as its lead."""

MAX_WORDS: Final = 5_000
"""How many words of a body are weighed; news reports are shorter."""

WINDOW: Final = 10
"""Articles published more days apart than this are never of one story."""

FAR: Final = 3
"""More days apart than this weighs no heavier: a story may rest for a week and go on."""

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
    """The logistic function's coefficients; evals/LOG.md says how they were tuned."""

    body: float = 12.6
    title: float = 2.4
    lead: float = 3.1
    day: float = -1.2
    undated: float = -1.2
    bias: float = -1.2


WEIGHTS: Final = Weights()
FLOOR: Final = -3.5
"""The lowest score there is, and that of a pair that was not found worth comparing."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Pairs of articles, by their places in canonical order (`left < right`), and what was measured of each.

    `gap` is in days, -1 where a date is unknown.
    """

    left: Ints
    right: Ints
    body: Floats
    title: Floats
    lead: Floats
    gap: Ints


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of articles, by their places in canonical order (`left < right`), each with its score."""

    left: Ints
    right: Ints
    score: Floats


def compare(articles: Tokenized, progress: Progress = silent) -> Pairs:
    """The pairs of articles that may tell one story, each with the logistic function's argument."""
    found = measure(articles, progress)
    return Pairs(found.left, found.right, score(found))


def score(found: Measured, weights: Weights = WEIGHTS) -> Floats:
    """How likely pairs are of one story, as log-odds above the bar; never below FLOOR."""
    # Headlines share one word or none, and the first one shared says most: hence the root.
    title = weights.title * np.sqrt(found.title)
    words = weights.body * found.body + title + weights.lead * found.lead
    time = np.where(found.gap < 0, weights.undated, weights.day * np.minimum(found.gap, FAR))
    total: Floats = np.maximum(weights.bias + words + time, FLOOR)
    return np.where(found.gap > WINDOW, FLOOR, total)


def measure(articles: Tokenized, progress: Progress = silent) -> Measured:
    """Compare each article with the earlier ones that share its weightiest words."""
    counts = [count(tokens) for tokens in articles.tokens]
    documents, general = document_counts()
    seen = np.array([general.get(form, 0) for form in articles.lexicon.forms], dtype=np.float64)
    for found in counts:
        seen[found[0][0]] += 1
    when = days(articles.articles)
    return measure_counted(counts, rarity(seen, documents + len(counts)), when, _nearby(when), progress)


Plan: TypeAlias = Iterable[tuple[int, Sequence[tuple[int, int]]]]
"""Which articles are to be compared: a place, and the ranges of places of those it is compared with."""


def measure_counted(
    counts: Sequence[tuple[Counts, ...]],
    rarity: Floats,
    when: Days,
    plan: Plan,
    progress: Progress = silent,
) -> Measured:
    """The same for articles whose words are counted, in pairs that are planned."""
    vectors = [_vectors([found[field] for found in counts], rarity) for field in range(FIELDS)]
    index = _Index(vectors[0])
    spread = np.zeros(rarity.size)
    pairs = [np.zeros((2, 0), dtype=np.int64)]
    cosines = [np.zeros((FIELDS, 0))]
    for done, (i, ranges) in enumerate(plan):
        if done % 200 == 0:
            progress("comparing articles", done, len(counts))
        found = index.candidates(i, ranges)
        pairs.append(np.vstack((np.minimum(found, i), np.maximum(found, i))))
        cosines.append(np.vstack([_cosines(i, found, field, spread) for field in vectors]))
    progress("comparing articles", len(counts), len(counts))
    left, right = np.concatenate(pairs, axis=1)
    body, title, lead = np.concatenate(cosines, axis=1)
    return Measured(left, right, body, title, lead, when.gap(left, right))


Counts: TypeAlias = tuple[Numbers, Ints]
"""The words of a text, each once and sorted, and how often each stands in it."""

FIELDS: Final = 3
"""Body, headline and lead."""


def count(tokens: Tokens) -> tuple[Counts, ...]:
    """The words of each field of an article."""
    return tuple(_counts(numbers) for numbers in _texts(tokens))


def _texts(tokens: Tokens) -> tuple[Numbers, Numbers, Numbers]:
    """The words that each of the three fields counts: body, headline, lead."""
    text = tokens.words[:MAX_WORDS]
    # The headline is the editor's own summary, so its words count twice more in the body.
    body = np.concatenate((tokens.title, tokens.title, text))
    return body, tokens.title, np.concatenate((tokens.title, text[:LEAD_WORDS]))


def _counts(numbers: Numbers) -> Counts:
    words, often = np.unique(numbers, return_counts=True)
    return words, often.astype(np.int64)


def rarity(seen: Floats, documents: int) -> Floats:
    """The inverse document frequency of every word, from how many documents have it."""
    found: Floats = np.log((documents + 1) / (seen + 1))
    found[seen > COMMON * documents] = 0.0
    return found


@dataclass(frozen=True, slots=True)
class _Vectors:
    """Sparse unit vectors: row `i` has sorted terms `terms[starts[i]:starts[i + 1]]` and their weights."""

    starts: Ints
    terms: Numbers
    weights: Floats

    def row(self, i: int) -> tuple[Numbers, Floats]:
        """The terms and weights of one row."""
        at = slice(self.starts[i], self.starts[i + 1])
        return self.terms[at], self.weights[at]


def _vectors(counts: list[Counts], rarity: Floats) -> _Vectors:
    terms = [np.zeros(0, dtype=np.int32)]
    weights = [np.zeros(0)]
    for words, often in counts:
        weight = (1 + np.log(often)) * rarity[words]
        kept = weight > 0
        weight = weight[kept]
        terms.append(words[kept])
        weights.append(weight / (float(np.sqrt(np.sum(weight * weight))) or 1.0))
    starts = np.cumsum([found.size for found in terms])
    return _Vectors(starts, np.concatenate(terms), np.concatenate(weights))


def _nearby(when: Days) -> Plan:
    """Each article with those before it in canonical order: the undated ones, and the dated in its window."""
    undated = int(np.sum(~when.known))
    for i in range(when.first.size):
        if i < undated:
            yield i, ((0, i),)
        else:
            # An interval may begin before another and still end later; the window allows for the widest.
            begin = int(np.searchsorted(when.first[undated:], when.first[i] - WINDOW - WIDEST))
            yield i, ((0, undated), (begin + undated, i))


class _Index:
    """The weightiest words of each article, as one sorted array of (word, article)."""

    def __init__(self, vectors: _Vectors) -> None:
        self.count = vectors.starts.size - 1
        self.rows: list[tuple[Ints, Floats]] = []
        for i in range(self.count):
            terms, weights = vectors.row(i)
            top = np.sort(np.argsort(-weights, kind="stable")[:INDEXED])
            self.rows.append((terms[top].astype(np.int64), weights[top]))
        place = np.repeat(np.arange(self.count), [terms.size for terms, _ in self.rows])
        terms = np.concatenate([np.zeros(0, dtype=np.int64), *(terms for terms, _ in self.rows)])
        weights = np.concatenate([np.zeros(0), *(weights for _, weights in self.rows)])
        key = terms * self.count + place
        order = np.argsort(key)
        self.key, self.weight = key[order], weights[order]

    def candidates(self, i: int, ranges: Sequence[tuple[int, int]]) -> Ints:
        """The articles in these ranges that share the weightiest words with article `i`; the best, sorted."""
        found = [self._best(i, first, end) for first, end in ranges if first < end]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    def _best(self, i: int, first: int, end: int) -> Ints:
        terms, weights = self.rows[i]
        start = np.searchsorted(self.key, terms * self.count + first)
        length = np.searchsorted(self.key, terms * self.count + end) - start
        at = _ranges(start, length)
        place = self.key[at] % self.count - first
        cosine = np.bincount(place, weights=self.weight[at] * np.repeat(weights, length))
        kept = np.flatnonzero(cosine >= GLANCE)
        if kept.size > CANDIDATES:
            kept = np.sort(kept[np.argsort(-cosine[kept], kind="stable")[:CANDIDATES]])
        return kept + first


def _ranges(start: Ints, length: Ints) -> Ints:
    """The numbers of several ranges one after the other."""
    before = np.cumsum(length) - length
    numbers: Ints = np.arange(int(length.sum())) + np.repeat(start - before, length)
    return numbers


def _cosines(i: int, others: Ints, vectors: _Vectors, spread: Floats) -> Floats:
    """The cosines of one row with others: it is spread out by term, the others are looked up in it."""
    terms, weights = vectors.row(i)
    spread[terms] = weights
    length = vectors.starts[others + 1] - vectors.starts[others]
    at = _ranges(vectors.starts[others], length)
    owner = np.repeat(np.arange(others.size), length)
    product = spread[vectors.terms[at]] * vectors.weights[at]
    spread[terms] = 0.0
    cosines: Floats = np.bincount(owner, weights=product, minlength=others.size).astype(np.float64)
    return cosines
