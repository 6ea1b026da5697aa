"""Group-average linkage: the two groups that are most alike on average are joined first.

Both stories and origins are made of it (Jain & Dubes 1988). A pair that is not
given counts as 0, which is what keeps chains from closing: where A is like B
and B like C, the group of A and B is half as like C. No average is above its
greatest part, so places that no pair at the bar connects never meet, and each
connected part is worked on by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Weighted = tuple[int, int, float]
"""Two places and how alike they are, above 0."""

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]


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
    given = list(pairs)
    near = [(a, b) for a, b, weight in given if weight >= bar]
    near += [(group[0], other) for group in (*same, *start) for other in group[1:]]
    found: list[list[int]] = []
    parts = connected(count, near)
    part_of = {place: number for number, part in enumerate(parts) for place in part}
    inside: list[list[Weighted]] = [[] for _ in parts]
    for a, b, weight in given:
        if part_of[a] == part_of[b]:
            inside[part_of[a]].append((a, b, weight))
    for part, own in zip(parts, inside, strict=True):
        if len(part) == 1:
            found.append(part)
            continue
        at = {place: i for i, place in enumerate(part)}
        weights = np.zeros((len(part), len(part)))
        for a, b, weight in own:
            weights[at[a], at[b]] += weight
            weights[at[b], at[a]] += weight
        groups = join(weights, bar, rise, _inside(same, at), _inside(start, at))
        found += [[part[i] for i in group] for group in groups]
    return sorted(found)


def _inside(groups: Sequence[Sequence[int]], at: dict[int, int]) -> list[list[int]]:
    return [[at[place] for place in group] for group in groups if group and group[0] in at]


def connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected parts of the places 0 to `count`, sorted.

    >>> connected(4, [(0, 2), (2, 3)])
    [[0, 2, 3], [1]]
    """
    head = list(range(count))

    def find(place: int) -> int:
        while head[place] != place:
            head[place] = head[head[place]]
            place = head[place]
        return place

    for a, b in pairs:
        one, other = find(a), find(b)
        head[max(one, other)] = min(one, other)
    parts: dict[int, list[int]] = {}
    for place in range(count):
        parts.setdefault(find(place), []).append(place)
    return list(parts.values())


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


def join(
    weights: Floats,
    bar: float,
    rise: float = 0.0,
    same: Sequence[Sequence[int]] = (),
    start: Sequence[Sequence[int]] = (),
) -> list[list[int]]:
    """The same for a square of weights, each pair in it twice, as one part."""
    copies = {place: min(group) for group in same for place in group}
    members: list[list[int]] = []
    of: dict[int, int] = {}
    for place in range(len(weights)):
        first = copies.get(place, place)
        if first == place:
            of[place] = len(members)
            members.append([])
        of[place] = of[first]
        members[of[place]].append(place)
    groups = _Groups(_averaged(weights, members) if copies else weights, members, bar, rise)
    for given in start:
        heads = sorted({of[place] for place in given})
        for other in heads[1:]:
            groups.join(heads[0], other)
    groups.settle()
    return sorted(sorted(group) for group in groups.members if group)


def _averaged(weights: Floats, members: Sequence[Sequence[int]]) -> Floats:
    """The average weights between groups of copies."""
    rows = np.array([weights[group].sum(axis=0) / len(group) for group in members])
    columns = np.array([rows[:, group].sum(axis=1) / len(group) for group in members])
    np.fill_diagonal(columns, 0.0)
    return columns


class _Groups:
    """Groups being joined: their members and votes, and the sums of weights between them."""

    def __init__(self, weights: Floats, members: list[list[int]], bar: float, rise: float) -> None:
        self.members = members
        self.votes = np.ones(len(members))
        self.sums = weights.astype(np.float64, copy=True)
        self.bar, self.rise = bar, rise
        self.gone = np.zeros(len(members), dtype=np.bool_)

    def join(self, a: int, b: int) -> None:
        """Put group `b` into group `a`."""
        self.members[a] += self.members[b]
        self.members[b] = []
        self.votes[a] += self.votes[b]
        self.sums[a] += self.sums[b]
        self.sums[:, a] = self.sums[a]
        self.sums[a, a] = 0.0
        self.gone[b] = True

    def settle(self) -> None:
        """Join what is most alike on average, as long as it is above the bar for its votes."""
        means = self._all_means()
        best, other = means.max(axis=1, initial=-np.inf), _first(means)
        while best.size:
            a = int(best.argmax())
            if best[a] == -np.inf:
                return
            b = int(other[a])
            self.join(a, b)
            means[b], means[:, b], best[b] = -np.inf, -np.inf, -np.inf
            means[a] = means[:, a] = self._means(a)
            for row in np.flatnonzero((other == a) | (other == b) | (np.arange(best.size) == a)):
                best[row], other[row] = means[row].max(), means[row].argmax()
            nearer = (means[:, a] > best) | ((means[:, a] == best) & (other > a))
            best[nearer], other[nearer] = means[nearer, a], a

    def _all_means(self) -> Floats:
        """The averages of all groups with each other, as `_means` gives those of one."""
        means = self.sums / np.outer(self.votes, self.votes)
        votes = np.maximum(1.0, np.add.outer(self.votes, self.votes) - 1.0)
        means[means < self.bar + self.rise * np.log2(votes)] = -np.inf
        np.fill_diagonal(means, -np.inf)
        means[self.gone] = means[:, self.gone] = -np.inf
        found: Floats = means
        return found

    def _means(self, a: int) -> Floats:
        """The average of one group with each other one; minus infinity where it is below the bar."""
        means = self.sums[a] / (self.votes[a] * self.votes)
        votes = np.maximum(1.0, self.votes[a] + self.votes - 1.0)
        low = (means < self.bar + self.rise * np.log2(votes)) | self.gone
        means[low] = -np.inf
        means[a] = -np.inf
        if self.gone[a]:
            means[:] = -np.inf
        found: Floats = means
        return found


def _first(means: Floats) -> npt.NDArray[np.int64]:
    """The place of each row's greatest value, the first of equals."""
    return means.argmax(axis=1) if means.size else np.zeros(len(means), dtype=np.int64)
