"""Greedy string tiling (Wise 1993): the runs of words that two passages share, in whatever order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .sayings import GAP

MIN_TILE = 3
"""The shortest run of words that counts as shared."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A run of words that two quotes share: where it begins in each, and its length."""

    left: int
    right: int
    length: int


def tiles(left: Sequence[str], right: Sequence[str]) -> list[Tile]:
    """The longest runs that two word sequences share, none overlapping, in any order.

    >>> [t.length for t in tiles("a b c d e".split(), "c d e a b".split())]
    [3]
    """
    found: list[Tile] = []
    used_left, used_right = [False] * len(left), [False] * len(right)
    for tile in sorted(_runs(left, right), key=lambda t: (-t.length, t.left, t.right)):
        tile = _free(tile, used_left, used_right)
        if tile.length < min(MIN_TILE, len(left), len(right)):
            continue
        for i in range(tile.length):
            used_left[tile.left + i] = used_right[tile.right + i] = True
        found.append(tile)
    return found


def longest(left: Sequence[str], right: Sequence[str]) -> int:
    """The length of the longest run that two word sequences share; 0 where they share no word.

    >>> longest("a b c d e".split(), "x d e a b".split())
    2
    """
    if not set(left) & set(right):
        return 0
    return max((tile.length for tile in _runs(left, right)), default=0)


def _runs(left: Sequence[str], right: Sequence[str]) -> Iterator[Tile]:
    """Maximal common runs; gaps (ellipses) match nothing."""
    places: dict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(right):
        if word != GAP:
            places[word].append(j)
    before: dict[int, int] = {}
    for i, word in enumerate([*left, GAP]):
        here = {j: before.get(j - 1, 0) + 1 for j in places.get(word, ())}
        for j, length in before.items():
            if j + 1 not in here:
                yield Tile(i - length, j - length + 1, length)
        before = here


def _free(tile: Tile, used_left: Sequence[bool], used_right: Sequence[bool]) -> Tile:
    """The longest part of a tile whose words are still free."""
    best, start = Tile(tile.left, tile.right, 0), 0
    for i in range(tile.length + 1):
        if i == tile.length or used_left[tile.left + i] or used_right[tile.right + i]:
            if i - start > best.length:
                best = Tile(tile.left + start, tile.right + start, i - start)
            start = i + 1
    return best
