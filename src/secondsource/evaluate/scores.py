"""Scorers that several evaluations share: how well proposed groups match the true ones.

Groups are given as a mapping from item to the name of its group; both mappings
must have the same items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two; 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(proposed: Mapping[str, Hashable], true: Mapping[str, Hashable]) -> Score:
    """B-cubed (Bagga & Baldwin 1998): for each item, how much of its group is right; averaged over items.

    >>> b_cubed({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 1, "c": 1}).precision
    1.0
    """
    if not true:
        return Score(0.0, 0.0)
    together = Counter((proposed[item], true[item]) for item in true)
    ours, theirs = Counter(proposed[item] for item in true), Counter(true.values())
    precision = sum(count * count / ours[one] for (one, _), count in together.items())
    recall = sum(count * count / theirs[other] for (_, other), count in together.items())
    return Score(precision / len(true), recall / len(true))


def pairs(proposed: Mapping[str, Hashable], true: Mapping[str, Hashable]) -> Score:
    """Over all pairs of items: of those put together, how many belong together, and the other way round."""
    together = Counter((proposed[item], true[item]) for item in true)
    right = _pairs_in(together)
    ours = _pairs_in(Counter(proposed[item] for item in true))
    theirs = _pairs_in(Counter(true.values()))
    return Score(right / ours if ours else 0.0, right / theirs if theirs else 0.0)


def _pairs_in(sizes: Counter[Any]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
