"""Times of day: "5 p.m. EST", "0900 GMT", "noon", and the parts of a day."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...model import Operator
from ...model.time import at
from .found import Found, focus
from .words import Line


class Hour(NamedTuple):
    """A time of day: TIMEX3's, its zone if one is told; ends before `end`."""

    end: int
    time: str
    zone: str = ""


def hour(line: Line, i: int) -> Hour | None:
    """A time of day at `i`."""
    word = line[i]
    fixed = word.name("clock")
    if fixed:
        return Hour(i + 1, fixed)
    if word.lower == "12" and "clock" in line[i + 1].senses:
        return Hour(i + 2, line[i + 1].name("clock") or "T12:00")
    read = _hour_minute(word.text)
    if read is None or (word.glued and line[i - 1].text in {"-", "–", "$", "."}):
        return None
    hours, minutes, colon = read
    end, half = _half_of_day(line, i + 1)
    if half and 1 <= hours <= 12:
        hours = hours % 12 + (12 if half == "pm" else 0)
        return _zoned(line, end, f"T{hours:02}:{minutes:02}")
    if line[i + 1].lower == "o" and line[i + 2].lower in {"'clock", "’clock"} and hours <= 12:
        return Hour(i + 3, f"T{hours:02}:00")
    zoned = _zoned(line, i + 1, f"T{hours:02}:{minutes:02}")
    military = len(word.text) == 4 and word.digits
    if zoned.zone and (colon or military):
        return zoned
    if colon and line[i - 1].lower in {"at", "by", "until", "from", "around", "about", "before", "after"}:
        return zoned
    return None


def _hour_minute(text: str) -> tuple[int, int, bool] | None:
    """Hours, minutes, and whether a colon told them apart."""
    if not text[:1].isdigit():
        return None
    if ":" in text or _DOTTED.fullmatch(text):
        parts = text.replace(".", ":").split(":")
        hours, minutes = int(parts[0]), int(parts[1])
    elif text.isdigit() and len(text) == 4:
        hours, minutes = int(text[:2]), int(text[2:])
    elif text.isdigit() and len(text) <= 2:
        hours, minutes = int(text), 0
    else:
        return None
    good = hours <= 24 and minutes < 60
    return (hours, minutes, ":" in text) if good else None


_DOTTED = re.compile(r"\d{1,2}\.[0-5]\d")
"""As in "9.30am": a time of day only where its half of the day, or a zone, follows."""


def _half_of_day(line: Line, i: int) -> tuple[int, str | None]:
    half = line[i].name("half_of_day")
    if half is None:
        return i, None
    return i + 1, half


def _zoned(line: Line, i: int, time: str) -> Hour:
    j = i
    zone = line[j].name("zone")
    if zone and line[j].text.isupper():
        return Hour(j + 1, time, zone)
    if line[j].lower == "local" and line[j + 1].lower == "time":
        return Hour(j + 2, time)
    if line[j].titled and line[j + 1].lower == "time" and line[j].lower in _PLACES:
        return Hour(j + 2, time, _PLACES[line[j].lower])
    return Hour(i, time)


_PLACES = {"eastern": "ET", "central": "CT", "mountain": "MT", "pacific": "PT"}


def clock(line: Line, i: int) -> Found | None:
    """A time of day alone; its day is the one the text speaks of."""
    told = hour(line, i)
    if told is None:
        return None
    return Found(told.end, "TIME", timed(told, focus("day")), "clock")


def timed(told: Hour, base: Operator) -> Operator:
    """A time of day on a day."""
    return at(told.time, base, told.zone)


def daypart(line: Line, i: int) -> tuple[int, str] | None:
    """A part of the day at `i`: past it, and TIMEX3's name for it."""
    name = line[i].name("daypart")
    return (i + 1, name) if name else None
