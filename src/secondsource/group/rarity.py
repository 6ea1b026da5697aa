"""How rare words are: counts of the documents that have each, by a hash of the word, which grow in steps.

The counts begin as those of general English and take in what was grouped
since. They do so in steps, between two days: all articles of a day are weighed
by the same counts, so that the order in which they came can't show. A word is
one of `BUCKETS` numbers, which stays the same in every run, so vectors can be
kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from ..words import document_counts
from .tokens import Numbers, normal, number

Weights: TypeAlias = npt.NDArray[np.float32]

BUCKETS: Final = 1 << 22
"""Numbers of words; of the 300,000 words of a large library one in fourteen shares its own."""

COMMON: Final = 0.25
"""A word in more than this share of all documents says nothing."""

LEAST: Final = 100
"""A step takes in so many documents at least, ..."""

STEP: Final = 0.1
"""... or this part of those counted so far, ..."""

MOST: Final = 2_000
"""... and it waits for no more than so many."""


def buckets(words: Numbers) -> npt.NDArray[np.int32]:
    """The numbers below BUCKETS of words."""
    return (words % np.uint32(BUCKETS)).astype(np.int32)


class Rarity:
    """The inverse document frequency of every word (Spärck Jones 1972), 0 for one that says nothing."""

    def __init__(self) -> None:
        self.documents, self._seen = _general()
        self._seen = self._seen.copy()
        self._weigh()

    def is_due(self, waiting: int) -> bool:
        """Whether so many documents that are not counted yet are worth a step."""
        return waiting >= min(MOST, max(LEAST, STEP * self.documents))

    def take(self, documents: Iterable[npt.NDArray[np.int32]]) -> None:
        """Count more documents, each given as its words, every one once."""
        common = self.of == 0
        before = self.documents
        for words in documents:
            self._seen[words] += 1
            self.documents += 1
        # What says nothing is left out of vectors, so it can't be counted: it stays as common as it was.
        self._seen[common] *= self.documents / before
        self._weigh()

    def _weigh(self) -> None:
        self.of: Weights = np.full(BUCKETS, np.log(self.documents + 1), dtype=np.float32)
        known = np.flatnonzero(self._seen)
        seen = self._seen[known]
        weight = np.log((self.documents + 1) / (seen + 1))
        weight[seen > COMMON * self.documents] = 0.0
        self.of[known] = weight

    def pack(self) -> bytes:
        """All that was counted, as bytes."""
        known = np.flatnonzero(self._seen).astype(np.int32)
        head = np.array([self.documents, known.size], dtype=np.int64)
        return zlib.compress(head.tobytes() + known.tobytes() + self._seen[known].tobytes(), 1)

    @classmethod
    def unpack(cls, packed: bytes) -> Rarity:
        """What `pack` put down."""
        raw = zlib.decompress(packed)
        documents, size = np.frombuffer(raw, dtype=np.int64, count=2).tolist()
        made = cls.__new__(cls)
        made.documents = documents
        made._seen = np.zeros(BUCKETS, dtype=np.float32)
        known = np.frombuffer(raw, dtype=np.int32, count=size, offset=16)
        made._seen[known] = np.frombuffer(raw, dtype=np.float32, count=size, offset=16 + 4 * size)
        made._weigh()
        return made


@lru_cache(maxsize=1)
def _general() -> tuple[int, Weights]:
    documents, counts = document_counts()
    seen = np.zeros(BUCKETS, dtype=np.float32)
    words = list(counts)
    numbers = buckets(np.array([number(normal(word)) for word in words], dtype=np.uint32))
    np.maximum.at(seen, numbers, np.array([counts[word] for word in words], dtype=np.float32))
    return documents, seen
