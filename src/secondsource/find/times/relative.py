"""Relative expressions: "last week", "the past two months", "two years ago", "that night", "now"."""

from __future__ import annotations

from ...model import Operator
from ...model.time import (
    at,
    duration,
    during,
    holiday,
    late,
    move,
    on,
    published,
    ref,
    shift,
    this,
    weekday,
    yearly,
)
from .beside import beside_event, closed_by, week_of, weekday_beside
from .dates import holiday_name, in_year, quarter
from .found import AUTO, Found, focus, longest
from .lengths import length_value, measured, unit_at
from .numbers import quantity, year
from .words import Line


def relative(line: Line, i: int) -> Found | None:
    """The longest relative expression at `i`."""
    return longest(
        _day_word(line, i),
        _reference(line, i),
        _related(line, i),
        _ago(line, i),
        _year_ago(line, i),
        _period(line, i),
        beside_event(line, i),
        weekday_beside(line, i),
        _the_unit(line, i),
        _end_of_unit(line, i),
        _idiom(line, i),
    )


def _day_word(line: Line, i: int) -> Found | None:
    """As in "today", "yesterday morning", "tonight"."""
    offset = line[i].whole("day")
    if offset is None or (line[i].lower == "today" and line[i - 1].text == "USA"):
        return None
    base = shift(offset, "day", published()) if offset else published()
    if line[i].lower == "tonight":
        return Found(i + 1, "TIME", at("TNI", published()), "tonight")
    part = line[i + 1].name("daypart")
    if part:
        return Found(i + 2, "TIME", at(part, base), f"{line[i].lower}-daypart")
    return Found(i + 1, "DATE", base, line[i].lower)


def _reference(line: Line, i: int) -> Found | None:
    """As in "now", "recently", "the future": times without a place on the calendar."""
    word, before = line[i], line[i - 1].lower
    which = word.name("reference")
    if which is None:
        return _the_past(line, i)
    if word.lower == "recently" and before in {"more", "most"}:
        return Found(i + 1, "DATE", ref(which, published()), "reference", start=i - 1)
    if word.lower == "now" and line[i + 1].glued and line[i + 1].text == "-":
        return None
    return Found(i + 1, "DATE", ref(which, published()), "reference")


def _the_past(line: Line, i: int) -> Found | None:
    """As in "the past", "the present", "the near future"."""
    if line[i].lower != "the":
        return None
    j = i + 2 if line[i + 1].lower in {"near", "recent", "distant", "immediate"} else i + 1
    which = {"past": "PAST_REF", "present": "PRESENT_REF", "future": "FUTURE_REF"}.get(line[j].lower)
    after = line[j + 1]
    if which is None or (
        line[j].lower != "future" and (after.text[:1].isalnum() and after.lower not in _LINKS)
    ):
        return None
    return Found(j + 1, "DATE", ref(which, published()), "reference")


_LINKS = frozenset(
    "and or but of by to as that has have had was were is are it he she they with when".split()
)


def _related(line: Line, i: int) -> Found | None:
    """As in "last week", "the past two months", "next Friday", "this coming Sunday", "that night"."""
    j = i + 1 if line[i].lower in {"the", "these", "those", "its"} else i
    word = line[j]
    if "relative" not in word.senses:
        return None
    name = word.lower
    k = j + 1
    if (name, line[k].lower) in {("this", "past"), ("this", "coming"), ("that", "same")}:
        name, k = line[k].lower, k + 1
    start = j if line[i].lower == "its" else None
    if (line[i].lower, name) == ("the", "next") and (line[k].lower == "day" or line[k].name("daypart")):
        name = "following"  # "the next day" is told from the day spoken of, not from today
    found = longest(_stretch(line, k, name), _one(line, k, name), _financial(line, k, name))
    if found is None or _is_conjunction(line, j, k):
        return None
    if j == i and word.lower == name and name in _NEED_ARTICLE and not found.rule.endswith("length"):
        return None  # "past September", "following Monday's vote"
    return found if start is None else found._replace(start=start)


_NEED_ARTICLE = frozenset("past coming same previous following".split())


def _is_conjunction(line: Line, j: int, k: int) -> bool:
    """Whether "that" joins a clause to its verb and stands for no day: "said that September was ..."."""
    named = line[k].senses.keys() & {"month", "weekday", "holiday", "season"}
    return line[j].lower == "that" and bool(named) and line[j - 1].lower not in _BEFORE_THAT


_BEFORE_THAT = frozenset(
    ["", *"on in of by until till since for and later earlier early late during , from".split()]
)


_TOWARDS = {
    "last": "past",
    "past": "past",
    "previous": "past",
    "preceding": "past",
    "prior": "past",
    "next": "future",
    "coming": "future",
    "following": "future",
    "recent": "past",
    "latest": "past",
    "upcoming": "future",
    "ensuing": "future",
    "subsequent": "future",
    "succeeding": "future",
}
_OF_FOCUS = frozenset("previous preceding prior following subsequent succeeding ensuing same that".split())


def _anchor(name: str, kind: str) -> Operator:
    """What a word of relation is seen from: the publication, or the time the text speaks of."""
    return focus(kind) if name in _OF_FOCUS else published()


def _stretch(line: Line, k: int, name: str) -> Found | None:
    """As in "[the past] two months", "[the next] few days", "[recent] years", "[the coming] weeks"."""
    direction = _TOWARDS.get(name)
    if direction is None:
        return None
    many = quantity(line, k)
    if many is not None and not many.article:
        j = line.hyphen(many.end)
        j = j + 1 if line[j].lower in {"full", "fiscal", "calendar", "consecutive", "straight", "such"} else j
        unit = unit_at(line, j)
        if unit is None:
            return None
        if many.value == 1 and name in {"last", "past"}:
            return None
        value = length_value(many.value, unit)
        return Found(j + 1, "DURATION", during(value, direction, _anchor(name, "any")), f"{direction}-length")
    unit = line[k].name("units")
    if unit is None or name == "last":
        return None
    end = k + 1
    if name in {"coming", "upcoming"}:
        return Found(end, "DATE", ref("FUTURE_REF", published()), "future-length")
    if line[end].lower in {"and", "or"} and line[end + 1].name("units"):
        end += 2
    value = length_value(None, unit)
    return Found(end, "DURATION", during(value, direction, published()), f"{direction}-length")


_STEP = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "preceding": -1,
    "prior": -1,
    "next": 1,
    "coming": 1,
    "upcoming": 1,
    "following": 1,
    "subsequent": 1,
    "succeeding": 1,
    "ensuing": 1,
}
_WAY = {-1: "before", 1: "after", 0: "same"}


def _one(line: Line, k: int, name: str) -> Found | None:
    """As in "[last] week", "[next] Friday", "[this] October", "[last] fall", "[that] night"."""
    if name in {"recent", "latest"}:
        return None
    n = _STEP.get(name, 0)
    word = line[k]
    if unit := word.name("unit"):
        return _one_unit(line, k, name, n, unit)
    anchor = _anchor(name, "day")
    way = "past" if name == "past" else _WAY[n]
    if (day := word.whole("weekday")) is not None and word.titled and "doubtful" not in word.senses:
        found = weekday(day, way, anchor)
        return _with_daypart(line, line.stop(k + 1), found, f"{name}-weekday")
    if (month := word.whole("month")) is not None and word.titled:
        return _month_day(line, k, month, way, anchor, name)
    if season := word.name("season"):
        return Found(k + 1, "DATE", yearly(f"XXXX-{season}", way, anchor), f"{name}-season")
    if part := word.name("daypart"):
        base = shift(n, "day", anchor) if n else anchor
        return Found(k + 1, "TIME", at(part, base), f"{name}-daypart")
    if "holiday" in word.senses and word.titled and (held := holiday_name(line, k)):
        return Found(held[0], "DATE", holiday(held[1], way, anchor), f"{name}-holiday")
    return None


def _month_day(line: Line, k: int, month: int, way: str, anchor: Operator, name: str) -> Found | None:
    form = f"XXXX-{month:02}"
    j = line.stop(k + 1)
    if line[j].digits and len(line[j].text) <= 2 and 1 <= int(line[j].text) <= 31:
        form, j = f"{form}-{int(line[j].text):02}", j + 1
    return Found(j, "DATE", yearly(form, way, anchor), f"{name}-named-month")


_NO_SINGLE = {"second", "minute", "hour"}


def _one_unit(line: Line, k: int, name: str, n: int, unit: str) -> Found | None:
    if unit in _NO_SINGLE or (unit == "fortnight"):
        return None
    anchor = _anchor(name, "any" if n else unit)
    if line[k + 1].lower in {"'s", "’s"}:
        told = _possessed(line, k + 2, shift(n, unit, anchor) if n else this(unit, anchor), unit)
        if told:
            return told
    if name in {"past", "next", "coming"} and unit in {"decade", "century"}:
        way = _TOWARDS[name]
        return Found(k + 1, "DURATION", during(length_value(1, unit), way, anchor), f"{way}-length")
    term = shift(n, unit, anchor) if n else this(unit, anchor)
    return Found(k + 1, "DATE", term, f"{name}-{unit}")


def _possessed(line: Line, k: int, base: Operator, unit: str) -> Found | None:
    """As in "[last year's] third quarter", "[last year's] quarter"."""
    if unit != "year":
        return None
    fiscal = line.hyphen(k + 1) if line[k].lower == "fiscal" else k
    held = quarter(line, fiscal)
    if held and held.operator.name == "yearly":
        return held._replace(
            operator=in_year(str(held.operator.arguments[0]), base), rule="quarter-year", start=None
        )
    return None


def _financial(line: Line, k: int, name: str) -> Found | None:
    """As in "[the latest] quarter", "[the latest] period", "[the same] period last year"."""
    word = line[k].lower
    if word == "fiscal" or word == "financial":
        j = line.hyphen(k + 1)
        unit = line[j].name("unit")
        if unit != "year":
            return None
        n = _STEP.get(name, -1 if name == "latest" else 0)
        term = shift(n, "fiscal-year", published()) if n else this("fiscal-year", published())
        return Found(j + 1, "DATE", term, f"{name}-fiscal-year")
    if name == "latest":
        return _latest(line, k)
    if name == "same" and word in {"period", "quarter", "time", "month", "week"}:
        ago = _a_year_back(line, k + 1)
        if ago:
            kind = "period" if word in {"period", "quarter", "time"} else word
            return Found(ago[0], "DATE", move(ago[1], "year", focus(kind)), "same-period")
    return None


def _latest(line: Line, k: int) -> Found | None:
    word = line[k]
    if word.lower in {"quarter", "period"}:
        return Found(k + 1, "DATE", focus("period"), "latest-period")
    if word.name("unit") in {"week", "month", "year"}:
        unit = word.name("unit") or "year"
        return Found(k + 1, "DATE", shift(-1, unit, published()), f"latest-{unit}")
    return None


def _a_year_back(line: Line, k: int) -> tuple[int, int] | None:
    """As in "a year ago", "a year earlier", "last year", "of last year": past it, and the years."""
    j = k + 1 if line[k].lower in {"of", "in"} else k
    j = j + 1 if line[j].lower == "the" else j
    if line[j].lower in {"last", "previous"} and line[j + 1].name("unit") == "year":
        return j + 2, -1
    found = measured(line, j)
    if (
        found
        and found[2] == "year"
        and found[1].value
        and line[found[0]].lower in {"ago", "earlier", "before"}
    ):
        return found[0] + 1, -int(found[1].value)
    return None


def _ago(line: Line, i: int) -> Found | None:
    """As in "two years ago", "a year earlier", "months ago", "five years from now", "a week or so ago"."""
    found = measured(line, i)
    if found:
        end, many, unit = found
    elif line[i].name("units"):
        end, many, unit = i + 1, None, line[i].name("units") or "year"
    else:
        return None
    vague = many is None or many.value is None
    if line[end].lower == "or" and line[end + 1].lower in {"so", "two", "more"}:
        end += 2
    link = line[end].lower
    n = None if vague or many is None or many.value is None else many.value
    held = line[end + 1].whole("weekday") if link == "ago" and line[end + 1].titled else None
    if held and n and unit == "week":
        return Found(end + 2, "DATE", weekday(held, "same", shift(-round(n), "week", published())), "ago")
    if link == "ago" or (link == "back" and line[end + 1].text in {",", ".", ";", ""}):
        return _back(end + 1, n, unit, published(), "ago", article=many is not None and many.article)
    if link == "earlier" and line[end + 1].lower != "than":
        seen_from = focus("period" if unit in _OF_BOOKS else "any")
        return _back(end + 1, n, unit, seen_from, "earlier", article=many is not None and many.article)
    if link == "before" and line[end + 1].text in {",", ".", ";", "", ")", "—"}:
        return _back(end + 1, n, unit, focus("any"), "earlier", article=False)
    weekday_from = line[end + 1].whole("weekday") if link == "from" and line[end + 1].titled else None
    if weekday_from and n and unit in {"week", "day"}:
        from_day = weekday(weekday_from, "future", published())
        return Found(
            end + 2, "DATE", shift(round(n) * (7 if unit == "week" else 1), "day", from_day), "from-now"
        )
    if link in {"hence"} or (link == "from" and line[end + 1].lower in {"now", "today"}):
        stop = end + 1 if link == "hence" else end + 2
        if n is None:
            return Found(stop, "DATE", ref("FUTURE_REF", published()), "from-now")
        return Found(stop, "DATE", shift(round(n), unit, published()), "from-now")
    return None


_OF_BOOKS = frozenset({"quarter", "half", "year", "decade"})
"""Units by which a text on figures looks back from the quarter or year that they are of."""


def _back(end: int, n: float | None, unit: str, anchor: Operator, rule: str, *, article: bool) -> Found:
    if n is None:
        return Found(end, "DATE", ref("PAST_REF", anchor if rule == "ago" else published()), rule)
    if unit == "year" and article:
        return Found(end, "DATE", move(-1, "year", focus("period")), f"year-{rule}")
    if n != int(n) and unit == "year":
        return Found(end, "DATE", shift(-round(n * 12), "month", anchor), rule)
    scale = {"fortnight": (2, "week"), "millennium": (100, "decade")}.get(unit, (1, unit))
    return Found(end, "DATE", shift(-round(n * scale[0]), scale[1], anchor), rule)


def _year_ago(line: Line, i: int) -> Found | None:
    """As in "year-earlier", "the year-ago quarter", "the comparable year-ago period"."""
    j = i + 1 if line[i].lower in {"the", "a"} else i
    j = j + 1 if j > i and line[j].lower in {"comparable", "corresponding", "same", "like"} else j
    if line[j].name("unit") != "year":
        return None
    k = line.hyphen(j + 1)
    if line[k].lower not in {"ago", "earlier"} or (k == j + 1 and line[i].lower in {"a", "one"}):
        return None
    if k == j + 1 and line[i].lower != "the":
        return None
    end = k + 1
    term = move(-1, "year", focus("period"))
    held = quarter(line, end)
    if held:
        form = str(held.operator.arguments[0])
        return Found(
            held.end, "DATE", yearly(form, "same", shift(-1, "year", published())), "year-ago-quarter"
        )
    many = measured(line, end)
    if many and not many[1].article:
        return Found(many[0], "DURATION", duration(length_value(many[1].value, many[2])), "year-ago-length")
    if line[end].lower in {"quarter", "period"}:
        if line[end].lower == "quarter":
            term = move(-1, "year", focus("quarter"))
        return Found(end + 1, "DATE", term, "year-ago", start=i + 1 if line[i].lower == "a" else None)
    return Found(end, "DATE", term, "year-ago", start=j)


def _period(line: Line, i: int) -> Found | None:
    """As in "the 1988 period", "the corresponding period last year", "the quarter a year ago"."""
    if line[i].lower != "the":
        return None
    j = i + 2 if line[i + 1].lower in {"corresponding", "comparable", "like", "same"} else i + 1
    told = year(line, j)
    if told and line[told[0]].lower in {"period", "quarter"}:
        return Found(told[0] + 1, "DATE", Operator("period-of", (str(told[1]),)), "year-period")
    if line[j].lower in {"period", "quarter"}:
        ago = _a_year_back(line, j + 1)
        if ago:
            return Found(ago[0], "DATE", move(ago[1], "year", focus("period")), "same-period")
    return None


_EARLIER = frozenset("earlier later late early rest end remainder during through throughout over of".split())


def _the_unit(line: Line, i: int) -> Found | None:
    """As in "the quarter", "the weekend", "the year", "the morning": the one that the text is about."""
    if line[i].lower not in {"the"}:
        return None
    word, after = line[i + 1], line[i + 2]
    part = word.name("daypart")
    if part and word.lower not in {"night", "midday", "dawn"} and line[i - 1].lower in {"in", "during"}:
        return Found(i + 2, "TIME", at(part, focus("day")), "the-daypart")
    unit = word.name("unit")
    if unit == "weekend":
        return Found(i + 2, "DATE", Operator("weekend", (AUTO, published())), "the-weekend")
    if unit == "quarter" and after.lower not in {"of", "century", "final", "finals"}:
        return closed_by(line, i + 2, unit) or Found(i + 2, "DATE", focus("quarter"), "the-quarter")
    if unit == "week" and (held := closed_by(line, i + 2, unit) or week_of(line, i + 2)):
        return held
    if unit == "year" and after.lower in {"ended", "ending"}:
        return Found(i + 2, "DURATION", duration("P1Y"), "year-ended")
    if (
        unit == "year"
        and line.hyphen(i + 2) == i + 2
        and after.lower not in {"of", "after", "before", "when", "that"}
    ):
        return Found(i + 2, "DATE", this("year", published()), "the-year", weak=True)
    if unit == "week" and after.lower in {"'s", "’s"}:
        return Found(i + 2, "DATE", this("week", published()), "the-week")
    if unit == "day" and line[i - 1].lower == "in" and line[i - 2].lower in _EARLIER:
        return Found(i + 2, "DATE", this("day", focus("day")), "the-day")
    if word.lower == "fiscal" and after.name("unit") == "year":
        return Found(i + 3, "DURATION", duration("P1Y"), "year-ended")
    if word.lower in {"full", "entire", "whole"} and after.name("unit") in {"year", "quarter"}:
        return Found(i + 3, "DATE", this("year", published()), "the-year")
    return None


def _end_of_unit(line: Line, i: int) -> Found | None:
    """As in "year-end", "year's end", "month's end"."""
    unit = line[i].name("unit")
    if unit not in {"year", "month", "week"}:
        return None
    j = line.hyphen(i + 1)
    j = j + 1 if line[j].lower in {"'s", "’s"} else j
    if line[j].lower != "end" or (j == i + 1 and unit != "year"):
        return None
    told = year(line, j + 1) if unit == "year" else None
    if told:
        return Found(told[0], "DATE", late(on(str(told[1]))), f"{unit}-end", mod="END")
    base = shift(-1, unit, published()) if line[i - 1].lower == "since" else this(unit, published())
    return Found(j + 1, "DATE", late(base), f"{unit}-end", mod="END")


def _idiom(line: Line, i: int) -> Found | None:
    """As in "one day", "these days", "the other day", "the day before yesterday" aside."""
    three = tuple(line[i + k].lower for k in range(3))
    if three == ("the", "other", "day"):
        return Found(i + 3, "DATE", ref("PAST_REF", published()), "reference")
    if three[:2] == ("some", "day") and not line[i + 2].name("unit"):
        return Found(i + 2, "DATE", ref("FUTURE_REF", published()), "reference")
    if three[:2] == ("these", "days"):
        return Found(i + 2, "DATE", ref("PRESENT_REF", published()), "reference")
    if line[i].lower == "overnight":
        return Found(i + 1, "TIME", at("TNI", focus("day")), "overnight")
    if three[:2] == ("one", "day") and line[i - 1].lower in {"will", "would", "could", "may", "might"}:
        return Found(i + 2, "DATE", ref("FUTURE_REF", published()), "reference")
    return None


def _with_daypart(line: Line, end: int, base: Operator, rule: str) -> Found:
    part = line[end].name("daypart")
    if part:
        return Found(end + 1, "TIME", at(part, base), f"{rule}-daypart")
    return Found(end, "DATE", base, rule)
