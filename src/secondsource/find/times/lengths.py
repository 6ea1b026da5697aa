"""Lengths and repetitions: "nine months", "10-year", "a minute and a half", "daily", "each July"."""

from __future__ import annotations

from ...model.time import duration, during, event, every
from .found import Found, focus, longest
from .numbers import Quantity, ordinal, quantity
from .words import Line

_CODES = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "night": "D",
    "weekend": "D",
    "week": "W",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "half": "M",
    "year": "Y",
    "decade": "Y",
    "century": "Y",
    "millennium": "Y",
}
_TIMES = {"decade": 10, "century": 100, "millennium": 1000, "fortnight": 2, "half": 6, "weekend": 2}
_PARTS = {"Y": (12, "M"), "TH": (60, "M"), "TM": (60, "S"), "D": (24, "TH"), "M": (30, "D"), "W": (7, "D")}


def length_value(value: float | None, unit: str) -> str:
    """The TIMEX3 value of so many units; X where the number is not told.

    >>> length_value(2.5, "year"), length_value(None, "week"), length_value(5.5, "hour")
    ('P2Y6M', 'PXW', 'PT5H30M')
    """
    code = _CODES[unit]
    head = "PT" if code[0] == "T" else "P"
    letter = code[-1]
    if value is None:
        return f"{head}X{'C' if unit == 'century' else letter}"
    value *= _TIMES.get(unit, 1)
    whole = int(value)
    if value == whole or code not in _PARTS:
        return f"{head}{round(value)}{letter}"
    times, below = _PARTS[code]
    rest = round((value - whole) * times)
    tail = f"{rest}{below}" if below[0] != "T" or head == "PT" else f"T{rest}{below[1]}"
    return f"{head}{f'{whole}{letter}' if whole else ''}{tail}"


def unit_at(line: Line, i: int) -> str | None:
    """The unit that a word names, singular or plural."""
    return line[i].name("unit") or line[i].name("units")


_BETWEEN = frozenset(
    "more additional full whole straight consecutive successive extra further long short entire calendar "
    "business working fiscal solid".split()
)


def measured(line: Line, i: int) -> tuple[int, Quantity, str] | None:
    """So many units at `i`: past them, how many, and the unit."""
    if line[i].lower == "another" and line[i + 1].name("unit"):
        return i + 2, Quantity(i + 1, 1, article=False), line[i + 1].name("unit") or "day"
    many = quantity(line, i + 1 if line[i].lower == "another" else i)
    if many is None:
        return None
    j = line.hyphen(many.end)
    if line[j].lower in _BETWEEN:
        j = line.hyphen(j + 1)
    if line[many.end].lower == "of" and many.value in {0.5}:
        return None
    unit = unit_at(line, j)
    share = many.value is not None and line[j + 1].lower in _NO_QUARTER
    if unit is None or (unit == "quarter" and (many.value == 0.5 or j > many.end or share)):
        return None
    if many.article and line[j - 1].lower in {"fiscal", "calendar"}:
        return None
    if many.article and line[j].name("units"):
        return None
    if line[j + 1].lower == "and" and line[j + 2].lower in {"a", "one"} and line[j + 3].lower == "half":
        return j + 4, many._replace(value=(many.value or 0) + 0.5), unit
    return j + 1, many, unit


_NO_QUARTER = frozenset({"of", "past"})
"""What follows a quarter that is no three months: "a quarter of them", "a quarter past three"."""


def length(line: Line, i: int) -> Found | None:
    """The longest length of time at `i`."""
    return longest(_measured(line, i), _first(line, i), _bare(line, i), _while(line, i))


def _measured(line: Line, i: int) -> Found | None:
    j = i + 1 if line[i].lower in {"the", "these", "those"} and line[i + 1].lower not in {"a", "an"} else i
    found = measured(line, j)
    if found is None:
        return None
    end, many, unit = found
    if _is_age(line, end) or (unit == "second" and many.article) or (j > i and many.article):
        return None
    hyphened = line[end - 2].text in {"-", "–"}
    if j > i and (hyphened or "vague" in line[j].senses):
        return None
    if line[end].lower == "or" and line[end + 1].lower == "two" and many.article:
        end, many = end + 2, many._replace(value=None)
    elif line[end].lower == "or" and line[end + 1].lower == "so":
        end += 2
    code = length_value(many.value, unit)
    rule = "a-length" if many.article else "the-length" if j > i else "length"
    return Found(end, "DURATION", duration(code), rule, weak=hyphened and unit == "second")


def _is_age(line: Line, end: int) -> bool:
    """Whether "old" or "of age" follows: a person's age is no time expression."""
    after = line.hyphen(end)
    return line[after].lower in {"old", "olds"} or (line[end].lower == "of" and line[end + 1].lower == "age")


def _first(line: Line, i: int) -> Found | None:
    """As in "the first nine months", "the final two weeks"."""
    j = i + 1 if line[i].lower in {"the", "its", "their", "his", "her"} else i
    which = ordinal(line, j)
    if which is None or which.value not in {1, -1} or line[j].lower == "last":
        return None
    found = measured(line, which.end)
    if found is None or found[1].article:
        unit = line[which.end].name("units")
        if unit is None:
            return None
        return Found(which.end + 1, "DURATION", duration(length_value(None, unit)), "first-length")
    end, many, unit = found
    if _is_age(line, end):
        return None
    start = j if line[i].lower in {"its", "their", "his", "her"} else None
    return Found(end, "DURATION", duration(length_value(many.value, unit)), "first-length", start=start)


_BEFORE_BARE = frozenset(
    "for in within of after over took take takes lasted lasts last lasting until by spent spend just only "
    "many follows following during through".split()
)
_AFTER_BARE = frozenset("of before after later ahead ago earlier into without".split())


def _bare(line: Line, i: int) -> Found | None:
    """As in "weeks", "decades-long", "weeks or months": plural units without a number."""
    unit = line[i].name("units")
    if unit is None or unit == "second" or (line[i].titled and i > 0) or line[i - 1].text == "-":
        return None
    end = i + 1
    code = length_value(None, unit)
    if line[line.hyphen(end)].lower == "long" and line.hyphen(end) > end:
        return Found(end + 2, "DURATION", duration(code), "bare-length")
    if line[end].lower in {"or", "and", "to"} and line[end + 1].name("units"):
        return Found(end + 2, "DURATION", duration(code), "bare-length")
    before = line[i - 1].lower
    if before not in _BEFORE_BARE and line[end].lower not in _AFTER_BARE:
        return None
    if before not in _BEFORE_BARE and line[end].lower == "of" and line[end + 1].lower in _DETERMINERS:
        return None  # "the biggest shopping days of the year"
    if before == "of" and line[i - 2].lower == "number":
        return None
    return Found(end, "DURATION", duration(code), "bare-length")


_DETERMINERS = frozenset("the a an this that these those his her its their our my".split())


def _while(line: Line, i: int) -> Found | None:
    """As in "a while", "some time"."""
    two = line[i].lower, line[i + 1].lower
    if two == ("a", "while") or (two == ("some", "time") and line[i - 1].lower in {"for", "in", "quite"}):
        return Found(i + 2, "DURATION", duration("PXX"), "bare-length")
    return None


def repeated(line: Line, i: int) -> Found | None:
    """The longest repetition at `i`."""
    return longest(_often(line, i), _each(line, i), _plural(line, i), _times_a(line, i))


_HOW_OFTEN = frozenset({"once", "twice", "thrice"})


def _times_a(line: Line, i: int) -> Found | None:
    """As in "twice a week", "three times a year", "once every two months"."""
    many = quantity(line, i)
    if line[i].lower in _HOW_OFTEN:
        j = i + 1
    elif many and not many.article and line[many.end].lower == "times":
        j = many.end + 1
    else:
        return None
    if line[j].lower in {"every", "each"}:
        held = _each(line, j)
        return held and held._replace(rule="times-a")
    unit = line[j + 1].name("unit")
    if line[j].lower not in {"a", "an", "per"} or unit in {None, "second"}:
        return None
    return Found(j + 2, "SET", every(length_value(1, unit or "day")), "times-a")


def _often(line: Line, i: int) -> Found | None:
    value = line[i].name("often")
    if value is None or (line[i].titled and i > 0 and line[i + 1].titled):
        return None
    return Found(i + 1, "SET", every(value), "often")


def _each(line: Line, i: int) -> Found | None:
    """As in "every day", "each July", "every two weeks", "every other Friday"."""
    if line[i].lower not in {"every", "each"}:
        return None
    j = i + 1
    if line[j].lower in {"single", "other"}:
        j += 1
    twice = line[j - 1].lower == "other"
    word = line[j]
    unit = word.name("unit")
    if unit and unit != "second":
        part = line[j + 1].name("daypart") if unit == "day" else None
        return Found(j + 1, "SET", every(length_value(2 if twice else 1, unit) + (part or "")), "each")
    if (day := word.whole("weekday")) is not None and word.titled:
        part = line[j + 1].name("daypart") or ""
        return Found(j + 2 if part else j + 1, "SET", every(f"XXXX-WXX-{day}{part}"), "each")
    if (month := word.whole("month")) is not None and word.titled:
        return Found(j + 1, "SET", every(f"XXXX-{month:02}"), "each")
    if name := word.name("season"):
        return Found(j + 1, "SET", every(f"XXXX-{name}"), "each")
    if part := word.name("daypart"):
        return Found(j + 1, "SET", every(f"XXXX-XX-XX{part}"), "each")
    found = measured(line, j)
    if found and line[i].lower == "every" and not found[1].article:
        return Found(found[0], "SET", every(length_value(found[1].value, found[2])), "each")
    return None


def _plural(line: Line, i: int) -> Found | None:
    """As in "Tuesdays", "Tuesday nights"."""
    word = line[i]
    if (day := word.whole("weekdays")) is not None and word.titled:
        return Found(i + 1, "SET", every(f"XXXX-WXX-{day}"), "weekdays")
    if (day := word.whole("weekday")) is not None and word.titled:
        part = line[i + 1].name("dayparts")
        if part:
            return Found(i + 2, "SET", every(f"XXXX-WXX-{day}{part}"), "weekdays")
        part = line[i + 3].name("dayparts")
        if part and line[i + 1].lower in {"and", "or"} and "weekday" in line[i + 2].senses:
            return Found(i + 1, "SET", every(f"XXXX-WXX-{day}{part}"), "weekdays")
    return None


def apart(line: Line, i: int) -> Found | None:
    """As in "two months after ...", "10 days before ...", "a few days later"."""
    found = measured(line, i)
    bare = line[i].name("units")
    if found and found[2] != "second":
        end, value = found[0], length_value(found[1].value, found[2])
    elif bare and bare != "second" and not line[i].titled and line[i - 1].text != "-":
        end, value = i + 1, length_value(None, bare)
    else:
        return None
    link = line[end].lower
    if link in {"after", "following", "before"}:
        direction = "past" if link == "before" else "future"
        return Found(end, "DURATION", during(value, direction, event()), "length-from-event")
    if link in {"later", "afterward", "afterwards"}:
        return Found(end, "DURATION", during(value, "future", focus("any")), "length-later")
    return None
