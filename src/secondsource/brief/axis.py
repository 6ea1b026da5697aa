"""The axis of a timeline: days to positions, long stretches without news drawn short."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

_LINEAR_DAYS: Final = 45
"""Up to this many days the axis is to scale."""
_ROOT: Final = 0.25
_CHARACTER: Final = 3.0
"""How wide a character of a tick's label is at most, in percent of the axis."""
_MANY: Final = 40
_FEW_YEARS: Final = 6
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """Where an interval lies on the axis, in percent; open at an end that is not known."""

    left: float
    right: float
    open_left: bool = False
    open_right: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on the axis, in percent."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Days to percent: a straight line between knots, each stretch of its own steepness."""

    days: tuple[int, ...]
    places: tuple[float, ...]
    scaled: bool

    def at(self, day: int) -> float:
        """Where a day begins, in percent."""
        if day <= self.days[0]:
            return self.places[0]
        if day >= self.days[-1]:
            return self.places[-1]
        left = bisect_right(self.days, day) - 1
        share = (day - self.days[left]) / (self.days[left + 1] - self.days[left])
        return self.places[left] + share * (self.places[left + 1] - self.places[left])

    def bar(self, days: Days) -> Bar | None:
        """The bar of an interval; nothing, if neither end is known."""
        first, last = days
        if first is None and last is None:
            return None
        left = self.at(first.toordinal()) if first else 0.0
        right = self.at(last.toordinal() + 1) if last else 100.0
        return Bar(round(left, 2), round(right, 2), first is None, last is None)

    def ticks(self) -> tuple[Tick, ...]:
        """Years, then months, then days, as many as have room."""
        chosen: list[Tick] = []
        for day, label in _landmarks(self.days[0], self.days[-1]):
            at = self.at(day)
            if all(_clear(at, label, tick) for tick in chosen) and at + len(label) * _CHARACTER <= 108:
                chosen.append(Tick(round(at, 2), label))
        return tuple(sorted(chosen, key=lambda tick: tick.at))


def axis(intervals: Iterable[Days]) -> Axis | None:
    """The axis on which these intervals can be drawn; nothing, if none has an end."""
    knots: set[int] = set()
    for first, last in intervals:
        knots |= {first.toordinal()} if first else set()
        knots |= {last.toordinal() + 1} if last else set()
    if not knots:
        return None
    days = sorted(knots)
    if len(days) == 1:
        days = [days[0] - 1, days[0]] if days[0] > 1 else [1, 2]
    scaled = days[-1] - days[0] <= _LINEAR_DAYS
    lengths = [(b - a) if scaled else (b - a) ** _ROOT for a, b in pairwise(days)]
    places, at, whole = [0.0], 0.0, sum(lengths)
    for length in lengths:
        at += length
        places.append(100 * at / whole)
    return Axis(tuple(days), tuple(places), scaled)


def _clear(at: float, label: str, tick: Tick) -> bool:
    """Whether a label at this place leaves a character's room to a tick's."""
    left, right = (
        ((at, label), (tick.at, tick.label)) if at < tick.at else ((tick.at, tick.label), (at, label))
    )
    return right[0] - left[0] >= (len(left[1]) + 1) * _CHARACTER


def _landmarks(first: int, last: int) -> Sequence[tuple[int, str]]:
    """Starts of years, of months, then the days themselves, within the axis, in order of weight."""
    start, end = date.fromordinal(first), date.fromordinal(min(last, date.max.toordinal()))
    span = end.year - start.year + 1
    step = next(s for s in (1, 10, 100, 1000) if span <= _MANY * s)
    years = [y for y in range(start.year, end.year + 1) if y % step == 0]
    found = [(date(y, 1, 1).toordinal(), str(y)) for y in years]
    if span <= _FEW_YEARS:
        found += [
            (date(y, m + 1, 1).toordinal(), f"{name} {y}") for y in years for m, name in enumerate(_MONTHS)
        ]
    if last - first <= 2 * _LINEAR_DAYS:
        found += [(day, _day_label(date.fromordinal(day))) for day in range(first, last)]
    return [(day, label) for day, label in found if first <= day < last]


def _day_label(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"
