"""Calendar units: the unit that holds a day, units apart, and units within one another.

A stretch of the calendar is told by its TIMEX3 value; its days are `bounds(value)`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from ..model.time import SEASONS, bounds

_GRAINS = (
    ("day", re.compile(r"\d{4}-\d{2}-\d{2}")),
    ("weekend", re.compile(r"\d{4}-W\d{2}-WE")),
    ("week", re.compile(r"\d{4}-W\d{2}")),
    ("month", re.compile(r"\d{4}-\d{2}")),
    ("quarter", re.compile(r"\d{4}-Q\d")),
    ("half", re.compile(r"\d{4}-H\d")),
    ("season", re.compile(r"\d{4}-(?:SP|SU|FA|WI)")),
    ("year", re.compile(r"\d{4}")),
    ("decade", re.compile(r"\d{3}")),
    ("century", re.compile(r"\d{2}")),
)
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "weekend": 7}
CLOCK = {"hour", "minute", "second"}
"""Units that are shorter than a day."""


def grain(value: str) -> str | None:
    """The unit that a value tells: "month" for "1988-08"; nothing for what is no calendar date."""
    day, _, _ = value.partition("T")
    return next((unit for unit, form in _GRAINS if form.fullmatch(day)), None)


def unit_of(unit: str, day: date) -> str:
    """The value of the unit that holds a day.

    >>> unit_of("week", date(1998, 3, 22))
    '1998-W12'
    """
    year, month = day.year, day.month
    if unit in {"week", "weekend"}:
        iso_year, week, _ = day.isocalendar()
        return f"{iso_year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    if unit == "season":
        start = max((m for m in SEASONS.values() if m <= month), default=12)
        name = next(s for s, m in SEASONS.items() if m == start)
        return f"{year - (month < 3):04}-{name}"
    forms = {
        "month": f"{year:04}-{month:02}",
        "quarter": f"{year:04}-Q{(month + 2) // 3}",
        "half": f"{year:04}-H{(month + 5) // 6}",
        "year": f"{year:04}",
        "fiscal-year": f"{year:04}",
        "decade": f"{year // 10:03}",
        "century": f"{year // 100:02}",
    }
    return forms.get(unit, day.isoformat())


def step(day: date, n: int, unit: str) -> date:
    """The day so many units away; a day that the month lacks becomes its last.

    Raises:
        ValueError, OverflowError: outside the calendar.

    >>> step(date(2000, 2, 29), -1, "year")
    datetime.date(1999, 2, 28)
    """
    if unit in _DAYS:
        return day + timedelta(days=n * _DAYS[unit])
    if unit in CLOCK:
        return day
    year, month = divmod(day.year * 12 + day.month - 1 + n * _MONTHS.get(unit, 12), 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def within(k: int, unit: str, base: str) -> str | None:
    """The value of the k-th unit within a base, from its end if negative; a week is where its Thursday is.

    >>> within(1, "week", "2019-05"), within(-1, "month", "1990-Q1")
    ('2019-W18', '1990-03')
    """
    days = bounds(base)
    if days.earliest is None or days.latest is None or k == 0:
        return None
    edge = days.earliest if k > 0 else days.latest
    if unit == "week":
        edge += timedelta(days=(3 - edge.weekday()) % 7 if k > 0 else -((edge.weekday() - 3) % 7))
    held = step(edge, k - 1 if k > 0 else k + 1, unit)
    return unit_of(unit, held) if days.earliest <= held <= days.latest else None
