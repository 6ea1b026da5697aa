"""Bags: the words of many lines or clauses as arrays, so that all pairs of them are compared in one go.

A bag is a set of words. The words of all bags stand in one row of entries, bag
after bag and sorted within each; what is told of an entry (a part, a flag) is
an array beside it. A story has thousands of pairs and a pair few words: a call
for all pairs costs what a handful of calls for one pair would.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Column: TypeAlias = Floats | Ints | Bools


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where pairs of bags hold one word: the pair's number, and the entries of its left and right bag."""

    pair: Ints
    left: Ints
    right: Ints


class Bags:
    """Bags of words; told by their place.

    >>> bags = Bags([{"ferry", "sank"}, {"ferry"}, set()])
    >>> bags.common(np.array([0, 1]), np.array([1, 2])).tolist(), bags.sizes.tolist()
    ([1, 0], [2, 1, 0])
    """

    def __init__(self, bags: Sequence[Collection[str]]) -> None:
        self._kept = [sorted(bag) for bag in bags]
        self.words = sorted({word for bag in self._kept for word in bag})
        number = {word: place for place, word in enumerate(self.words)}
        self.sizes = np.array([len(bag) for bag in self._kept], np.int64)
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.word = np.array([number[word] for bag in self._kept for word in bag], np.int64)
        self.bag = np.repeat(np.arange(len(self._kept)), self.sizes)
        self._keys = self.bag * len(self.words) + self.word

    def values(self, told: Sequence[Mapping[str, float]]) -> Floats:
        """For each entry what is told of its word in its bag."""
        rows = zip(told, self._kept, strict=True)
        return np.array([of[word] for of, bag in rows for word in bag], float)

    def within(self, others: Sequence[Collection[str]]) -> Bools:
        """For each entry whether its word is in the other collection of its bag, too."""
        rows = zip(others, self._kept, strict=True)
        return np.array([word in of for of, bag in rows for word in bag], bool)

    def meet(self, left: Ints, right: Ints) -> Meeting:
        """Where the bags of each pair hold one word; by pair, then by word."""
        if not len(self._keys):
            return Meeting(*(np.zeros(0, np.int64) for _ in range(3)))
        pair, entry = spread(self.starts[left], self.sizes[left])
        sought = right[pair] * len(self.words) + self.word[entry]
        place = np.minimum(np.searchsorted(self._keys, sought), len(self._keys) - 1)
        met = self._keys[place] == sought
        return Meeting(pair[met], entry[met], place[met])

    def common(self, left: Ints, right: Ints) -> Ints:
        """How many words the bags of each pair have in common."""
        return np.bincount(self.meet(left, right).pair, minlength=len(left))

    def filled(self, left: Ints, right: Ints) -> Bools:
        """Whether both bags of each pair hold something."""
        return np.asarray(np.minimum(self.sizes[left], self.sizes[right]) > 0, bool)

    def apart(self, left: Ints, right: Ints) -> Bools:
        """Whether both bags of each pair hold something, and nothing in common."""
        return np.asarray(self.filled(left, right) & (self.common(left, right) == 0), bool)

    def share(self, left: Ints, right: Ints) -> Floats:
        """How much of the smaller bag of each pair stands in the larger, 0 to 1."""
        least = np.maximum(1, np.minimum(self.sizes[left], self.sizes[right]))
        return np.asarray(self.common(left, right) / least, float)


def spread(starts: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Ranges laid end to end: for each place the number of its range, and where in its range it is.

    >>> [part.tolist() for part in spread(np.array([5, 0]), np.array([2, 1]))]
    [[0, 0, 1], [5, 6, 0]]
    """
    which = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    return which, np.arange(len(which)) - first[which] + starts[which]


def total(places: Ints, told: Floats, size: int) -> Floats:
    """What is told of each of so many places, summed."""
    return np.asarray(np.bincount(places, told, minlength=size), np.float64)


def ratio(part: npt.NDArray[Any], whole: npt.NDArray[Any]) -> Floats:
    """One array over another; 0 where the whole is none."""
    found = np.zeros(len(part))
    np.divide(part, whole, out=found, where=whole > 0)
    return found
