"""Stamps: dates that a page prints about itself ("Posted: July 3, 2013"), not as part of the report.

They stand in lines of their own, mostly in furniture, where no time mention is
sought; so they are read here, and only where day, month and year are plain.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from ..model import Article, Span

StampKind: TypeAlias = Literal["posted", "updated", "message", "clip", "alone"]
"""`posted` and `updated` as the line says; `message` is the date after "(@name)" of a message that the page
embeds; `clip` is "(Published ...)", which pages print under clips, and the date of a reader's comment, which
change later and so tell nothing of the page; `alone` is a furniture line of a date and little else."""

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
    r"|\b(?P<updated>(?:last )?(?:updated?|modified|edited))\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\bcomments? (?:by|from)\b", re.IGNORECASE)
_SIGNED = re.compile(r"\(@\w+\)\s*$")
_BETWEEN = re.compile(
    r"(?:\s+on)?\s*[:\-(]?\s*(?:at\s+)?(?:[a-z]{3,9}\.?,?\s+)?(?:\d[\d:]*\s*[ap]\.?m\.?,?\s+)?(?:[a-z]{2,4},?\s+)?",
    re.IGNORECASE,
)
"""What may stand between such a word and its date: "on", a weekday, a time, a zone."""
REACH = 40
"""Characters before a date in which such a word is sought."""
SHORT = 60
"""Characters that may stand beside a date that a line is all about."""
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_YEAR = re.compile(r"\b(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date that a page prints about itself."""

    kind: StampKind
    day: date
    span: Span


def stamps(article: Article) -> Iterator[Stamp]:
    """The stamps of an article's page, in text order."""
    body = article.spans("body") if article.blocks else ()
    starts = [span.start for span in body]
    for line in _dated_lines(article.text):
        before = bisect_right(starts, line.start) - 1
        near = body[max(0, before) : before + 2]
        reported = not article.blocks or any(span.overlaps(line) for span in near)
        text = line.of(article.text)
        found = list(_dates(text))
        comment = _COMMENT.search(_next_line(article.text, line.end))  # below "Posted: ..."
        for day, start, end in found:
            kind = "clip" if comment else _kind(text, start, end, reported)
            if kind and (kind != "alone" or len(found) == 1):
                yield Stamp(kind, day, Span(line.start + start, line.start + end))


def _dated_lines(text: str) -> Iterator[Span]:
    """The lines that hold what looks like a year."""
    end = 0
    for found in _YEAR.finditer(text):
        if found.start() < end:
            continue
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.start())
        end = len(text) if end < 0 else end
        yield Span(start, end)


def _next_line(text: str, end: int) -> str:
    """The first line after a place that is not empty."""
    found = _LINE.search(text, end)
    return found[0] if found else ""


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
    before = line[max(0, start - REACH) : start]
    if _SIGNED.search(before):
        return "message"
    if _COMMENT.search(line):
        return "clip"
    said = max(_WORD.finditer(before), key=lambda found: found.start(), default=None)
    if said and _BETWEEN.fullmatch(before, said.end()):
        opens = not line[: start - len(before) + said.start()].strip(" \t(|-")
        if said["posted"] and line[max(0, start - len(before) + said.start() - 1)] == "(":
            return "clip"
        if opens or ":" in before[said.end() :]:
            return "posted" if said["posted"] else "updated"
    rest = line[:start] + line[end:]
    if not reported and len(rest.strip()) <= SHORT and not re.search(r"[.!?]\s*$", rest):
        return "alone"
    return None
