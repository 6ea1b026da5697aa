"""Calendar dates: days, months, years, quarters, seasons, decades, weekdays and holidays by name."""

from __future__ import annotations

import calendar

from ...model import Operator
from ...model.time import holiday, on, published, shift, this, weekday, yearly
from .found import AUTO, Found, focus, longest
from .lexicon import holidays, plain
from .numbers import ordinal, year
from .words import Line


def date(line: Line, i: int) -> Found | None:
    """The longest calendar date at `i`."""
    return longest(
        _weekday_date(line, i),
        _named_day(line, i),
        _day_of_month(line, i),
        _numeric(line, i),
        quarter(line, i),
        _season(line, i),
        _decade(line, i),
        _century(line, i),
        _fiscal(line, i),
        _plain_year(line, i),
        _holiday(line, i),
    )


def year_told(line: Line, i: int) -> tuple[int, Operator] | None:
    """The year that a month or quarter is said to be of: "1989", "last year", "of the same year"."""
    j = i + 1 if line[i].lower in {"of", "in", "for"} else i
    spoken = year(line, j)
    if spoken and not _counts(line, j, spoken[0]):
        return spoken[0], on(str(spoken[1]))
    if j > i and line[j].lower == "the" and line[j + 1].name("unit") == "year":
        return None if line[j + 2].lower in {"'s", "’s"} else (j + 2, this("year", published()))
    k = j + 1 if line[j].lower in {"the", "a"} else j
    if line[k + 1].name("unit") != "year" or line[k + 2].lower in {"'s", "’s"}:
        return None
    found = {
        "last": shift(-1, "year", published()),
        "this": this("year", published()),
        "next": shift(1, "year", published()),
        "that": this("year", focus("year")),
        "same": this("year", focus("year")),
        "previous": shift(-1, "year", focus("year")),
        "following": shift(1, "year", focus("year")),
    }.get(line[k].lower)
    return (k + 2, found) if found else None


def _counts(line: Line, i: int, end: int) -> bool:
    """Whether digits that look like a year are a count, an amount or part of a longer number."""
    after, before = line[end], line[i - 1]
    if before.text in {"$", "€", "£", "#"} or (before.text in {".", ":", "/"} and line[i].glued):
        return True
    if after.glued and (after.text in {"%", "/", "°", "€"} or (after.text == ":" and line[end + 1].digits)):
        return True
    if after.glued and after.text in {".", "-"} and line[end + 1].glued and line[end + 1].number is not None:
        return line[end + 1].number is not None and after.text == "."
    return after.lower in _COUNTED


_COUNTED = frozenset(
    """percent per million billion gmt hours points dollars block blocks degrees miles feet metres meters
    kilometres kilometers km pounds tons tonnes votes calories""".split()
)


def in_year(form: str, base: Operator) -> Operator:
    """What recurs each year, in a year that is told."""
    if base.name == "on":
        return on(form.replace("XXXX", str(base.arguments[0])))
    return yearly(form, "same", base)


def month_name(line: Line, i: int) -> tuple[int, int] | None:
    """A month's name at `i`: past it, and its number."""
    found = line[i].whole("month")
    if found is None or not line[i].titled:
        return None
    return line.stop(i + 1), found


def day_number(line: Line, i: int, month: int) -> tuple[int, int] | None:
    """A day that the month has: "3", "21st", "eighth"."""
    word = line[i]
    longest_month = calendar.monthrange(2000, month)[1]
    found = ordinal(line, i)
    if found is not None:
        good = 1 <= found.value <= longest_month and word.lower not in {"last", "final"}
        return (found.end, found.value) if good else None
    if not word.digits or len(word.text) > 2 or not 1 <= int(word.text) <= longest_month:
        return None
    after = line[i + 1]
    if after.glued and (after.text in {"%", "/"} or after.text.isalpha()):
        return None
    if after.glued and after.text == "." and line[i + 2].glued and line[i + 2].number is not None:
        return None
    return i + 1, int(word.text)


def _named_day(line: Line, i: int) -> Found | None:
    """As in "August", "August 1988", "Aug. 7", "Aug. 7, 1998", "August 7 last year", "June last year"."""
    named = month_name(line, i)
    if named is None:
        return None
    j, month = named
    day = day_number(line, line.hyphen(j), month)
    if day is None:
        return _month(line, i, j, month)
    return _with_year(line, day[0], f"XXXX-{month:02}-{day[1]:02}", "month-day")


def _month(line: Line, i: int, j: int, month: int) -> Found | None:
    form = f"XXXX-{month:02}"
    told = year_told(line, line.comma(j)) or year_told(line, j)
    if told:
        return Found(told[0], "DATE", in_year(form, told[1]), "month-year")
    if line[j].text in {"'", "’"} and line[j + 1].digits and len(line[j + 1].text) == 2:
        return Found(j + 2, "DATE", on(f"{_short_year(line[j + 1].text)}-{month:02}"), "month-year")
    weak = "doubtful" in line[i].senses
    end = j if "doubtful" not in line[i].senses or line[j - 1].text == "." else i + 1
    return Found(end, "DATE", yearly(form, AUTO, published()), "month", weak=weak)


def _with_year(line: Line, end: int, form: str, rule: str) -> Found:
    comma = line.comma(end)
    told = year_told(line, comma)
    if told and (comma == end or told[1].name == "on"):
        return Found(told[0], "DATE", in_year(form, told[1]), f"{rule}-year")
    return Found(end, "DATE", yearly(form, AUTO, published()), rule)


def _day_of_month(line: Line, i: int) -> Found | None:
    """As in "5 May 2019", "the 5th of May", "the night of" aside."""
    j = i + 1 if line[i].lower == "the" else i
    numbered = ordinal(line, j)
    if numbered and numbered.value > 0:
        k, value = numbered.end, numbered.value
        k = k + 1 if line[k].lower == "of" else k
    elif line[j].digits and len(line[j].text) <= 2 and j == i:
        k, value = j + 1, int(line[j].text)
        if line[k].lower in _JOINS and line[k + 1].digits and "month" in line[k + 2].senses:
            return _first_of_two(_day_of_month(line, k + 1), k, value)
    else:
        return None
    named = month_name(line, k)
    if named is None or not 1 <= value <= calendar.monthrange(2000, named[1])[1]:
        return None
    return _with_year(line, named[0], f"XXXX-{named[1]:02}-{value:02}", "day-month")


_JOINS = frozenset("- – and or to".split())


def _first_of_two(second: Found | None, end: int, day: int) -> Found | None:
    """As in "14-15 March", "3 and 4 June": the first day, whose month stands with the second."""
    if second is None or second.operator.name not in {"yearly", "on"}:
        return None
    form, *rest = second.operator.arguments
    if not 1 <= day < int(str(form)[8:]):
        return None
    return second._replace(
        end=end, operator=Operator(second.operator.name, (f"{str(form)[:8]}{day:02}", *rest))
    )


def _weekday_date(line: Line, i: int) -> Found | None:
    """As in "Friday", "Saturday, April 25", "Friday Oct. 13"."""
    day = line[i].whole("weekday")
    if day is None or not line[i].titled:
        return None
    j = line.stop(i + 1)
    dated = _named_day(line, line.comma(j)) or _day_of_month(line, line.comma(j))
    if dated and dated.rule != "month" and not dated.weak and dated.rule != "month-year":
        return dated._replace(rule=f"weekday-{dated.rule}")
    weak = "doubtful" in line[i].senses and line[j - 1].text != "."
    return Found(j, "DATE", weekday(day, AUTO, published()), "weekday", weak=weak)


def _numeric(line: Line, i: int) -> Found | None:
    """As in "2019-04-17", "4/17/2019", "17.04.2019": the month must be plain."""
    first, mark, second, again, third = (line[i + k] for k in range(5))
    if not (first.digits and second.digits and third.digits) or mark.text != again.text:
        return None
    if mark.text not in {"-", "/", "."} or not all(line[i + k].glued for k in range(1, 5)):
        return None
    if line[i + 5].glued and line[i + 5].text == mark.text:
        return None
    read = _read_numeric(first.text, second.text, third.text)
    if read is None:
        return None
    return Found(i + 5, "DATE", on("{:04}-{:02}-{:02}".format(*read)), "numeric")


def _read_numeric(first: str, second: str, third: str) -> tuple[int, int, int] | None:
    if len(first) == 4:
        tried = [(int(first), int(second), int(third))]
    elif len(third) == 4 or len(third) == 2:
        told = int(third) if len(third) == 4 else _short_year(third)
        tried = [(told, int(first), int(second)), (told, int(second), int(first))]
    else:
        return None
    good = [t for t in tried if t[0] > 0 and 1 <= t[1] <= 12 and 1 <= t[2] <= calendar.monthrange(*t[:2])[1]]
    return good[0] if good else None


def _short_year(text: str) -> int:
    """The year that two digits stand for, as POSIX has it: 69 to 99 are of the last century."""
    value = int(text)
    return value + (1900 if value >= 69 else 2000)


def quarter(line: Line, i: int) -> Found | None:
    """As in "third-quarter", "the fiscal first quarter", "the 1988 third quarter", "Q3 2010"."""
    short = _short_quarter(line, i)
    if short:
        told = year_told(line, i + 2)
        return _periodic(told[0] if told else i + 2, short, told and told[1], "quarter")
    j = i + 1 if line[i].lower in {"the", "its", "their", "a"} else i
    before = year(line, j)
    if before:
        j = before[0]
    j = line.hyphen(j + 1) if line[j].lower == "fiscal" else j
    which = ordinal(line, j)
    if which is None or line[j].lower == "last":
        return None
    k = line.hyphen(which.end)
    hyphened = k > which.end
    if which.value in {1, -1} and line[k].lower == "two" and line[k + 1].lower == "quarters":
        told = year_told(line, k + 2)
        form = "XXXX-H1" if which.value == 1 else "XXXX-H2"
        return _periodic(told[0] if told else k + 2, form, told and told[1], "half")
    if line[k].lower == "calendar":
        k += 1
    unit = line[k].name("unit")
    if unit == "quarter" and 1 <= which.value <= 4:
        form = f"XXXX-Q{which.value}"
    elif line[k].lower == "half" and 1 <= which.value <= 2:
        form = f"XXXX-H{which.value}"
    else:
        return None
    told = (before[0], on(str(before[1]))) if before else year_told(line, k + 1)
    if told is None:
        told = _fiscal_told(line, k + 1)
    if form[5] == "H" and told is None and not (hyphened or line[k + 1].lower in {"profit", "results"}):
        return None
    end = max(k + 1, told[0] if told and not before else 0)
    start = j if hyphened and not before and line[i].lower in {"the", "its", "their", "a"} else None
    if line[i].lower in {"its", "their", "a"}:
        start = i + 1
    return _periodic(end, form, told and told[1], "quarter", start)


def _short_quarter(line: Line, i: int) -> str | None:
    """As in "Q3", "3Q"."""
    one, other = line[i].lower, line[i + 1].lower
    longer = line[i + 2].glued and line[i + 2].text[:1].isalnum()
    if not line[i + 1].glued or "q" not in {one, other} or longer:
        return None
    which = one if other == "q" else other
    return f"XXXX-Q{which}" if which in {"1", "2", "3", "4"} else None


def _fiscal_told(line: Line, i: int) -> tuple[int, Operator] | None:
    j = i + 1 if line[i].lower == "of" else i
    found = _fiscal(line, j)
    return (found.end, found.operator) if found and found.operator.name == "on" else None


def _periodic(end: int, form: str, base: Operator | None, rule: str, start: int | None = None) -> Found:
    if base is not None:
        return Found(end, "DATE", in_year(form, base), f"{rule}-year", start=start)
    return Found(end, "DATE", yearly(form, AUTO, published()), rule, start=start)


def _season(line: Line, i: int) -> Found | None:
    """As in "winter of 1994", "the summer", "summer 1998"; a bare season only with "the" or a year."""
    j = i + 1 if line[i].lower == "the" else i
    name = line[j].name("season")
    if name is None:
        return None
    told = year_told(line, j + 1)
    if told:
        return Found(told[0], "DATE", in_year(f"XXXX-{name}", told[1]), "season-year")
    if j == i or (line[j].lower == "fall" and line[i - 1].lower not in {"in", "by", "this", "until"}):
        return None
    return Found(j + 1, "DATE", yearly(f"XXXX-{name}", AUTO, published()), "season", weak=True)


def _decade(line: Line, i: int) -> Found | None:
    """As in "the 1990s", "the '90s", "the nineties"."""
    j = i + 1 if line[i].lower == "the" else i
    word, after = line[j], line[j + 1]
    if word.digits and len(word.text) == 4 and word.text.endswith("0") and word.text[:2] in _CENTURIES:
        if after.glued and after.lower in {"s", "'s", "’s"}:
            return Found(j + 2, "DATE", on(word.text[:3]), "decade")
        return None
    if word.text in {"'", "’"} and after.digits and len(after.text) == 2 and after.text[1] == "0":
        if line[j + 2].glued and line[j + 2].lower == "s":
            return Found(j + 3, "DATE", on(f"{19 if after.text[0] > '2' else 20}{after.text[0]}"), "decade")
        return None
    tens = word.whole("tens")
    if tens is not None and (j > i or line[j - 1].text == "-"):
        return Found(j + 1, "DATE", on(f"19{tens}"), "decade")
    return None


_CENTURIES = {"17", "18", "19", "20"}


def _century(line: Line, i: int) -> Found | None:
    """As in "the 20th century", "11th-century"."""
    j = i + 1 if line[i].lower == "the" else i
    which = ordinal(line, j)
    if which is None or not 1 <= which.value <= 30:
        return None
    k = line.hyphen(which.end)
    if line[k].name("unit") != "century":
        return None
    start = j if k > which.end and j > i else None
    return Found(k + 1, "DATE", on(f"{which.value - 1:02}"), "century", start=start)


def _fiscal(line: Line, i: int) -> Found | None:
    """As in "fiscal 1989", "the fiscal year", "fiscal year 2012", "FY2012"."""
    brief = year(line, i + 1) if line[i].text == "FY" and line[i + 1].digits else None
    if brief:
        return Found(brief[0], "DATE", on(str(brief[1])), "fiscal-year")
    j = i + 1 if line[i].lower == "the" else i
    if line[j].lower not in {"fiscal", "financial"}:
        return None
    k = j + 2 if line[j + 1].name("unit") == "year" else j + 1
    told = year(line, k)
    if told:
        return Found(told[0], "DATE", on(str(told[1])), "fiscal-year")
    return None


_PEOPLE = frozenset("people men women children troops soldiers dollars euros pounds".split())
_YEAR_CUES = frozenset(
    """in since of by until till from to and or for during through before after between around about
    early late mid fiscal than the a an its their his her our this that 's ’s ( , into back throughout
    year ago as at till past with via - – on""".split()
)


def _plain_year(line: Line, i: int) -> Found | None:
    """As in "1988", "the year two thousand", "nineteen ninety-six", "'97"."""
    short = line[i + 1]
    if line[i].text in {"'", "’"} and short.glued and short.digits and len(short.text) == 2:
        cut = line[i + 2].glued and line[i + 2].text[:1].isalnum()
        told_of = line[i - 1].lower in {"in", "of", "since", "until", "from", "by"} and not cut
        return Found(i + 2, "DATE", on(str(_short_year(short.text))), "year") if told_of else None
    j = i
    named = line[i].lower == "the" and line[i + 1].lower == "year"
    if named:
        j = i + 2
    elif line[i].lower == "year" and line[i - 1].lower != "the":
        j = i + 1
    told = year(line, j)
    if told is None or _counts(line, j, told[0]):
        return None
    end, value = told
    if line[end].glued and (line[end].text.isalnum() or (line[end].lower == "'s" and value % 10 == 0)):
        return None
    if j > i:
        return Found(end, "DATE", on(str(value)), "year") if line[j].digits or named else None
    if line[end].lower in _PEOPLE or (line[i - 1].name("approximate") and line[end].lower.endswith("s")):
        return None
    if not 1900 <= value <= 2099 and line[i - 1].lower not in {"in", "since", "of", "until", "from", "by"}:
        return None
    weak = line[i].glued or line[i - 1].lower not in _YEAR_CUES
    return Found(end, "DATE", on(str(value)), "year", weak=weak)


def _holiday(line: Line, i: int) -> Found | None:
    """As in "Thanksgiving Day", "last Easter", "Christmas 2010", "2016 Labor Day"."""
    before = year(line, i)
    j = before[0] if before else i
    if "holiday" not in line[j].senses or not line[j].titled:
        return None
    named = holiday_name(line, j)
    if named is None:
        return None
    end, rule = named
    if before:
        return Found(end, "DATE", holiday(rule, "same", on(str(before[1]))), "holiday-year")
    told = year_told(line, end)
    if told:
        return Found(told[0], "DATE", holiday(rule, "same", told[1]), "holiday-year")
    if line[end].lower == "week":
        return Found(end + 1, "DATE", this("week", holiday(rule, AUTO, published())), "holiday-week")
    return Found(end, "DATE", holiday(rule, AUTO, published()), "holiday")


def holiday_name(line: Line, i: int) -> tuple[int, str] | None:
    """The longest holiday name at `i`: past it, and the rule that dates it."""
    words: list[str] = []
    best: tuple[int, str] | None = None
    table = holidays()
    for k in range(i, min(i + 8, line.size)):
        piece = plain(line[k].text)
        if not piece.isalpha():
            if line[k].text not in {".", "'", "’"}:
                break
            continue
        if line[k].glued and words:
            words[-1] += piece
        else:
            words.append(piece)
        rule = table.get(tuple(words))
        if rule:
            best = k + 1, rule
    return best
