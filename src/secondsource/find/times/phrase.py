"""Phrases: whole time expressions, with their modifiers, and with day and hour joined.

"around 7:15 p.m.", "late last week", "the end of 1990", "5 p.m. EST, Nov. 6",
"Tuesday of last week": each is a core that the other modules read, wrapped in
a further operator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...model import Operator
from ...model.time import about, at, early, late, mid, published, remaining, so_far, this, weekday, yearly
from .clock import clock, daypart, hour, timed
from .dates import date, day_number
from .found import AUTO, Found, longest
from .lengths import apart, length, repeated
from .relative import relative
from .within import within
from .words import Line, Word

_OPENERS = frozenset(
    "the a an more less fewer at up no not earlier later just well another its these those as half".split()
)
_LOOK_AHEAD = 5


def may_begin(word: Word) -> bool:
    """Whether an expression may begin with a word; most words are ruled out here."""
    return bool(word.senses) or _in_digits(word) or word.lower in _OPENERS or word.text in {"'", "’"}


def _in_digits(word: Word) -> bool:
    """Whether a word is written in digits: "12", "10:30"."""
    return word.number is not None or word.text[:1].isdigit()


def expression(line: Line, i: int) -> Found | None:
    """The time expression that begins at word `i`, if one does."""
    word = line[i]
    if word.text in {"'", "’"} and not line[i + 1].digits:
        return None
    if not word.senses and not _in_digits(word):
        ahead = line.words[i + 1 : i + 1 + _LOOK_AHEAD]
        if not any(w.senses or _in_digits(w) for w in ahead):
            return None
    return longest(
        _modified(line, i),
        _phased(line, i),
        _sooner(line, i),
        _ended(line, i),
        _part_of_day(line, i),
        _joined(line, i),
    )


def _core(line: Line, i: int) -> Found | None:
    return longest(
        repeated(line, i),
        relative(line, i),
        date(line, i),
        within(line, i),
        clock(line, i),
        apart(line, i),
        length(line, i),
    )


def _joined(line: Line, i: int) -> Found | None:
    """A core; a day and an hour, or a weekday and its week, become one."""
    core = _core(line, i)
    hours = hour(line, i)
    if hours:
        return longest(_hour_then_day(line, i), core)
    if core is None or (core.weak and core.type != "DATE"):
        return core
    if core.type == "DATE" and _is_day(core.operator):
        return _day_then_hour(line, core)
    return core


_DAYS = {"weekday", "monthly", "nth", "holiday", "published"}


def _is_day(operator: Operator) -> bool:
    """Whether a term tells a day."""
    name, arguments = operator.name, operator.arguments
    if name in _DAYS:
        return True
    if name in {"yearly", "on"}:
        return len(str(arguments[0])) == len("XXXX-MM-DD") and str(arguments[0])[-3] == "-"
    return (name == "shift" and arguments[1] == "day") or (name == "this" and arguments[0] == "day")


def _hour_then_day(line: Line, i: int) -> Found | None:
    told = hour(line, i)
    if told is None:
        return None
    until = hour(line, told.end + 1) if line[told.end].lower in {"to", "until", "and", "-", "–"} else None
    also = _other_clock(line, told.end)
    j = line.comma(until.end if until else also or told.end)
    j = j + 1 if line[j].lower == "on" else j
    day = _core(line, j)
    if day and day.type == "DATE" and _is_day(day.operator) and not day.weak and line[j].lower != "the":
        if until or also:  # "8 p.m. to 11 p.m. Thursday": the first hour is of that day, too
            return Found(told.end, "TIME", timed(told, day.operator), f"clock-{day.rule}")
        end = day.end + 1 if line[day.end].name("daypart") else day.end
        return Found(end, "TIME", timed(told, day.operator), f"clock-{day.rule}")
    return None


def _other_clock(line: Line, i: int) -> int | None:
    """Past the same hour by another clock, in brackets: "0342 GMT (0442 BST) Saturday"."""
    told = hour(line, i + 1) if line[i].text == "(" else None
    return told.end + 1 if told and line[told.end].text == ")" else None


def _day_then_hour(line: Line, core: Found) -> Found:
    part = daypart(line, core.end)
    if part:
        return core._replace(
            end=part[0], type="TIME", operator=at(part[1], core.operator), rule=f"{core.rule}-daypart"
        )
    if core.operator.name == "weekday" and core.operator.arguments[1] == AUTO:
        within = _week_of(line, core) or _week_days(line, core)
        if within:
            return within
    j = line.comma(core.end)
    j = j + 1 if line[j].lower == "at" else j
    told = hour(line, j)
    if told and not (line[told.end].titled and line[told.end].whole("weekday")):
        return core._replace(
            end=told.end, type="TIME", operator=timed(told, core.operator), rule=f"{core.rule}-clock"
        )
    return core


def _week_days(line: Line, core: Found) -> Found | None:
    """As in "Monday to Wednesday": the first of two days of one week, the other of which follows."""
    last = line[core.end + 1].whole("weekday") if line[core.end].lower in {"to", "through"} else None
    if last is None or not line[core.end + 1].titled or line[core.end + 2].name("daypart"):
        return None
    days = (core.operator.arguments[0], last, AUTO, published())
    return core._replace(operator=Operator("first-of", days), rule="weekday-range")


def _week_of(line: Line, core: Found) -> Found | None:
    """As in "Tuesday of last week", "Monday next week"."""
    j = core.end + 1 if line[core.end].lower == "of" else core.end
    week = relative(line, j)
    if week and week.operator.name in {"shift", "this"} and week.operator.arguments[-2] == "week":
        day = int(str(core.operator.arguments[0]))
        return core._replace(
            end=week.end, operator=weekday(day, "same", week.operator), rule=f"weekday-{week.rule}"
        )
    return None


_TWO = {
    ("more", "than"): "MORE_THAN",
    ("less", "than"): "LESS_THAN",
    ("fewer", "than"): "LESS_THAN",
    ("at", "least"): "EQUAL_OR_MORE",
    ("at", "most"): "EQUAL_OR_LESS",
    ("up", "to"): "EQUAL_OR_LESS",
    ("just", "over"): "MORE_THAN",
    ("just", "under"): "LESS_THAN",
    ("well", "over"): "MORE_THAN",
}
_THREE = {
    ("no", "more", "than"): "EQUAL_OR_LESS",
    ("not", "more", "than"): "EQUAL_OR_LESS",
    ("no", "less", "than"): "EQUAL_OR_MORE",
    ("no", "fewer", "than"): "EQUAL_OR_MORE",
}


def _approximate(line: Line, i: int) -> tuple[int, str] | None:
    """A modifier of quantity at `i`: past it, and TIMEX3's name for it."""
    lower = tuple(line[i + k].lower for k in range(3))
    if lower in _THREE:
        return i + 3, _THREE[lower]
    if lower[:2] in _TWO:
        return i + 2, _TWO[lower[0], lower[1]]
    name = line[i].name("approximate")
    return (i + 1, name) if name else None


def _modified(line: Line, i: int) -> Found | None:
    """As in "nearly two years", "around 7:15 p.m.", "more than two decades ago"."""
    found = _approximate(line, i)
    if found is None:
        return None
    j, mod = found
    core = _joined(line, j)
    if core is None or line[j].lower in {"the", "this", "that", "these"} or core.start is not None:
        return None
    if line[i].lower == "over" and line[j].lower not in {"a", "an"}:
        return None
    if core.type == "DURATION" or core.rule in {"ago", "earlier", "year-ago", "from-now"}:
        return core._replace(mod=mod)
    if line[i].lower in {"over", "under", "some"} or core.type == "SET" or mod not in {"APPROX"}:
        return None
    if core.rule.startswith(("clock", "month", "day-month", "year", "weekday-month")) and not core.weak:
        return core._replace(mod=mod, operator=about(core.operator))
    return None


_PHASE: Mapping[str, Callable[[Operator], Operator]] = {"START": early, "MID": mid, "END": late}


def _phased(line: Line, i: int) -> Found | None:
    """As in "early next year", "the late 1970s", "mid-November", "late Friday"."""
    j = i + 1 if line[i].lower == "the" else i
    phase = line[j].name("phase")
    if phase is None or line[j].lower not in {"early", "late", "mid"}:
        return None
    k = line.hyphen(j + 1)
    core = _joined(line, k)
    if (
        core is None
        or line[k].lower in {"the", "a", "an"}
        or (core.weak and core.rule not in {"month", "year"})
    ):
        return _part_of_season(line, k, phase)
    if core.type in {"DURATION", "SET"} or core.operator.name == "ref":
        return None
    return core._replace(
        operator=_PHASE[phase](core.operator), mod=phase, weak=False, rule=f"{line[j].lower}-{core.rule}"
    )


def _part_of_season(line: Line, k: int, phase: str) -> Found | None:
    """As in "early summer", "mid-afternoon yesterday"."""
    name = line[k].name("season")
    if name:
        term = yearly(f"XXXX-{name}", AUTO, published())
        return Found(k + 1, "DATE", _PHASE[phase](term), "season", mod=phase)
    part = daypart(line, k)
    if part:
        day = date(line, part[0]) or relative(line, part[0])
        if day and day.type == "DATE" and _is_day(day.operator):
            return Found(day.end, "TIME", at(part[1], day.operator), f"daypart-{day.rule}", mod=phase)
    return None


_SMALL_HOURS = frozenset("early pre-dawn predawn dawn small wee first".split())


def _part_of_day(line: Line, i: int) -> Found | None:
    """As in "the evening of March 12", "the early hours of Friday", "the night of the 3rd"."""
    j = i + 1 if line[i].lower == "the" else i
    small = line[j].lower in _SMALL_HOURS
    j = j + 1 if small else j
    if line[j].text == "-" and line[j + 1].lower == "dawn":
        j, small = j + 2, True
    part = daypart(line, j)
    j = part[0] if part else j
    if line[j].lower == "hours" and (part or small):
        j += 1
    elif part is None:
        return None
    if line[j].lower != "of" or j == i:
        return None
    core = _joined(line, j + 1)
    if core is None or core.weak or not (core.type == "TIME" or _is_day(core.operator)):
        return None
    name = part[1] if part else "TMO"
    operator = core.operator if core.type == "TIME" else at(name, core.operator)
    return core._replace(type="TIME", operator=operator, rule=f"daypart-of-{core.rule}")


def _ended(line: Line, i: int) -> Found | None:
    """As in "the end of 1990", "the beginning of this year", "the middle of October"."""
    j = i + 1 if line[i].lower == "the" else i
    j = j + 1 if line[j].lower == "very" else j
    phase = line[j].name("phase")
    if phase is None or line[j].lower in {"early", "late", "mid"} or line[j + 1].lower != "of":
        return None
    k = j + 2
    core = _joined(line, k) or _the(line, k)
    if core is None or core.type != "DATE" or core.operator.name == "ref" or core.rule == "today":
        return None
    return core._replace(
        operator=_PHASE[phase](core.operator), mod=phase, rule=f"{line[j].lower}-{core.rule}", weak=False
    )


def _the(line: Line, k: int) -> Found | None:
    """As in "the month", "the decade": units that only a phrase such as "the end of" makes dates."""
    unit = line[k + 1].name("unit")
    if line[k].lower != "the" or unit not in {"week", "month", "year", "decade", "century"}:
        return None
    return Found(k + 2, "DATE", this(unit, published()), f"the-{unit}")


def _sooner(line: Line, i: int) -> Found | None:
    """As in "earlier this month", "later today", "earlier in the year"."""
    word = line[i].lower
    if word not in {"earlier", "later"}:
        return None
    j = i + 1
    if line[j].lower == "in" and line[j + 1].lower == "the":
        core = _the(line, j + 1)
    elif line[j].lower in {"this", "next", "last", "today", "yesterday", "tomorrow"} or line[j].whole(
        "weekday"
    ):
        core = _joined(line, j)
    else:
        return None
    if core is None or core.type not in {"DATE", "TIME"} or core.weak:
        return None
    part, phase = (so_far, "START") if word == "earlier" else (remaining, "END")
    return core._replace(operator=part(core.operator, published()), mod=phase, rule=f"{word}-{core.rule}")


def more_days(line: Line, found: Found) -> list[tuple[int, Found]]:
    """The further days of "April 24 and 25", "Monday to Wednesday": where each begins, and what it is."""
    if found.operator.name == "first-of":
        end = Operator("last-of", found.operator.arguments)
        return [(found.end + 1, found._replace(end=found.end + 2, operator=end))]
    form = str(found.operator.arguments[0]) if found.operator.arguments else ""
    if found.operator.name not in {"yearly", "on"} or len(form) != len("XXXX-MM-DD"):
        return []
    out: list[tuple[int, Found]] = []
    i = found.end
    while line[i].lower in {"and", "or", "to", "through", "-", "–", ","}:
        day = day_number(line, i + 1, int(form[5:7]))
        if day is None or not line[i + 1].digits:
            break
        stop = line[day[0]]
        if stop.text[:1].isalnum() and stop.lower not in _STOPS and not out:
            break
        told = form[:8] + f"{day[1]:02}"
        operator = Operator(found.operator.name, (told, *found.operator.arguments[1:]))
        out.append((i + 1, found._replace(end=day[0], operator=operator, start=None)))
        i = day[0]
    return out


_STOPS = frozenset("in at on for and or to when with from by as after before but until while where".split())
