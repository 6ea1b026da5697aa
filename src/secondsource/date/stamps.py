"""Stamps: dates that a page prints about itself ("Posted: July 3, 2013"), not as part of the report.

They stand in lines of their own, mostly in furniture, where no time mention is
sought; so they are read here, and only where day, month and year are plain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from ..model import Article, Span

StampKind: TypeAlias = Literal["posted", "updated", "bracketed", "alone"]
"""`posted` and `updated` as the line says; `bracketed` is "(Published ...)", which
pages print under clips, and the date after "(@name)" of a message they embed;
`alone` is a furniture line that holds a date and little else."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b",
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?=\b|T)",
        r"\b(?P<number>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)\b",
    )
)
_WORD = re.compile(
    r"\b(?P<posted>(?:first |originally )?(?:posted|published)|created)\b"
    r"|\b(?P<updated>(?:last )?(?:updated|modified|edited))\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\(@\w+\)\s*$")
_SHORT = 60
_DATED_LINE = re.compile(r"[^\n]*?\b(?:19|20)\d\d\b[^\n]*")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date that a page prints about itself."""

    kind: StampKind
    day: date
    span: Span


def stamps(article: Article) -> Iterator[Stamp]:
    """The stamps of an article's page, in text order."""
    body = article.spans("body") if article.blocks else ()
    for line in _DATED_LINE.finditer(article.text):
        reported = any(span.overlap(Span(line.start(), line.end())) for span in body) or not article.blocks
        found = list(_dates(line[0]))
        for day, start, end in found:
            kind = _kind(line[0], start, end, reported)
            if kind and (kind != "alone" or len(found) == 1):
                yield Stamp(kind, day, Span(line.start() + start, line.start() + end))


def _dates(line: str) -> Iterator[tuple[date, int, int]]:
    for form in _FORMS:
        for found in form.finditer(line):
            named = found.groupdict()
            month = named.get("number") or str(_MONTHS.index(named["month"][:3].lower()) + 1)
            try:
                day = date(int(named["year"]), int(month), int(named["day"]))
            except ValueError:
                continue
            yield day, found.start(), found.end()


def _kind(line: str, start: int, end: int, reported: bool) -> StampKind | None:
    """What a date in a line is a stamp of; nothing for one in running text."""
    before = line[max(0, start - 40) : start]
    if _SIGNED.search(before):
        return "bracketed"
    words = list(_WORD.finditer(before))
    if words:
        said = words[-1]
        between = before[said.end() :]
        if re.fullmatch(
            r"(?:\s+on)?\s*[:\-]?\s*(?:at\s+)?(?:[a-z]{3,9}\.?,?\s+)?(?:\d[\d:]*\s*[ap]\.?m\.?,?\s+)?(?:[a-z]{2,4},?\s+)?",
            between,
            re.IGNORECASE,
        ):
            if "(" in before[: said.start()][-2:] or line.lstrip().startswith("("):
                return "bracketed"
            return "posted" if said["posted"] else "updated"
    rest = line[:start] + line[end:]
    if not reported and len(rest.strip()) <= _SHORT and not re.search(r"[.!?]\s*$", rest):
        return "alone"
    return None
