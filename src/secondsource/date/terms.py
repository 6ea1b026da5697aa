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

REMEMBERED = 20_000
"""Days for which a term keeps what it came to."""

FINE = 800
"""Days up to which a set is followed run by run; a longer one is followed by its ends."""


class Term:
    """An operator with only the publication day left open, which remembers what it came to."""

    __slots__ = ("_known", "operator")

    def __init__(self, operator: Operator) -> None:
        self.operator = operator
        self._known: dict[int, Run | None] = {}

    def on(self, day: int) -> Run | None:
        """The days that the term comes to in an article published on a day."""
        if day not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[day] = comes_to(self.operator, day)
        return self._known[day]


@lru_cache(maxsize=1024)
def term_of(operator: Operator) -> Term:
    """The one `Term` of an operator, so that what it came to is found once for all accounts."""
    return Term(operator)


def comes_to(operator: Operator, day: int) -> Run | None:
    """The days that an operator comes to in an article published on a day."""
    found = ground(operator, Anchors(date.fromordinal(day)))
    if found is None or found.interval.earliest is None or found.interval.latest is None:
        return None
    return found.interval.earliest.toordinal(), found.interval.latest.toordinal()


def forwards(term: Term, published: Days) -> Days:
    """The days that a term may come to, its article published on one of some days."""
    if count(published) > FINE:
        return _ends(term, published)
    out: list[Run] = []
    for first, last in published:
        day = first
        while day <= last:
            run = term.on(day)
            if run is not None:
                out.append(run)
            day = _next_change(term, day, last, run)
    return days(out)


def backwards(term: Term, reached: Days, published: Days) -> Days:
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


def _ends(term: Term, published: Days) -> Days:
    """The hull of what a term may come to; an end that is open stays open."""
    first, last = published[0][0], published[-1][1]
    low, high = term.on(first), term.on(last)
    if low is None or high is None:
        return ((FIRST, LAST),)
    still = low == high
    begin = low[0] if first > FIRST or still else FIRST
    end = high[1] if last < LAST or still else LAST
    return ((begin, max(begin, end)),)


def _next_change(term: Term, day: int, last: int, run: Run | None) -> int:
    """The first day after `day` on which the term comes to something else."""
    step = 1
    while day + step <= last and term.on(day + step) == run:
        step *= 2
    low, high = day + step // 2, min(day + step, last + 1)
    while low + 1 < high:
        middle = (low + high) // 2
        if term.on(middle) == run:
            low = middle
        else:
            high = middle
    return high


def _first_day(term: Term, low: int, high: int, reach: int) -> int:
    """The first day from `low` on which the term's run ends on `reach` or later; `high + 1` if none."""
    high += 1
    while low < high:
        middle = (low + high) // 2
        run = term.on(middle)
        if run is not None and run[1] >= reach:
            high = middle
        else:
            low = middle + 1
    return low


def _last_day(term: Term, low: int, high: int, reach: int) -> int:
    """The last day up to `high` on which the term's run begins on `reach` or before; `low - 1` if none."""
    low -= 1
    while low < high:
        middle = (low + high + 1) // 2
        run = term.on(middle)
        if run is not None and run[0] <= reach:
            low = middle
        else:
            high = middle - 1
    return low
