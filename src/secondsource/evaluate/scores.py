"""Scorers that several evaluations share: how well proposed groups match the true ones.

Groups are given as a mapping from item to the name of its group; both mappings
must have the same items.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, TypeAlias

Chains: TypeAlias = Collection[Set[Hashable]]
"""Chains of mentions; a mention is in one chain at most."""


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


def muc(proposed: Chains, true: Chains) -> Score:
    """MUC (Vilain et al. 1995): of the links that make up each chain, the share that the others have.

    >>> muc([{1, 2}, {3, 4}, {6, 7, 8, 9}], [{1, 2, 3}, {4, 5, 6, 7}]).recall
    0.4
    """
    return Score(_ratio(*_links_kept(proposed, true)), _ratio(*_links_kept(true, proposed)))


def _links_kept(chains: Chains, others: Chains) -> tuple[float, float]:
    place = {mention: number for number, chain in enumerate(others) for mention in chain}
    kept = total = 0
    for chain in chains:
        alone = sum(mention not in place for mention in chain)
        kept += len(chain) - alone - len({place[mention] for mention in chain if mention in place})
        total += len(chain) - 1
    return kept, total


def b_cubed_chains(proposed: Chains, true: Chains) -> Score:
    """B-cubed over chains whose mentions may differ: each side is averaged over its own mentions."""
    return Score(_ratio(*_shared(proposed, true)), _ratio(*_shared(true, proposed)))


def _shared(chains: Chains, others: Chains) -> tuple[float, float]:
    place = {mention: number for number, chain in enumerate(others) for mention in chain}
    right = 0.0
    for chain in chains:
        found = Counter(place[mention] for mention in chain if mention in place)
        right += sum(count * count for count in found.values()) / len(chain)
    return right, float(sum(len(chain) for chain in chains))


def ceaf_e(proposed: Chains, true: Chains) -> Score:
    """CEAF with the entity-based likeness phi4 (Luo 2005): chains are aligned one to one."""
    if not proposed or not true:
        return Score(0.0, 0.0)
    total = math.fsum(_aligned(ours, theirs) for ours, theirs in _touching(proposed, true))
    return Score(total / len(proposed), total / len(true))


def _aligned(ours: Sequence[Set[Hashable]], theirs: Sequence[Set[Hashable]]) -> float:
    likeness = [[2 * len(a & b) / (len(a) + len(b)) for b in theirs] for a in ours]
    return math.fsum(likeness[row][column] for row, column in assign(likeness))


def _touching(proposed: Chains, true: Chains) -> Iterator[tuple[list[Set[Hashable]], list[Set[Hashable]]]]:
    """Chains of both sides that hang together by common mentions: what is apart need not be aligned."""
    ours, theirs = list(proposed), list(true)
    home = {mention: number for number, chain in enumerate(theirs) for mention in chain}
    near = [sorted({home[mention] for mention in chain if mention in home}) for chain in ours]
    place = list(range(len(theirs)))

    def root(number: int) -> int:
        while place[number] != number:
            number = place[number]
        return number

    for numbers in near:
        for number in numbers:
            place[root(number)] = root(numbers[0])
    groups: dict[int, tuple[list[Set[Hashable]], list[Set[Hashable]]]] = {}
    for chain, numbers in zip(ours, near, strict=True):
        if numbers:
            groups.setdefault(root(numbers[0]), ([], []))[0].append(chain)
    for number, chain in enumerate(theirs):
        if root(number) in groups:
            groups[root(number)][1].append(chain)
    yield from groups.values()


def conll(proposed: Chains, true: Chains) -> float:
    """The CoNLL 2012 score: the mean of the F1 of MUC, B-cubed and CEAFe."""
    measures = (muc, b_cubed_chains, ceaf_e)
    return sum(measure(proposed, true).f1 for measure in measures) / len(measures)


def assign(gains: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs of a row and a column, each used once, of the greatest total gain (Kuhn 1955, Munkres 1957)."""
    rows, columns = len(gains), len(gains[0])
    if rows > columns:
        turned = [[gains[row][column] for row in range(rows)] for column in range(columns)]
        return sorted((row, column) for column, row in assign(turned))
    raised_row, raised_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0] = row
        column, came = _augment(gains, owner, raised_row, raised_column)
        while column:
            owner[column] = owner[came[column]]
            column = came[column]
    return sorted((owner[column] - 1, column - 1) for column in range(1, columns + 1) if owner[column])


def _augment(
    gains: Sequence[Sequence[float]], owner: list[int], raised_row: list[float], raised_column: list[float]
) -> tuple[int, list[int]]:
    """The free column that the row owned by column 0 reaches most cheaply, and the way there."""
    columns = len(owner) - 1
    least, came, done = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
    column = 0
    while owner[column]:
        done[column] = True
        row, step, nearest = owner[column], float("inf"), 0
        for other in range(1, columns + 1):
            if done[other]:
                continue
            cost = -gains[row - 1][other - 1] - raised_row[row] - raised_column[other]
            if cost < least[other]:
                least[other], came[other] = cost, column
            if least[other] < step:
                step, nearest = least[other], other
        for other in range(columns + 1):
            if done[other]:
                raised_row[owner[other]] += step
                raised_column[other] -= step
            else:
                least[other] -= step
        column = nearest
    return column, came


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
