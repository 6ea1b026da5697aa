"""Group-average linkage over few pairs: the two groups that are most alike on average are joined first.

Both stories and origins are made of it (Jain & Dubes 1988). A pair that is not
given counts as 0, which is what keeps chains from closing: where A is like B
and B like C, the group of A and B is half as like C.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence

Weighted = tuple[int, int, float]
"""Two places and how alike they are, above 0."""


def average_linkage(
    count: int,
    pairs: Iterable[Weighted],
    bar: float,
    rise: float = 0.0,
    same: Sequence[Sequence[int]] = (),
    start: Sequence[Sequence[int]] = (),
) -> list[list[int]]:
    """The places 0 to `count`, grouped; sorted, every place in one group.

    Groups are joined while their average is at least `bar`, which goes up by
    `rise` with each doubling of the votes beyond two. `same` lists groups of
    places that start as one and have one vote; `start` lists groups that
    start as one and have a vote for each of their places.
    """
    groups = _Groups(count, pairs, same)
    for places in start:
        groups.begin(places)
    heap = [
        (-groups.mean(a, b), a, b, groups.version[a], groups.version[b])
        for a in groups.near
        for b in groups.near[a]
        if a < b
    ]
    heapq.heapify(heap)
    while heap:
        _, a, b, version_a, version_b = heapq.heappop(heap)
        if groups.version.get(a) != version_a or groups.version.get(b) != version_b:
            continue
        if groups.mean(a, b) < bar + rise * math.log2(max(1.0, groups.votes[a] + groups.votes[b] - 1)):
            continue
        groups.join(a, b)
        for c in sorted(groups.near[a]):
            low, high = min(a, c), max(a, c)
            heapq.heappush(heap, (-groups.mean(a, c), low, high, groups.version[low], groups.version[high]))
    return sorted(sorted(members) for members in groups.members.values())


def stars(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Groups around a first place each, which all the others of the group are paired with.

    So what is paired only with another member can't drift in along a chain.

    >>> stars([(0, 1), (0, 2), (2, 3)])
    [[0, 1, 2]]
    """
    first: dict[int, int] = {}
    groups: dict[int, list[int]] = {}
    for left, right in sorted(pairs):
        if first.setdefault(left, left) == left and right not in first:
            first[right] = left
            groups.setdefault(left, [left]).append(right)
    return [groups[head] for head in sorted(groups)]


class _Groups:
    """Groups being joined: their members and votes, and the sum of weights to each near group."""

    def __init__(self, count: int, pairs: Iterable[Weighted], same: Sequence[Sequence[int]]) -> None:
        first = {place: min(copies) for copies in same for place in copies}
        self.members: dict[int, list[int]] = {}
        for place in range(count):
            self.members.setdefault(first.get(place, place), []).append(place)
        self.votes = dict.fromkeys(self.members, 1.0)
        self.version = dict.fromkeys(self.members, 0)
        self.first = first
        self.near: dict[int, dict[int, float]] = {group: {} for group in self.members}
        for a, b, weight in pairs:
            one, other = first.get(a, a), first.get(b, b)
            if one != other and weight > 0:
                size = len(self.members[one]) * len(self.members[other])
                for x, y in ((one, other), (other, one)):
                    self.near[x][y] = self.near[x].get(y, 0.0) + weight / size

    def begin(self, places: Sequence[int]) -> None:
        """Put these places into one group, whatever their weights."""
        heads = sorted({self.first.get(place, place) for place in places} & self.members.keys())
        for head in heads[1:]:
            self.join(heads[0], head)

    def mean(self, a: int, b: int) -> float:
        """The average weight between two groups."""
        return self.near[a].get(b, 0.0) / (self.votes[a] * self.votes[b])

    def join(self, a: int, b: int) -> None:
        """Put group `b` into group `a`."""
        self.members[a] += self.members.pop(b)
        self.votes[a] += self.votes.pop(b)
        self.version[a] += 1
        del self.version[b]
        self.near[a].pop(b, None)
        for c, weight in self.near.pop(b).items():
            if c != a:
                del self.near[c][b]
                self.near[a][c] = self.near[c][a] = self.near[a].get(c, 0.0) + weight
