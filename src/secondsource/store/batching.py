"""Many values asked for in several questions, none longer than a database takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

MANY: Final = 500
"""So many values are asked for in one question."""


def batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values, as many at a time as one question may hold.

    >>> [len(some) for some in batches(["a"] * 1_100)]
    [500, 500, 100]
    """
    return (values[at : at + MANY] for at in range(0, len(values), MANY))
