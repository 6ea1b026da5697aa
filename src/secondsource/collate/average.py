"""Average-link clustering: two clusters are one while their members are alike on average.

A chain of likely pairs is no cluster, and a pair that is out of the question
keeps two clusters apart.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

GONE = -1e12
"""What stands for a pair that is none: an item with itself, or one that has been joined to another."""
VETOED = -1e9


def average_link(
    size: int, chances: Mapping[tuple[int, int], float], floor: float, veto: float = 0.0
) -> list[list[int]]:
    """The clusters of items 0 to `size` - 1, each ascending, in the order of their first items.

    `chances` are those of pairs (smaller number first); a pair that is left
    out has none. Clusters are joined while the mean chance between their members is at
    least `floor`; one pair whose chance is below `veto` keeps them apart.

    >>> average_link(4, {(0, 1): 0.9, (1, 2): 0.4, (2, 3): 0.8}, floor=0.5)
    [[0, 1], [2, 3]]
    """
    total = np.full((size, size), GONE)
    for left in range(size):
        for right in range(left + 1, size):
            chance = chances.get((left, right), 0.0)
            total[left, right] = total[right, left] = chance if chance >= veto else VETOED
    members = [[item] for item in range(size)]
    counts = np.ones(size)
    while size > 1:
        best = int(total.argmax())
        left, right = sorted(divmod(best, size))
        if total[left, right] < floor:
            break
        joined = (counts[left] * total[left] + counts[right] * total[right]) / (counts[left] + counts[right])
        total[left], total[:, left] = joined, joined
        total[left, left] = total[right] = total[:, right] = GONE
        counts[left] += counts[right]
        members[left] += members[right]
        members[right] = []
    return [sorted(some) for some in members if some]
