"""The timeline: what the accounts tell, in the order of the calendar, plan apart from fact.

Every body sentence with a time mention that the calendar grounds to at most a
year is an entry. Sentences of several accounts on one interval are one entry
when they are alike enough to tell one thing. Dates of publication are the
calendar's, and are shown apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ..model import Calendar, Citation, Grounding, Interval, Reading, Story, TimelineEntry
from .align import Likeness, Line, lines_of

Granularity: TypeAlias = Literal["time", "day", "week", "month", "quarter", "season", "year", "interval"]

MAX_DAYS = 366
"""A longer interval says too little about when something was."""
ALIKE = 0.3
"""Likeness from which two sentences of one interval are one entry."""
FORMS: tuple[tuple[Granularity, re.Pattern[str]], ...] = (
    ("time", re.compile(r"^\d{4}-\d\d-\d\dT")),
    ("day", re.compile(r"^\d{4}-\d\d-\d\d$")),
    ("week", re.compile(r"^\d{4}-W\d\d(-WE)?$")),
    ("month", re.compile(r"^\d{4}-\d\d$")),
    ("quarter", re.compile(r"^\d{4}-[QH]\d$")),
    ("season", re.compile(r"^\d{4}-(SP|SU|FA|WI)$")),
    ("year", re.compile(r"^(FY)?\d{4}$")),
)


@dataclass(frozen=True, slots=True)
class _Dated:
    """One line with one of its time mentions, grounded."""

    line: int
    interval: Interval
    granularity: Granularity
    planned: bool


def timeline(story: Story, readings: Mapping[str, Reading], calendar: Calendar) -> tuple[TimelineEntry, ...]:
    """The dated sentences of all accounts, earliest first."""
    lines = lines_of(story, readings)
    dated = _dated(lines, readings, calendar)
    likeness = Likeness(lines)
    entries = [_entry(story, lines, group) for group in _groups(dated, lines, likeness)]
    return tuple(sorted(entries, key=_order))


def _dated(lines: Sequence[Line], readings: Mapping[str, Reading], calendar: Calendar) -> list[_Dated]:
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        places[line.article].append(index)
    found: dict[tuple[int, Interval], _Dated] = {}
    for grounding in calendar.groundings:
        reading = readings.get(grounding.article)
        if reading is None or not _usable(reading, grounding):
            continue
        span = reading.times[grounding.mention].span
        at = next((i for i in places[grounding.article] if lines[i].sentence.span.contains(span)), None)
        if at is not None and _tells_when(reading, grounding, calendar):
            one = _Dated(
                at, grounding.interval, granularity(grounding.value), _planned(reading, grounding, calendar)
            )
            found.setdefault((at, grounding.interval), one)
    return [found[key] for key in sorted(found, key=lambda key: (key[0], _days(key[1])))]


def _days(interval: Interval) -> tuple[int, int]:
    first, last = interval.earliest, interval.latest
    return (first.toordinal() if first else 0, last.toordinal() if last else 0)


def _usable(reading: Reading, grounding: Grounding) -> bool:
    """Whether a grounding puts something on the calendar: a date or time of at most a year."""
    interval = grounding.interval
    return (
        reading.times[grounding.mention].type in ("DATE", "TIME")
        and interval.earliest is not None
        and interval.latest is not None
        and (interval.latest - interval.earliest).days <= MAX_DAYS
    )


def _tells_when(reading: Reading, grounding: Grounding, calendar: Calendar) -> bool:
    """Whether the mention dates an event, and no finer mention of the same clause does.

    "Prices rose 5.8% in December from a year earlier" happened in December. A
    reading without events keeps every mention.
    """
    if not reading.events:
        return True
    clauses = [e.clause for e in reading.events if grounding.mention in e.when]
    if not clauses:
        return False
    clause = min(clauses, key=len)
    rivals = [
        g
        for g in calendar.groundings
        if g.article == grounding.article
        and _usable(reading, g)
        and clause.contains(reading.times[g.mention].span)
        and min((e.clause for e in reading.events if g.mention in e.when), key=len, default=None) == clause
    ]
    return grounding == min(rivals, key=lambda g: (_width(g.interval), g.mention))


def _width(interval: Interval) -> int:
    first, last = _days(interval)
    return last - first


def _planned(reading: Reading, grounding: Grounding, calendar: Calendar) -> bool:
    """Whether what is dated lay ahead when the article was written, or is told as a plan."""
    published = calendar.date(grounding.article)
    ahead = bool(
        published.latest and grounding.interval.earliest and grounding.interval.earliest > published.latest
    )
    told = [event.modality for event in reading.events if grounding.mention in event.when]
    return ahead or (bool(told) and all(modality in ("planned", "expected") for modality in told))


def granularity(value: str) -> Granularity:
    """How exact a TIMEX3 value is.

    >>> granularity("2013-W19"), granularity("2013-05-06"), granularity("P2M")
    ('week', 'day', 'interval')
    """
    return next((name for name, form in FORMS if form.match(value)), "interval")


def _groups(dated: Sequence[_Dated], lines: Sequence[Line], likeness: Likeness) -> list[list[_Dated]]:
    """Dated lines that tell one thing: one interval, different accounts, alike to the first of the group."""
    groups: dict[Interval, list[list[_Dated]]] = defaultdict(list)
    for one in dated:
        for group in groups[one.interval]:
            others = {lines[member.line].article for member in group}
            if (
                lines[one.line].article not in others
                and group[0].planned == one.planned
                and likeness.score(group[0].line, one.line) >= ALIKE
            ):
                group.append(one)
                break
        else:
            groups[one.interval].append([one])
    return [group for same in groups.values() for group in same]


def _entry(story: Story, lines: Sequence[Line], group: Sequence[_Dated]) -> TimelineEntry:
    citations = tuple(
        Citation(line.article, (line.sentence.span,), line.sentence.span.of(story.article(line.article).text))
        for line in (lines[one.line] for one in group)
    )
    return TimelineEntry(
        interval=group[0].interval,
        granularity=group[0].granularity,
        status="planned" if group[0].planned else "fact",
        text=min((c.text for c in citations), key=lambda text: (len(text), text)),
        citations=citations,
    )


def _order(entry: TimelineEntry) -> tuple[tuple[int, int], list[tuple[str, int]]]:
    return _days(entry.interval), _places(entry.citations)


def _places(citations: Iterable[Citation]) -> list[tuple[str, int]]:
    return [(citation.article, citation.spans[0].start) for citation in citations]
