"""Dates as inputs state them: ISO 8601, mail dates, "July 5, 2014", and dates in addresses."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from ..errors import InputError
from ..model import Published

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WRITTEN = (
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s+{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"^{_YEAR}[/.](?P<number>\d{{1,2}})[/.]{_DAY}\b"),
)
_NUMERIC = re.compile(rf"^(?P<first>\d{{1,2}})[/.-](?P<second>\d{{1,2}})[/.-]{_YEAR}\b")
_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")


def stated_date(stated: str) -> Published:
    """When an article was published, from a date as it is written in metadata.

    >>> stated_date("July 5, 2014").day
    datetime.date(2014, 7, 5)

    Raises:
        InputError: when it is no date, or one that can be read in two ways.
    """
    text = " ".join(stated.split())
    for read in (_iso, _mail, _written, _numeric, _epoch):
        found = read(text)
        if found:
            return found
    raise InputError(f"not a date: {_short(text)}")


def address_date(url: str | None) -> Published | None:
    """The day in an address such as `/2014/07/05/`, which news sites put there on publishing."""
    found = _ADDRESS.search(url or "")
    if not found:
        return None
    try:
        return Published.on(date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        return None


def _iso(text: str) -> Published | None:
    for form in (text, text.removesuffix(" UTC"), re.sub(r"\s+([+-]\d\d:?\d\d)$", r"\1", text), text[:10]):
        if not re.match(r"\d{4}(-|$|\d{4}(T|$))", form):
            continue
        try:
            return Published.parse(form)
        except InputError:
            continue
    return None


def _mail(text: str) -> Published | None:
    if not re.search(r"\d:\d\d", text):
        return None
    try:
        return Published.parse(parsedate_to_datetime(text).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(text: str) -> Published | None:
    for form in _WRITTEN:
        found = form.search(text)
        if found:
            named = found.groupdict()
            month = int(named["number"]) if "number" in named else _MONTHS.index(named["month"].lower()) + 1
            return _day(int(named["year"]), month, int(named["day"]))
    return None


def _numeric(text: str) -> Published | None:
    """`25/12/2014`: only where day and month can't be taken for one another."""
    found = _NUMERIC.match(text)
    if not found:
        return None
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    if first == second or second > 12:
        return _day(year, first, second)
    if first > 12:
        return _day(year, second, first)
    raise InputError(f"a date that can be read in two ways: {_short(text)}; write it as {year}-MM-DD")


def _epoch(text: str) -> Published | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text) / (1000 if len(text.partition(".")[0]) > 10 else 1)
    return Published.parse(datetime.fromtimestamp(seconds, UTC).isoformat())


def _day(year: int, month: int, day: int) -> Published | None:
    try:
        return Published.on(date(year, month, day))
    except ValueError:
        return None


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
