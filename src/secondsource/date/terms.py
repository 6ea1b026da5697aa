"""Terms as functions of the publication day, forwards and backwards.

"Next week" said on a day comes to a run of days; told that run, the day must
lie in the week before. Both ways are needed: forwards to learn what happened
when, backwards to learn when an article was written. Every term moves with
its anchor (a later publication never gives an earlier result), so the days
that fit a run are themselves a run, found by bisection.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from ..model import Operator
from .days import FIRST, LAST, Days, Run, both, count, days, hull
from .ground import Anchors, ground

FINE = 800
"""Days up to which a set is followed run by run; a longer one is followed by its ends."""


@lru_cache(maxsize=65536)
def comes_to(term: Operator, day: int) -> Run | None:
    """The days that a term comes to in an article published on a day."""
    found = ground(term, Anchors(date.fromordinal(day)))
    if found is None or found.interval.earliest is None or found.interval.latest is None:
        return None
    return found.interval.earliest.toordinal(), found.interval.latest.toordinal()


def forwards(term: Operator, published: Days) -> Days:
    """The days that a term may come to, its article published on one of some days."""
    if count(published) > FINE:
        return _ends(term, published)
    out: list[Run] = []
    for first, last in published:
        day = first
        while day <= last:
            run = comes_to(term, day)
            if run is not None:
                out.append(run)
            day = _next_change(term, day, last, run)
    return days(out)


def backwards(term: Operator, reached: Days, published: Days) -> Days:
    """Of some days of publication, those on which a term comes to a run that meets a set of days."""
    if not published or not reached:
        return ()
    low, high = published[0][0], published[-1][1]
    if len(reached) > FINE:
        reached = hull(reached)
    out: list[Run] = []
    for first, last in reached:
        begin = _first_day(term, low, high, first)
        end = _last_day(term, low, high, last)
        if begin <= end:
            out.append((begin, end))
    return both(days(out), published)


def _ends(term: Operator, published: Days) -> Days:
    """The hull of what a term may come to; an end that is open stays open."""
    first, last = published[0][0], published[-1][1]
    low, high = comes_to(term, first), comes_to(term, last)
    if low is None or high is None:
        return ((FIRST, LAST),)
    still = low == high
    begin = low[0] if first > FIRST or still else FIRST
    end = high[1] if last < LAST or still else LAST
    return ((begin, max(begin, end)),)


def _next_change(term: Operator, day: int, last: int, run: Run | None) -> int:
    """The first day after `day` on which the term comes to something else."""
    step = 1
    while day + step <= last and comes_to(term, day + step) == run:
        step *= 2
    low, high = day + step // 2, min(day + step, last + 1)
    while low + 1 < high:
        middle = (low + high) // 2
        if comes_to(term, middle) == run:
            low = middle
        else:
            high = middle
    return high


def _first_day(term: Operator, low: int, high: int, reach: int) -> int:
    """The first day from `low` on which the term's run ends on `reach` or later; `high + 1` if none."""
    high += 1
    while low < high:
        middle = (low + high) // 2
        run = comes_to(term, middle)
        if run is not None and run[1] >= reach:
            high = middle
        else:
            low = middle + 1
    return low


def _last_day(term: Operator, low: int, high: int, reach: int) -> int:
    """The last day up to `high` on which the term's run begins on `reach` or before; `low - 1` if none."""
    low -= 1
    while low < high:
        middle = (low + high + 1) // 2
        run = comes_to(term, middle)
        if run is not None and run[0] <= reach:
            low = middle
        else:
            high = middle - 1
    return low
