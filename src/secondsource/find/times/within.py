"""Days and weeks told by their place in a longer time: "the first week of April", "the 25th"."""

from __future__ import annotations

from ...model.time import monthly, nth, part, published
from .dates import date
from .found import AUTO, Found, longest
from .numbers import ordinal
from .relative import relative
from .words import Line

_UNITS = frozenset({"day", "week", "weekend", "month"})
_LONGER = {
    "day": frozenset({"week", "month", "quarter", "year"}),
    "week": frozenset({"month", "quarter", "year"}),
    "weekend": frozenset({"month", "quarter", "year"}),
    "month": frozenset({"quarter", "year"}),
}


def within(line: Line, i: int) -> Found | None:
    """The longest expression at `i` that tells a day or week by its place in a longer time."""
    return longest(_placed(line, i), _numbered(line, i))


def _placed(line: Line, i: int) -> Found | None:
    """As in "the first week of April", "the last Friday in May 2019", "the final day of the year"."""
    j = i + 1 if line[i].lower == "the" else i
    which = ordinal(line, j)
    if which is None or line[which.end + 1].lower not in {"of", "in"}:
        return None
    word, k = line[which.end], which.end + 2
    weekday = word.whole("weekday") if word.titled else None
    unit = word.name("unit")
    base = longest(date(line, k), relative(line, k))
    if base is None or base.type != "DATE" or base.start is not None:
        return None
    longer = _unit(base)
    if weekday and abs(which.value) <= 5 and longer in {"month"}:
        return base._replace(
            operator=nth(which.value, weekday, base.operator), rule="placed-weekday", weak=False
        )
    if unit in _UNITS and longer in _LONGER[unit]:
        return base._replace(
            operator=part(which.value, unit, base.operator), rule=f"placed-{unit}", weak=False
        )
    return None


def _unit(found: Found) -> str | None:
    """The unit that a month, a quarter or a year is of."""
    name, arguments = found.operator.name, found.operator.arguments
    if name in {"yearly", "on"}:
        form = str(arguments[0])
        return {4: "year", 7: "quarter" if "Q" in form else "month"}.get(len(form))
    return str(arguments[-2]) if name in {"this", "shift"} else None


def _numbered(line: Line, i: int) -> Found | None:
    """As in "on the 25th", "until the 3rd."."""
    if line[i].lower != "the" or line[i - 1].lower not in {"on", "until", "till", "by", "since", "of"}:
        return None
    which = ordinal(line, i + 1)
    if which is None or not line[i + 1].digits or not 1 <= which.value <= 31:
        return None
    after = line[which.end]
    if after.text and after.text not in {".", ",", ";", ")"} and after.lower not in {"and", "at", "but"}:
        return None
    return Found(which.end, "DATE", monthly(which.value, AUTO, published()), "day-of-month")
