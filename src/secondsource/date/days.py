"""Sets of days: sorted, disjoint, inclusive runs of day numbers (proleptic Gregorian ordinals).

A `Days` is what is still possible for one unknown day. Runs stay few because
every constraint on a calendar carves intervals, so a set over all the years
costs as much as one over a week.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeAlias

from ..model import Interval

Run: TypeAlias = tuple[int, int]
Days: TypeAlias = tuple[Run, ...]

FIRST = date(1000, 1, 1).toordinal()
LAST = date(8999, 12, 31).toordinal()
ALL: Days = ((FIRST, LAST),)
"""Every day that an unknown day may be; the ends stand for "unbounded"."""
BRIM = 36_600
"""Days near the ends of `ALL` that are as good as the end: constraints nibble at an open end."""


def days(runs: Iterable[Run]) -> Days:
    """The union of runs, as sorted runs that neither touch nor overlap.

    >>> days([(5, 6), (1, 2), (3, 3)])
    ((1, 3), (5, 6))
    """
    out: list[Run] = []
    for first, last in sorted(runs):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return tuple(out)


def both(one: Days, other: Days) -> Days:
    """The days in both sets."""
    out: list[Run] = []
    i = j = 0
    while i < len(one) and j < len(other):
        first, last = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if first <= last:
            out.append((first, last))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return tuple(out)


def without(one: Days, other: Days) -> Days:
    """The days of the first set that are not in the second.

    >>> without(((1, 9),), ((3, 4), (9, 12)))
    ((1, 2), (5, 8))
    """
    out: list[Run] = []
    for first, last in one:
        at = first
        for begin, end in other:
            if end < at or begin > last:
                continue
            if begin > at:
                out.append((at, begin - 1))
            at = end + 1
        if at <= last:
            out.append((at, last))
    return tuple(out)


def count(of: Days) -> int:
    """How many days there are in the set."""
    return sum(last - first + 1 for first, last in of)


def each(of: Days) -> Iterator[int]:
    """The days of the set, in order."""
    for first, last in of:
        yield from range(first, last + 1)


def hull(of: Days) -> Days:
    """The one run from the first day to the last."""
    return ((of[0][0], of[-1][1]),) if of else ()


def on_weekdays(of: Days, weekdays: frozenset[int]) -> Days:
    """The days of the set that fall on one of these weekdays (1 for Monday to 7 for Sunday)."""
    return days((day, day) for day in each(of) if (day - 1) % 7 + 1 in weekdays)


def since(day: int) -> Days:
    """The day and all later ones."""
    return both(((day, LAST),), ALL)


def until(day: int) -> Days:
    """The day and all earlier ones."""
    return both(((FIRST, day),), ALL)


def of_interval(interval: Interval) -> Days:
    """The days of an interval; an open end reaches to the end of `ALL`."""
    first = interval.earliest.toordinal() if interval.earliest else FIRST
    last = interval.latest.toordinal() if interval.latest else LAST
    return ((first, last),)


def to_interval(run: Run) -> Interval:
    """The interval of a run; its ends are open where they come near the end of `ALL`."""
    first, last = run
    return Interval(
        None if first <= FIRST + BRIM else date.fromordinal(first),
        None if last >= LAST - BRIM else date.fromordinal(last),
    )
