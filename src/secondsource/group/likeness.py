"""Likeness: what two articles have in common, as log-odds that they tell one story.

A logistic function of three cosines (bodies, headlines, leads) and the days
between them; evals/LOG.md says how it was tuned. An article's vectors are
weighed once, when it comes, and never change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ..model import Article
from .rarity import Rarity, buckets
from .tokens import Numbers, Tokens, days

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Sparse: TypeAlias = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]
"""A sparse vector: its words, sorted, each once, and their weights."""

LEAD_WORDS: Final = 120
"""How many words of the body count as its lead."""

MAX_WORDS: Final = 5_000
"""How many words of a body are weighed; news reports are shorter."""

WINDOW: Final = 10
"""Articles published more days apart than this are never of one story."""

FIELDS: Final = 3
"""Body, headline and lead."""

FAR: Final = 3
"""More days apart than this weighs no heavier: a story may rest for a week and go on."""


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
"""The lowest score there is."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One article as grouping sees it: its days and the unit vectors of its body, headline and lead.

    `day` places it in the stream: its first day or, where it states none, the
    day of its coming. `first` and `last` are its days as ordinals, -1 where
    they are unknown.
    """

    id: str
    day: int
    first: int
    last: int
    body: Sparse
    title: Sparse
    lead: Sparse


PICK: Final[tuple[Callable[[Sight], Sparse], ...]] = (
    attrgetter("body"),
    attrgetter("title"),
    attrgetter("lead"),
)
"""How to take each of its vectors from a sight."""


def pack(sight: Sight) -> bytes:
    """The vectors of a sight, as bytes."""
    fields = (sight.body, sight.title, sight.lead)
    sizes = np.array([words.size for words, _ in fields], dtype=np.int32)
    parts = [sizes.tobytes()]
    for words, weights in fields:
        parts += (words.tobytes(), weights.astype(np.float16).tobytes())
    return b"".join(parts)


def unpack(id: str, day: int, first: int, last: int, packed: bytes) -> Sight:
    """The sight whose vectors were packed."""
    sizes = np.frombuffer(packed, dtype=np.int32, count=FIELDS).tolist()
    place = 4 * FIELDS
    fields: list[Sparse] = []
    for size in sizes:
        words = np.frombuffer(packed, dtype=np.int32, count=size, offset=place)
        weights = np.frombuffer(packed, dtype=np.float16, count=size, offset=place + 4 * size)
        fields.append((words, weights.astype(np.float32)))
        place += 6 * size
    return Sight(id, day, first, last, *fields)


def score(body: Floats, title: Floats, lead: Floats, gap: Ints, weights: Weights = WEIGHTS) -> Floats:
    """How likely pairs are of one story, as log-odds; never below FLOOR. `gap` in days, -1 for unknown."""
    # Headlines share one word or none, and the first one shared says most: hence the root.
    words = weights.body * body + weights.title * np.sqrt(title) + weights.lead * lead
    time = np.where(gap < 0, weights.undated, weights.day * np.minimum(gap, FAR))
    total: Floats = np.maximum(weights.bias + words + time, FLOOR)
    return np.where(gap > WINDOW, FLOOR, total)


def look(article: Article, tokens: Tokens, rarity: Rarity, today: int) -> Sight:
    """What grouping sees of an article, given its words, that comes on a day."""
    when = days([article])
    first, last = int(when.first[0]), int(when.last[0])
    body, title, lead = (_vector(numbers, rarity) for numbers in _texts(tokens))
    return Sight(article.id, first if first >= 0 else today, first, last, body, title, lead)


def _vector(numbers: Numbers, rarity: Rarity) -> Sparse:
    words, often = np.unique(buckets(numbers), return_counts=True)
    weights = ((1 + np.log(often)) * rarity.of[words]).astype(np.float32)
    kept = weights > 0
    words, weights = words[kept], weights[kept]
    norm = float(np.sqrt(np.sum(weights * weights))) or 1.0
    # As exact as they are kept, so that what was kept gives the same scores.
    return words, (weights / np.float32(norm)).astype(np.float16).astype(np.float32)


def _texts(tokens: Tokens) -> tuple[Numbers, Numbers, Numbers]:
    """The words that each of the three fields counts: body, headline, lead."""
    text = tokens.words[:MAX_WORDS]
    # The headline is the editor's own summary, so its words count twice more in the body.
    body = np.concatenate((tokens.title, tokens.title, text))
    return body, tokens.title, np.concatenate((tokens.title, text[:LEAD_WORDS]))


def products(ones: Sequence[Sparse], others: Sequence[Sparse], spread: npt.NDArray[np.float32]) -> Floats:
    """The cosines of vectors with others, a row for each; `spread` is room for one vector, all zeros."""
    sizes = np.array([vector[0].size for vector in others], dtype=np.int64)
    found = np.zeros((len(ones), len(others)))
    filled = np.flatnonzero(sizes)
    if not filled.size:
        return found
    theirs = np.concatenate([vector[0] for vector in others])
    weights = np.concatenate([vector[1] for vector in others])
    starts = (np.cumsum(sizes) - sizes)[filled]
    for row, (words, own) in enumerate(ones):
        spread[words] = own
        shared = spread.take(theirs, mode="clip") * weights
        found[row, filled] = np.add.reduceat(shared, starts, dtype=np.float64)
        spread[words] = 0.0
    return found
