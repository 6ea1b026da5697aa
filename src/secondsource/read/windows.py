"""Windows: the words of a text in runs that the network takes at once, cut where they hurt least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

WINDOW: Final = 254
"""The word pieces of one window at most."""

_AT_PARAGRAPH: Final = 0.0
_AT_SENTENCE: Final = 0.35
_ANYWHERE: Final = 2.0


def cut(sizes: Sequence[int], paragraphs: Sequence[bool], sentences: Sequence[bool]) -> list[tuple[int, int]]:
    """Half-open ranges of words, each of at most `WINDOW` pieces.

    `sizes` are the words' numbers of pieces; `paragraphs` and `sentences` say
    whether a word is (likely) the first of one. Windows are made about equally
    long, and end at a paragraph's end where there is one near the goal, else
    at a sentence's end.
    """
    upto = [0]
    for size in sizes:
        upto.append(upto[-1] + size)
    ranges: list[tuple[int, int]] = []
    start = 0
    while start < len(sizes):
        stop = _stop(upto, start, paragraphs, sentences)
        ranges.append((start, stop))
        start = stop
    return ranges


def _stop(upto: Sequence[int], start: int, paragraphs: Sequence[bool], sentences: Sequence[bool]) -> int:
    """Where the window that begins at `start` ends."""
    n = len(upto) - 1
    left = upto[n] - upto[start]
    if left <= WINDOW:
        return n
    goal = left / (-(-left // WINDOW)) if left < 8 * WINDOW else WINDOW
    best, least = start + 1, float("inf")
    for stop in _stops_backwards(upto, start):
        kind = _AT_PARAGRAPH if paragraphs[stop] else _AT_SENTENCE if sentences[stop] else _ANYWHERE
        cost = kind + abs(upto[stop] - upto[start] - goal) / WINDOW
        if cost < least:
            best, least = stop, cost
    return best


def _stops_backwards(upto: Sequence[int], start: int) -> Iterator[int]:
    stop = start + 1
    n = len(upto) - 1
    while stop < n and upto[stop + 1] - upto[start] <= WINDOW:
        stop += 1
    yield from range(stop, start, -1)
