"""Boosted trees, as scikit-learn grew them, served in numpy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int32]

FIELDS = ("feature", "threshold", "left", "right", "value", "roots", "base")


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees in one table of nodes: a leaf is its own left and right.

    `value` is a node's part of the sum (0 inside); `roots` are the trees' first nodes; `base` is
    what the sum begins with.
    """

    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    roots: Ints
    base: float

    def chances(self, rows: Floats) -> Floats:
        """For each row of features, how likely it is; 0 to 1."""
        total = np.full(len(rows), self.base, np.float64)
        every = np.arange(len(rows))
        for root in self.roots:
            at = np.full(len(rows), root, np.int32)
            while True:
                goes_left = rows[every, self.feature[at]] <= self.threshold[at]
                below = np.where(goes_left, self.left[at], self.right[at])
                if np.array_equal(below, at):
                    break
                at = below
            total += self.value[at]
        return np.asarray(1 / (1 + np.exp(-total)), np.float32)


def forest(stored: Mapping[str, Any], prefix: str) -> Forest:
    """The forest whose arrays are stored under a prefix."""
    arrays = {name: stored[f"{prefix}_{name}"] for name in FIELDS}
    return Forest(**{**arrays, "base": float(arrays["base"])})
