"""Charts as shapes: numbers that the templates draw as SVG elements, without style or script of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

SPARK_DAYS: Final = 14
FEWEST: Final = 30
"""A timeline has room for so many columns, at least: a day or two do not fill the page."""
_STEP: Final = 6
_HEIGHT: Final = 18


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sparkline, in pixels from the top left."""

    x: int
    y: float
    height: float
    empty: bool


@dataclass(frozen=True, slots=True)
class Spark:
    """How many articles each day had: the last days of a story, the newest to the right.

    `label` says in words what the columns show.
    """

    width: int
    height: int
    columns: tuple[Column, ...]
    label: str


def spark(per_day: Sequence[tuple[date, int]], days: int = SPARK_DAYS) -> Spark:
    """The sparkline of a story whose last day is the last day it has articles of.

    >>> spark([(date(2024, 5, 1), 2), (date(2024, 5, 3), 4)], days=3).label
    '6 articles in 3 days, most on 3 May 2024 (4)'
    """
    from ..brief import words

    if not per_day:
        return Spark(days * _STEP, _HEIGHT, (), "no article is dated")
    counts = {day.toordinal(): number for day, number in per_day}
    last = max(counts)
    shown = [counts.get(day, 0) for day in range(last - days + 1, last + 1)]
    top = max(shown)
    columns = tuple(_column(place, number, top) for place, number in enumerate(shown))
    span = last - min(counts) + 1
    most = max(counts, key=lambda day: (counts[day], day))
    articles = f"{sum(counts.values())} article{'s' if sum(counts.values()) != 1 else ''}"
    when = f"in {span} days" if span > 1 else "on one day"
    peak = f", most on {words.day(date.fromordinal(most))} ({counts[most]})" if span > 1 else ""
    return Spark(days * _STEP, _HEIGHT, columns, f"{articles} {when}{peak}")


def _column(place: int, number: int, top: int) -> Column:
    # The square root lets single articles be seen beside a day of hundreds.
    height = round(max(3.0, (_HEIGHT - 1) * (number / top) ** 0.5), 1) if number else 1.0
    return Column(place * _STEP, round(_HEIGHT - height, 1), height, not number)


@dataclass(frozen=True, slots=True)
class Bin:
    """A day, month or year of a timeline: where its column stands, in percent, and what it counts."""

    left: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """How many of something each day, month or year has; `label` says in words what the columns show."""

    columns: tuple[Bin, ...]
    start: str
    end: str
    label: str


def timeline(days: Sequence[date], most: int = 60) -> Timeline | None:
    """The chart of these days: by day, by month or by year, whichever gives at most so many columns.

    >>> timeline([date(2024, 5, 1), date(2024, 5, 3), date(2024, 5, 3)]).label
    '3 from 1 May 2024 to 3 May 2024, most 3 May 2024 (2)'
    """
    if not days:
        return None
    span = (max(days) - min(days)).days + 1
    unit = next((size for size in (1, 31) if span / size <= most), 366)
    counts = Counter(_bin(day, unit) for day in days)
    names = {_bin(day, unit): _named(day, unit) for day in days}
    low, high = min(counts), max(counts)
    width, top = 100 / max(FEWEST, high - low + 1), max(counts.values())
    columns = tuple(
        Bin(round(width * (at - low), 2), round(width, 2), round(100 * n / top, 1), f"{names[at]}: {n}")
        for at, n in sorted(counts.items())
    )
    peak = max(counts, key=lambda at: (counts[at], at))
    said = f"{len(days)} from {names[low]} to {names[high]}, most {names[peak]} ({top})"
    return Timeline(columns, names[low], names[high], said)


def _bin(day: date, unit: int) -> int:
    if unit == 1:
        return day.toordinal()
    return day.year * 12 + day.month if unit == 31 else day.year


def _named(day: date, unit: int) -> str:
    from ..brief import words

    if unit == 1:
        return words.day(day)
    return words.day(day).partition(" ")[2] if unit == 31 else str(day.year)
