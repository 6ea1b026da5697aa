"""Days and weeks beside something told: "the day after X", "the Monday before last", "the week of May 5"."""

from __future__ import annotations

from ...model import Operator
from ...model.time import event, published, shift, this, weekday
from .dates import date
from .found import Found, focus
from .words import Line

_NEIGHBOURS = {"after": 1, "following": 1, "before": -1, "preceding": -1}
_ENDS_PHRASE = frozenset([".", ",", ";", ")", '"', "”", "''", *"and but to at in from with".split()])


def beside_event(line: Line, i: int) -> Found | None:
    """As in "the day after X", "the week before", "the day before yesterday"."""
    if line[i].lower not in {"the", "a", "one"}:
        return None
    unit = line[i + 1].name("unit")
    n = _NEIGHBOURS.get(line[i + 2].lower)
    if unit is None or n is None or unit in {"second", "minute", "hour"}:
        return None
    word = line[i + 3]
    if (line[i + 2].lower, word.lower) in {("before", "last"), ("after", "next")}:
        return Found(i + 4, "DATE", shift(2 * n, unit, published()), f"{unit}-next-but-one")
    day = word.whole("day")
    if day is not None and day == n and unit == "day":
        return Found(i + 4, "DATE", shift(2 * n, "day", published()), "day-next-but-one")
    if line[i].lower == "the" and line[i - 1].lower == "to" and unit == "day":
        return None  # "ten years to the day after"
    told = date(line, i + 3) if line[i + 2].lower in {"after", "before"} else None
    if told and told.type == "DATE" and not told.weak and unit == "day":
        return told._replace(operator=shift(n, unit, told.operator), rule=f"day-{line[i + 2].lower}-date")
    if line[i].lower != "the" or line[i + 2].lower in {"following", "preceding"}:
        if line[i].lower == "the":
            return Found(i + 2, "DATE", shift(n, unit, event()), f"{unit}-{line[i + 2].lower}-event")
        return None
    if not word.text or word.text in _ENDS_PHRASE:
        return Found(i + 3, "DATE", shift(n, unit, focus("any")), f"{unit}-{line[i + 2].lower}")
    return Found(i + 2, "DATE", shift(n, unit, event()), f"{unit}-{line[i + 2].lower}-event")


def weekday_beside(line: Line, i: int) -> Found | None:
    """As in "the Tuesday before last", "the Monday after the crash"."""
    day = line[i + 1].whole("weekday")
    n = _NEIGHBOURS.get(line[i + 2].lower)
    if line[i].lower != "the" or day is None or n is None or not line[i + 1].titled:
        return None
    if (line[i + 2].lower, line[i + 3].lower) in {("before", "last"), ("after", "next")}:
        near = weekday(day, ("after" if n > 0 else "before"), published())
        return Found(i + 4, "DATE", shift(7 * n, "day", near), "weekday-next-but-one")
    told = date(line, i + 3)
    base = told.operator if told and told.type == "DATE" and not told.weak else event()
    end = told.end if told and base is told.operator else i + 2
    return Found(
        end,
        "DATE",
        weekday(day, ("after" if n > 0 else "before"), base),
        f"weekday-{line[i + 2].lower}-event",
    )


def closed_by(line: Line, i: int, unit: str) -> Found | None:
    """As in "[the quarter] ended July 31", "[the week] to 26 April": the one that the date closes.

    A quarter of the books need not be one of the calendar: it is called by the one that most of it is in.
    """
    j = i + 1 if line[i].lower == "that" else i
    if line[j].lower not in {"ended", "ending", "to", "through"}:
        return None
    told = date(line, j + 1)
    if told is None or told.type != "DATE" or not _is_day_of_month(told.operator):
        return None
    close = shift(-1, "month", told.operator) if unit == "quarter" else told.operator
    return Found(i, "DATE", this(unit, close), f"the-{unit}-ended")


def week_of(line: Line, i: int) -> Found | None:
    """As in "[the week] of April 15", "[the week] beginning May 6"."""
    told = date(line, i + 1) if line[i].lower in {"of", "beginning", "starting"} else None
    if told is None or told.type != "DATE" or not _is_day_of_month(told.operator):
        return None
    return Found(told.end, "DATE", this("week", told.operator), "week-of-date")


def _is_day_of_month(operator: Operator) -> bool:
    """Whether a term tells a day of a month."""
    form = str(operator.arguments[0]) if operator.arguments else ""
    return operator.name in {"yearly", "on"} and len(form) == len("XXXX-MM-DD") and form[-3] == "-"
