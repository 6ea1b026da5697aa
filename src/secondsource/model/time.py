"""Time: TIMEX3 types, intervals of days, and the terms that time expressions mean.

An expression is kept as a term (an `Operator`): `shift(-1, "month", published())`
is "last month". What a term comes to is known once its anchor is; grounding is
in `secondsource.date.ground`. The functions below build the terms and are the
whole vocabulary; the anchor of a relative term is always its last argument, so
terms compose.

Directions say which of the many Fridays, Mays or Christmases is meant, seen
from the anchor:

    past       the latest that does not begin after the anchor
    before     the latest that is over when the anchor begins
    future     the first that is not over when the anchor begins
    after      the first that begins when the anchor is over
    nearest    whichever is least far away
    recent     the nearest, but none that begins long after the anchor: a day up to two months
               ahead, what is longer up to one
    same       that of the anchor's own week (weekdays), month or year
    previous   that of the week, month or year before
    following  that of the week, month or year after
"""

from __future__ import annotations

import calendar as _months
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from ..errors import InputError

TimeType: TypeAlias = Literal["DATE", "TIME", "DURATION", "SET"]
Direction: TypeAlias = Literal[
    "past", "before", "future", "after", "nearest", "recent", "same", "previous", "following"
]


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Days from `earliest` to `latest`, both included; `None` where unbounded."""

    earliest: date | None
    latest: date | None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.latest < self.earliest:
            raise InputError(f"interval: {self.latest} is before {self.earliest}")


@dataclass(frozen=True, slots=True)
class Operator:
    """A time expression's meaning as a term, grounded only when an anchor is known.

    `name` is the operator ("shift", "weekday"), `arguments` its operands:
    strings, whole numbers or further operators.

    >>> str(shift(-1, "month", published()))
    'shift(-1, month, published())'
    """

    name: str
    arguments: tuple[str | int | Operator, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}({', '.join(str(a) for a in self.arguments)})"


def published() -> Operator:
    """The day the article was published."""
    return Operator("published")


def mention(index: int) -> Operator:
    """What an earlier time mention of the same reading comes to."""
    return Operator("mention", (index,))


def event() -> Operator:
    """When the event happens that the time mention is anchored on."""
    return Operator("event")


def on(value: str) -> Operator:
    """A calendar date told in full: "2019-04-17", "1988-08", "1989-Q3", "198"."""
    return Operator("on", (value,))


def this(unit: str, anchor: Operator) -> Operator:
    """The day, week, weekend, month, quarter, half, year, decade or century that holds the anchor."""
    return Operator("this", (unit, anchor))


def shift(n: int, unit: str, anchor: Operator) -> Operator:
    """So many units from the anchor, told in that unit: "last month", "two weeks ago"."""
    return Operator("shift", (n, unit, anchor))


def move(n: int, unit: str, anchor: Operator) -> Operator:
    """The anchor moved, its own granularity kept: "a year earlier" than a quarter is a quarter."""
    return Operator("move", (n, unit, anchor))


def weekday(day: int, direction: str, anchor: Operator) -> Operator:
    """A weekday, 1 for Monday to 7 for Sunday."""
    return Operator("weekday", (day, direction, anchor))


def yearly(form: str, direction: str, anchor: Operator) -> Operator:
    """What comes once a year: "XXXX-08", "XXXX-08-07", "XXXX-Q3", "XXXX-WI", "XXXX-H1"."""
    return Operator("yearly", (form, direction, anchor))


def holiday(name: str, direction: str, anchor: Operator) -> Operator:
    """A holiday of the table of holidays."""
    return Operator("holiday", (name, direction, anchor))


def monthly(day: int, direction: str, anchor: Operator) -> Operator:
    """A day of the month: "the 25th"."""
    return Operator("monthly", (day, direction, anchor))


def part(k: int, unit: str, base: Operator) -> Operator:
    """The k-th unit within a longer one, from the end if negative: "the first week of May"."""
    return Operator("part", (k, unit, base))


def nth(k: int, day: int, base: Operator) -> Operator:
    """The k-th such weekday of a month or year, from the end if negative."""
    return Operator("nth", (k, day, base))


def at(time: str, base: Operator, zone: str = "") -> Operator:
    """A time of day ("T17:00", "TMO", "TNI") on the base's day, in a zone ("Z", "-05") if one is told."""
    return Operator("at", (time, zone, base) if zone else (time, base))


def early(base: Operator) -> Operator:
    """The start of the base."""
    return Operator("early", (base,))


def mid(base: Operator) -> Operator:
    """The middle of the base."""
    return Operator("mid", (base,))


def late(base: Operator) -> Operator:
    """The end of the base."""
    return Operator("late", (base,))


def so_far(base: Operator, anchor: Operator) -> Operator:
    """What of the base is over at the anchor: "earlier this month"."""
    return Operator("so-far", (base, anchor))


def remaining(base: Operator, anchor: Operator) -> Operator:
    """What of the base is to come at the anchor: "later this year"."""
    return Operator("remaining", (base, anchor))


def about(base: Operator) -> Operator:
    """Around the base."""
    return Operator("about", (base,))


def before(base: Operator) -> Operator:
    """The base or earlier."""
    return Operator("before", (base,))


def after(base: Operator) -> Operator:
    """The base or later."""
    return Operator("after", (base,))


def during(value: str, direction: str, anchor: Operator) -> Operator:
    """A stretch of time that ends ("past") or begins ("future") at the anchor: "the past two months"."""
    return Operator("during", (value, direction, anchor))


def duration(value: str) -> Operator:
    """A length of time, nowhere on the calendar: "P9M"."""
    return Operator("duration", (value,))


def every(value: str) -> Operator:
    """A set of times: "P1D", "XXXX-WXX-4"."""
    return Operator("every", (value,))


def ref(which: str, anchor: Operator) -> Operator:
    """PAST_REF, PRESENT_REF or FUTURE_REF, as seen from the anchor."""
    return Operator("ref", (which, anchor))


def _nodes(operator: Operator) -> Iterator[Operator]:
    yield operator
    for argument in operator.arguments:
        if isinstance(argument, Operator):
            yield from _nodes(argument)


def anchors_of(operator: Operator) -> frozenset[str]:
    """Which anchors a term hangs on: `published`, `mention`, `event`, or none."""
    return frozenset(n.name for n in _nodes(operator) if n.name in {"published", "mention", "event"})


def mentions_of(operator: Operator) -> frozenset[int]:
    """The indices of the time mentions that a term hangs on."""
    return frozenset(int(str(n.arguments[0])) for n in _nodes(operator) if n.name == "mention")


SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The month in which a season of three months begins (northern, meteorological)."""

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})(?:-(?P<day>\d{2}))?|W(?P<week>\d{1,2})(?P<weekend>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)|[A-Z]*X+(?:-X+)*))?(?:T.*)?"
    r"|(?P<decade>\d{3})X?|(?P<century>\d{2})(?:XX)?|FY(?P<fiscal>\d{4})"
)
NEVER = Interval(None, None)
"""The interval of what is on no calendar."""


def month_span(year: int, month: int, months: int = 1) -> Interval:
    """So many whole months from the first of one.

    Raises:
        ValueError: when a day of it is outside the calendar.
    """
    last_year, last = divmod(year * 12 + month - 1 + months - 1, 12)
    return Interval(
        date(year, month, 1), date(last_year, last + 1, _months.monthrange(last_year, last + 1)[1])
    )


def _years(first: int, last: int) -> Interval:
    return Interval(date(max(first, 1), 1, 1), date(last, 12, 31))


def _week(year: int, week: int, weekend: bool) -> Interval:
    monday = date.fromisocalendar(year, week, 1)
    return Interval(monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=6))


def bounds(value: str) -> Interval:
    """The days that a TIMEX3 value covers; unbounded on both sides for what is on no calendar.

    >>> bounds("1989-Q3")
    Interval(earliest=datetime.date(1989, 7, 1), latest=datetime.date(1989, 9, 30))
    """
    match = _VALUE.fullmatch(value)
    if match is None:
        return NEVER
    try:
        return _covered({k: v for k, v in match.groupdict().items() if v})
    except ValueError:
        return NEVER


def _covered(parts: dict[str, str]) -> Interval:
    number = {k: int(v) for k, v in parts.items() if v.isdigit()}
    if "decade" in number:
        return _years(number["decade"] * 10, number["decade"] * 10 + 9)
    if "century" in number:
        return _years(number["century"] * 100, number["century"] * 100 + 99)
    if "fiscal" in number:
        return month_span(number["fiscal"] - 1, 7, 18)
    year = number["year"]
    if "day" in number:
        day = date(year, number["month"], number["day"])
        return Interval(day, day)
    if "month" in number:
        return month_span(year, number["month"])
    if "week" in number:
        return _week(year, number["week"], "weekend" in parts)
    if "quarter" in number:
        return month_span(year, 3 * number["quarter"] - 2, 3)
    if "half" in number:
        return month_span(year, 6 * number["half"] - 5, 6)
    if "season" in parts:
        return month_span(year, SEASONS[parts["season"]], 3)
    return _years(year, year)
