"""Holidays: the day of each year on which a holiday falls, by rule."""

from __future__ import annotations

import calendar
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Mapping[str, int]]:
    text = files(__package__).joinpath("holidays.toml").read_text(encoding="utf-8")
    rules: dict[str, dict[str, int]] = tomllib.loads(text)
    return rules


def names() -> frozenset[str]:
    """The holidays that there are rules for."""
    return frozenset(_rules())


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, 1991).

    >>> easter(2000)
    datetime.date(2000, 4, 23)
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, skipped = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    quads, spare = divmod(rest, 4)
    to_sunday = (32 + 2 * skipped + 2 * quads - epact - spare) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday (1 Monday .. 7 Sunday) of a month, from its end if `nth` is negative.

    Raises:
        ValueError: when the month has no such day.
    """
    if nth > 0:
        first = date(year, month, 1)
        day = 1 + (weekday - first.isoweekday()) % 7 + 7 * (nth - 1)
    else:
        last = calendar.monthrange(year, month)[1]
        day = last - (date(year, month, last).isoweekday() - weekday) % 7 + 7 * (nth + 1)
    return date(year, month, day)


def holiday_in(name: str, year: int) -> date:
    """When a holiday falls in a year.

    Raises:
        KeyError: when there is no rule for it.
        ValueError: when the day is outside the calendar.

    >>> holiday_in("thanksgiving", 1999)
    datetime.date(1999, 11, 25)
    """
    rule = _rules()[name]
    if "easter" in rule:
        return easter(year) + timedelta(days=rule["easter"])
    if "day" in rule:
        return date(year, rule["month"], rule["day"])
    found = nth_weekday(year, rule["month"], rule["weekday"], rule["nth"])
    return found + timedelta(days=rule.get("plus", 0))
