"""Grounding: what the terms of time expressions come to once their anchor is known.

Pure calendar arithmetic: which Friday or May is meant was decided when the
expression was found and is part of its term. Nothing here looks at the clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ..model import Grounding, Interval, Operator, Reading, Span
from ..model.calendar import Anchor
from ..model.time import NEVER, bounds
from .holidays import holiday_in, nth_weekday
from .units import CLOCK, grain, step, unit_of, within


@dataclass(frozen=True, slots=True)
class Ground:
    """What a term comes to: a TIMEX3 value, the days it covers, and what it was anchored on."""

    value: str
    interval: Interval
    anchor: Anchor = "none"


@dataclass(frozen=True, slots=True)
class Anchors:
    """What terms may hang on: the publication, earlier time mentions, and an event.

    `published` is a day, or the days among which it lies; `None` where unknown.
    """

    published: Interval | date | None = None
    mentions: Mapping[int, Ground] = field(default_factory=dict)
    event: Interval | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """The anchors for one assumed day of publication."""

    day: date | None
    mentions: Mapping[int, Ground]
    event: Interval | None


def ground(operator: Operator, anchors: Anchors) -> Ground | None:
    """What a term comes to; nothing when an anchor is unknown or the calendar has no such date.

    A publication known to several days only is tried at both ends; what they
    agree on is kept, the rest of the value is X, and the interval covers both.

    >>> from secondsource.model.time import published, shift
    >>> ground(shift(-1, "month", published()), Anchors(date(2019, 1, 31))).value
    '2018-12'
    """
    first, last = _ends(anchors.published)
    found = _evaluate(operator, _Known(first, anchors.mentions, anchors.event))
    if first == last or found is None:
        return found
    other = _evaluate(operator, _Known(last, anchors.mentions, anchors.event))
    return other and _hull(found, other)


def ground_reading(
    reading: Reading,
    published: Interval | date | None,
    events: Mapping[Span, Interval] | None = None,
) -> tuple[Grounding, ...]:
    """The groundings of a reading's time mentions, in their order; one per mention.

    `events` says when the triggers happen that mentions are anchored on. A
    mention that can't be grounded has a value of X's and an unbounded interval.
    """
    first, last = _ends(published)
    ends = [_mentions(reading, day, events or {}) for day in dict.fromkeys((first, last))]
    out = []
    for index, mention in enumerate(reading.times):
        found = [end.get(index) for end in ends]
        low, high = found[0], found[-1]
        come = _hull(low, high) if low and high else None
        come = come or Ground(blank(mention.operator), NEVER)
        out.append(Grounding(reading.article.id, index, come.value, come.interval, come.anchor))
    return tuple(out)


def _mentions(reading: Reading, day: date | None, events: Mapping[Span, Interval]) -> dict[int, Ground]:
    done: dict[int, Ground] = {}
    for index, mention in enumerate(reading.times):
        when = events.get(mention.event) if mention.event else None
        found = _evaluate(mention.operator, _Known(day, done, when))
        if found is not None:
            done[index] = found
    return done


def _ends(published: Interval | date | None) -> tuple[date | None, date | None]:
    if published is None or isinstance(published, date):
        return published, published
    if published.earliest is None or published.latest is None:
        return None, None
    return published.earliest, published.latest


_X = re.compile(r"\w")


def _hull(one: Ground, other: Ground) -> Ground:
    """What covers both, told as far as they agree."""
    value = one.value if one.value == other.value else _shared(one.value, other.value)
    a, b = one.interval, other.interval
    starts = [d for d in (a.earliest, b.earliest) if d]
    stops = [d for d in (a.latest, b.latest) if d]
    days = Interval(
        min(starts) if len(starts) == 2 else None,
        max(stops) if len(stops) == 2 else None,
    )
    return Ground(value, days, one.anchor)


def _shared(one: str, other: str) -> str:
    """The leading parts that two values share; X for the others."""
    left, right = one.split("-"), other.split("-")
    if len(left) != len(right):
        return "XXXX-XX-XX"
    same = True
    parts = []
    for a, b in zip(left, right, strict=True):
        same = same and a == b
        parts.append(a if same else _X.sub("X", a))
    return "-".join(parts)


def blank(operator: Operator) -> str:
    """The value of a term whose anchor is unknown: what it tells by itself, with X for the rest."""
    name, arguments = operator.name, operator.arguments
    if name in {"yearly", "during", "duration", "every", "ref", "on"}:
        return str(arguments[0])
    if name == "weekday":
        return f"XXXX-WXX-{arguments[0]}"
    if name in {"early", "mid", "late", "about", "before", "after", "so-far", "remaining"}:
        return blank(_term(arguments[0]))
    if name == "at":
        return blank(_term(arguments[-1])) + str(arguments[0])
    forms = {"month": "XXXX-XX", "year": "XXXX", "week": "XXXX-WXX", "quarter": "XXXX-QX"}
    unit = {"this": 0, "shift": 1, "part": 1}.get(name)
    return forms.get(str(arguments[unit]), "XXXX-XX-XX") if unit is not None else "XXXX-XX-XX"


def _term(argument: str | int | Operator) -> Operator:
    if not isinstance(argument, Operator):
        raise TypeError(f"not a term: {argument!r}")
    return argument


def _whole(argument: str | int | Operator) -> int:
    if not isinstance(argument, int):
        raise TypeError(f"not a whole number: {argument!r}")
    return argument


def _evaluate(operator: Operator, known: _Known) -> Ground | None:
    try:
        return _TERMS[operator.name](operator, known)
    except (ValueError, OverflowError):
        # The date would lie outside the calendar (the year 0, 31 February, the year 10000).
        return None


def _anchor(operator: Operator, known: _Known) -> Ground | None:
    """What the last argument comes to, if it lies on the calendar."""
    found = _evaluate(_term(operator.arguments[-1]), known)
    return found if found and (found.interval.earliest or found.interval.latest) else None


def _edges(ground: Ground) -> tuple[date, date]:
    """The first and last day; where one is open, the other."""
    first, last = ground.interval.earliest, ground.interval.latest
    if first is None and last is None:
        raise ValueError("on no calendar")
    return first or last or date.min, last or first or date.max


def _valued(value: str, anchor: Anchor) -> Ground | None:
    days = bounds(value)
    return None if days == NEVER else Ground(value, days, anchor)


def _published(operator: Operator, known: _Known) -> Ground | None:
    day = known.day
    return Ground(day.isoformat(), Interval(day, day), "published") if day else None


def _mention(operator: Operator, known: _Known) -> Ground | None:
    found = known.mentions.get(_whole(operator.arguments[0]))
    return found and replace(found, anchor="mention")


def _event(operator: Operator, known: _Known) -> Ground | None:
    when = known.event
    if when is None:
        return None
    first, last = when.earliest, when.latest
    if first and last:
        for unit in ("day", "weekend", "week", "month", "quarter", "year"):
            if bounds(unit_of(unit, first)) == when:
                return Ground(unit_of(unit, first), when, "event")
    return Ground("XXXX-XX-XX", when, "event")


def _on(operator: Operator, known: _Known) -> Ground | None:
    return _valued(str(operator.arguments[0]), "none")


def _this(operator: Operator, known: _Known) -> Ground | None:
    found = _anchor(operator, known)
    if found is None:
        return None
    first, last = _edges(found)
    held = _unit(str(operator.arguments[0]), first, found.anchor)
    if held is None or held.interval.latest is None or held.interval.latest < last:
        return found  # the anchor is longer than the unit: no more can be said
    return held


def _unit(unit: str, day: date, anchor: Anchor) -> Ground | None:
    value = unit_of(unit, day)
    days = bounds(f"FY{value}" if unit == "fiscal-year" else value)
    return Ground(value, days, anchor)


def _shift(operator: Operator, known: _Known) -> Ground | None:
    n, unit, found = _whole(operator.arguments[0]), str(operator.arguments[1]), _anchor(operator, known)
    if found is None:
        return None
    first, last = _edges(found)
    if found.anchor == "mention" and step(first, 1, unit if unit not in CLOCK else "day") <= last:
        return found  # "13 hours earlier" than some time in 2023: no more can be said
    return _unit(unit, step(last if n > 0 else first, n, unit), found.anchor)


def _move(operator: Operator, known: _Known) -> Ground | None:
    n, unit, found = _whole(operator.arguments[0]), str(operator.arguments[1]), _anchor(operator, known)
    if found is None:
        return None
    return _unit(grain(found.value) or unit, step(_edges(found)[0], n, unit), found.anchor)


def _weekday(operator: Operator, known: _Known) -> Ground | None:
    wanted, direction = _whole(operator.arguments[0]), str(operator.arguments[1])
    found = _anchor(operator, known)
    if found is None:
        return None
    first, last = _edges(found)
    monday = first - timedelta(days=first.weekday())
    weeks = {"same": (0,), "previous": (-1,), "following": (1,)}.get(direction, (-2, -1, 0, 1, 2))
    if direction not in {"same", "previous", "following"} and last > first:
        weeks = (*weeks, *(w + (last - first).days // 7 for w in (0, 1, 2)))
    days = [monday + timedelta(days=wanted - 1 + 7 * week) for week in sorted(set(weeks))]
    return _chosen([Ground(d.isoformat(), Interval(d, d), found.anchor) for d in days], direction, found)


def _yearly(operator: Operator, known: _Known) -> Ground | None:
    form, direction = str(operator.arguments[0]), str(operator.arguments[1])

    def in_year(year: int) -> Ground | None:
        return _valued(form.replace("XXXX", f"{year:04}"), "none")

    return _each_year(in_year, direction, _anchor(operator, known), leap=form.endswith("-02-29"))


def _holiday(operator: Operator, known: _Known) -> Ground | None:
    name, direction = str(operator.arguments[0]), str(operator.arguments[1])

    def in_year(year: int) -> Ground:
        day = holiday_in(name, year)
        return Ground(day.isoformat(), Interval(day, day))

    return _each_year(in_year, direction, _anchor(operator, known))


def _each_year(
    in_year: Callable[[int], Ground | None], direction: str, anchor: Ground | None, *, leap: bool = False
) -> Ground | None:
    if anchor is None:
        return None
    first, last = _edges(anchor)
    reach = 8 if leap else 2
    offsets: tuple[int, ...] = {"same": (0,), "previous": (-1,), "following": (1,)}.get(direction, ())
    years = [first.year + o for o in offsets] or range(first.year - reach, last.year + reach + 1)
    found = [in_year(year) for year in years if 1 <= year <= date.max.year]
    return _chosen([replace(g, anchor=anchor.anchor) for g in found if g], direction, anchor)


def _monthly(operator: Operator, known: _Known) -> Ground | None:
    wanted, direction = _whole(operator.arguments[0]), str(operator.arguments[1])
    found = _anchor(operator, known)
    if found is None:
        return None
    first = _edges(found)[0].replace(day=1)
    offsets = {"same": (0,), "previous": (-1,), "following": (1,)}.get(direction, (-2, -1, 0, 1, 2))
    months = [step(first, n, "month") for n in offsets]
    days = [m.replace(day=wanted) for m in months if bounds(f"{m.isoformat()[:8]}{wanted:02}") != NEVER]
    return _chosen([Ground(d.isoformat(), Interval(d, d), found.anchor) for d in days], direction, found)


def _chosen(grounds: list[Ground], direction: str, anchor: Ground) -> Ground | None:
    """Of what recurs, the one that a direction means (see `secondsource.model.time`)."""
    first, last = _edges(anchor)
    spans = [(*_edges(g), g) for g in grounds]
    if direction in {"nearest", "recent"}:
        if direction == "recent":
            spans = [s for s in spans if s[0] <= last + timedelta(days=61 if s[0] == s[1] else 31)]
        middle = first.toordinal() + last.toordinal()
        near = min(spans, key=lambda s: abs(s[0].toordinal() + s[1].toordinal() - middle), default=None)
        return near and near[2]
    kept = {
        "past": [g for start, _, g in spans if start <= last],
        "before": [g for _, stop, g in spans if stop < first],
        "future": [g for _, stop, g in spans if stop >= first],
        "after": [g for start, _, g in spans if start > last],
    }.get(direction, grounds)
    if not kept:
        return None
    return kept[-1] if direction in {"past", "before"} else kept[0]


def _part(operator: Operator, known: _Known) -> Ground | None:
    k, unit, base = _whole(operator.arguments[0]), str(operator.arguments[1]), _anchor(operator, known)
    if base is None:
        return None
    value = within(k, unit, base.value)
    return _valued(value, base.anchor) if value else None


def _nth(operator: Operator, known: _Known) -> Ground | None:
    k, wanted, base = _whole(operator.arguments[0]), _whole(operator.arguments[1]), _anchor(operator, known)
    if base is None:
        return None
    first, last = _edges(base)
    edge = first if k > 0 else last
    day = nth_weekday(edge.year, edge.month, wanted, k)
    return Ground(day.isoformat(), Interval(day, day), base.anchor) if first <= day <= last else None


def _at(operator: Operator, known: _Known) -> Ground | None:
    base = _anchor(operator, known)
    if base is None:
        return None
    day, _, _ = base.value.partition("T")
    if grain(day) != "day":
        return base
    return replace(base, value=f"{day}{operator.arguments[0]}")


def _third(which: int) -> Callable[[Operator, _Known], Ground | None]:
    def narrowed(operator: Operator, known: _Known) -> Ground | None:
        base = _evaluate(_term(operator.arguments[-1]), known)
        if base is None or base.interval.earliest is None or base.interval.latest is None:
            return base
        first, last = base.interval.earliest, base.interval.latest
        length = (last - first).days + 1
        if length < 3:
            return base
        cut = [first + timedelta(days=length * k // 3) for k in range(3)] + [last + timedelta(days=1)]
        return replace(base, interval=Interval(cut[which], cut[which + 1] - timedelta(days=1)))

    return narrowed


def _cut(*, past: bool) -> Callable[[Operator, _Known], Ground | None]:
    """The base up to the anchor's day, or from it on; all of the base where they do not meet."""

    def clipped(operator: Operator, known: _Known) -> Ground | None:
        base = _evaluate(_term(operator.arguments[0]), known)
        anchor = _anchor(operator, known)
        if base is None or anchor is None or base.interval == NEVER:
            return base
        (first, last), (start, stop) = _edges(base), _edges(anchor)
        days = (first, min(last, stop)) if past else (max(first, start), last)
        return replace(base, interval=Interval(*days)) if days[0] <= days[1] else base

    return clipped


def _about(operator: Operator, known: _Known) -> Ground | None:
    base = _evaluate(_term(operator.arguments[-1]), known)
    if base is None or base.interval == NEVER:
        return base
    first, last = _edges(base)
    unit = grain(base.value) or "day"
    return replace(base, interval=Interval(step(first, -1, unit), step(last, 1, unit)))


def _open(*, past: bool) -> Callable[[Operator, _Known], Ground | None]:
    def opened(operator: Operator, known: _Known) -> Ground | None:
        base = _evaluate(_term(operator.arguments[-1]), known)
        if base is None or base.interval == NEVER:
            return base
        first, last = _edges(base)
        return replace(base, interval=Interval(None, last) if past else Interval(first, None))

    return opened


_LENGTH = re.compile(r"P(?:(\d+)([YMWDQE]))|PT\d.*")
_LETTERS = {"Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter", "E": "decade"}


def _during(operator: Operator, known: _Known) -> Ground | None:
    value, direction, found = (
        str(operator.arguments[0]),
        str(operator.arguments[1]),
        _anchor(operator, known),
    )
    if found is None:
        return Ground(value, NEVER)
    first, last = _edges(found)
    match = _LENGTH.fullmatch(value)
    reach: date | None = None
    if match:
        n, unit = int(match[1] or 0), _LETTERS.get(match[2] or "", "day")
        reach = step(first, -n, unit) if direction == "past" else step(last, n, unit)
    days = Interval(reach, last) if direction == "past" else Interval(first, reach)
    return Ground(value, days, found.anchor)


def _length(operator: Operator, known: _Known) -> Ground | None:
    return Ground(str(operator.arguments[0]), NEVER)


def _ref(operator: Operator, known: _Known) -> Ground | None:
    which, found = str(operator.arguments[0]), _anchor(operator, known)
    if found is None:
        return Ground(which, NEVER)
    first, last = _edges(found)
    days = {"PAST_REF": Interval(None, last), "FUTURE_REF": Interval(first, None)}
    return Ground(which, days.get(which, found.interval), found.anchor)


_TERMS: Mapping[str, Callable[[Operator, _Known], Ground | None]] = {
    "published": _published,
    "mention": _mention,
    "event": _event,
    "on": _on,
    "this": _this,
    "shift": _shift,
    "move": _move,
    "weekday": _weekday,
    "yearly": _yearly,
    "holiday": _holiday,
    "monthly": _monthly,
    "part": _part,
    "nth": _nth,
    "at": _at,
    "early": _third(0),
    "mid": _third(1),
    "late": _third(2),
    "so-far": _cut(past=True),
    "remaining": _cut(past=False),
    "about": _about,
    "before": _open(past=True),
    "after": _open(past=False),
    "during": _during,
    "duration": _length,
    "every": _length,
    "ref": _ref,
}
