"""The timeline: what the accounts tell, in the order of the calendar, plan apart from fact.

Every body sentence with a time mention that the calendar grounds to at most a
year is an entry. Sentences of several accounts on one interval are one entry
when they are alike enough to tell one thing. "The day after X" dates X, too. A
plan that no time is told of is listed without a date. Dates of publication are
the calendar's, and are shown apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal, TypeAlias

from ..model import (
    Calendar,
    Citation,
    Event,
    Grounding,
    Holder,
    Interval,
    Operator,
    Reading,
    Span,
    Speaker,
    Story,
    TimelineEntry,
    Timing,
)
from ..model.calendar import Anchor
from .align import Likeness, Line, lines_of

Granularity: TypeAlias = Literal["time", "day", "week", "month", "quarter", "season", "year", "interval"]

MAX_DAYS = 366
"""A longer interval says too little about when something was."""
ALIKE = 0.3
"""Likeness from which two sentences of one interval are one entry."""
MAX_UNDATED = 5
"""Plans without a time that are listed, the first told first."""
PLAN = re.compile(
    r"\b(?:will|shall|plan(?:s|ned)?|expect(?:s|ed)|scheduled|due to|set to|intends?|hopes? to|upcoming)\b"
    r"|[’']ll\b",
    re.IGNORECASE,
)
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
    """One line with one of its time mentions, grounded: who says so, and by what words it is dated."""

    line: int
    interval: Interval
    granularity: Granularity
    planned: bool
    undated: bool = False
    speaker: Speaker | None = None
    by: tuple[Span, str, Anchor] | None = None


def timeline(
    story: Story, readings: Mapping[str, Reading], calendar: Calendar, likeness: Likeness | None = None
) -> tuple[TimelineEntry, ...]:
    """The dated sentences of all accounts, earliest first; then plans without a time.

    `likeness` is that of the story's lines, where it is known already.
    """
    likeness = likeness or Likeness(lines_of(story, readings))
    lines = likeness.lines
    dated = _dated(lines, readings, calendar)
    entries = [_entry(story, lines, group) for group in _groups(dated, lines, likeness)]
    open_ones = _groups(_undated(lines, readings), lines, likeness)[:MAX_UNDATED]
    listed = [_entry(story, lines, group) for group in open_ones]
    return (*sorted(entries, key=_order), *sorted(listed, key=_order))


def _dated(lines: Sequence[Line], readings: Mapping[str, Reading], calendar: Calendar) -> list[_Dated]:
    places = _places_of(lines)
    told = {id: _modalities(reading) for id, reading in readings.items()}
    speakers = {id: _speakers(reading) for id, reading in readings.items()}
    found: dict[tuple[int, Interval], _Dated] = {}
    for grounding in _tellers(readings, calendar):
        reading = readings[grounding.article]
        at = _line_at(places[grounding.article], lines, reading.times[grounding.mention].span)
        if at is None:
            continue
        remaining = reading.times[grounding.mention].operator.name == "remaining"
        planned = _planned(told[grounding.article].get(grounding.mention, []), grounding, calendar, remaining)
        span = reading.times[grounding.mention].span
        one = _Dated(
            at,
            grounding.interval,
            granularity(grounding.value),
            planned,
            speaker=speakers[grounding.article].get(grounding.mention),
            by=(span, grounding.value, grounding.anchor),
        )
        found.setdefault((at, one.interval), one)
        other = _event_day(reading, grounding)
        if other is not None:
            found.setdefault((at, other), replace(one, interval=other, granularity="day"))
    return _agreed(lines, [found[key] for key in sorted(found, key=lambda key: (key[0], _days(key[1])))])


def _agreed(lines: Sequence[Line], dated: Sequence[_Dated]) -> list[_Dated]:
    """The same with copies of a line put in the narrowest of the intervals that one of them has.

    Where one account's date is known to the day and another's to the week, so is what they tell.
    """
    told: dict[tuple[frozenset[str], frozenset[str]], list[_Dated]] = defaultdict(list)
    own: dict[int, set[Interval]] = defaultdict(set)
    for one in dated:
        told[_sense(lines[one.line])].append(one)
        own[one.line].add(one.interval)
    out: dict[tuple[int, Interval, bool], _Dated] = {}
    for one in dated:
        others = [o for o in told[_sense(lines[one.line])] if o.interval not in own[one.line]]
        inside = [one, *(o for o in others if _within(o.interval, one.interval))]
        best = min(inside, key=lambda o: (_width(o.interval), _days(o.interval)))
        put = replace(one, interval=best.interval, granularity=best.granularity, planned=best.planned)
        out.setdefault((put.line, put.interval, put.planned), put)
    return list(out.values())


def _sense(line: Line) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(line.words), line.numbers


def _within(inner: Interval, outer: Interval) -> bool:
    (first, last), (begin, end) = _days(inner), _days(outer)
    return begin <= first and last <= end


def _places_of(lines: Sequence[Line]) -> Mapping[str, list[int]]:
    """By article id, the indices of its lines, in text order."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        places[line.article].append(index)
    return places


def _line_at(places: Sequence[int], lines: Sequence[Line], span: Span) -> int | None:
    """The line that holds a span."""
    after = bisect_right(places, span.start, key=lambda index: lines[index].sentence.span.start)
    at = places[after - 1] if after else None
    return at if at is not None and lines[at].sentence.span.contains(span) else None


def _event_day(reading: Reading, grounding: Grounding) -> Interval | None:
    """When the event was that a mention leans on: "the day after X" on a known day tells the day of X."""
    mention, day = reading.times[grounding.mention], grounding.interval.earliest
    steps = mention.operator.arguments[0] if mention.operator.name == "shift" else None
    leans = mention.operator.arguments[1:] == ("day", Operator("event"))
    if not (mention.event and leans and isinstance(steps, int) and day == grounding.interval.latest and day):
        return None
    return Interval(day - timedelta(days=steps), day - timedelta(days=steps))


def _undated(lines: Sequence[Line], readings: Mapping[str, Reading]) -> list[_Dated]:
    """The lines that tell a plan and no time."""
    places = _places_of(lines)
    plans: dict[int, Speaker | None] = {}
    timed: set[int] = set()
    for article, reading in readings.items():
        for mention in reading.times:
            timed.add(-1 if (at := _line_at(places[article], lines, mention.span)) is None else at)
        for event in reading.events:
            if _open_plan(reading, event):
                at = _line_at(places[article], lines, event.clause)
                plans.setdefault(-1 if at is None else at, _speaker(reading, event))
    return [
        _Dated(index, Interval(None, None), "interval", planned=True, undated=True, speaker=plans[index])
        for index in sorted(plans.keys() - timed - {-1})
    ]


def _days(interval: Interval) -> tuple[int, int]:
    first, last = interval.earliest, interval.latest
    return (first.toordinal() if first else 0, last.toordinal() if last else 0)


def _usable(reading: Reading, grounding: Grounding) -> bool:
    """Whether a grounding puts something on the calendar: a date or time of at most a year, not "now"."""
    interval = grounding.interval
    return (
        reading.times[grounding.mention].type in ("DATE", "TIME")
        and reading.times[grounding.mention].operator.name != "ref"
        and interval.earliest is not None
        and interval.latest is not None
        and (interval.latest - interval.earliest).days <= MAX_DAYS
    )


def _open_plan(reading: Reading, event: Event) -> bool:
    """Whether an event is announced, in so many words, without a time."""
    announced = PLAN.search(event.clause.of(reading.article.text))
    return event.modality == "planned" and not event.negated and not event.when and bool(announced)


def _tellers(readings: Mapping[str, Reading], calendar: Calendar) -> list[Grounding]:
    """The groundings that date an event, the finest of each clause.

    "Prices rose 5.8% in December from a year earlier" happened in December. A
    reading without events keeps every mention.
    """
    clauses = {id: _clauses(reading) for id, reading in readings.items()}
    kept: list[Grounding] = []
    finest: dict[tuple[str, Span], Grounding] = {}
    for grounding in calendar.groundings:
        reading = readings.get(grounding.article)
        if reading is None or not _usable(reading, grounding):
            continue
        if not reading.events:
            kept.append(grounding)
            continue
        clause = clauses[grounding.article].get(grounding.mention)
        if clause is None:
            continue
        best = finest.get((grounding.article, clause))
        if best is None or _width(grounding.interval) < _width(best.interval):
            finest[grounding.article, clause] = grounding
    return sorted([*kept, *finest.values()], key=lambda g: (g.article, g.mention))


def _clauses(reading: Reading) -> dict[int, Span]:
    """By time mention, the shortest clause of an event that it dates."""
    found: dict[int, Span] = {}
    for event in reading.events:
        for mention in event.when:
            if mention not in found or len(event.clause) < len(found[mention]):
                found[mention] = event.clause
    return found


def _width(interval: Interval) -> int:
    first, last = _days(interval)
    return last - first


def _modalities(reading: Reading) -> dict[int, list[str]]:
    """By time mention, the modalities of the events that it dates."""
    found: dict[int, list[str]] = defaultdict(list)
    for event in reading.events:
        for mention in event.when:
            found[mention].append(event.modality)
    return found


def _planned(told: Sequence[str], grounding: Grounding, calendar: Calendar, remaining: bool) -> bool:
    """Whether what is dated lay ahead when the article was written, or is told as a plan.

    `remaining` is whether it is told to be in the rest of some time ("later this year").
    """
    published, told_of = calendar.date(grounding.article), grounding.interval
    ahead = bool(published.latest and told_of.earliest and told_of.earliest > published.latest) or remaining
    over = bool(
        published.earliest and grounding.interval.latest and grounding.interval.latest < published.earliest
    )
    return ahead or (
        not over and bool(told) and all(modality in ("planned", "expected") for modality in told)
    )


def granularity(value: str) -> Granularity:
    """How exact a TIMEX3 value is.

    >>> granularity("2024-W11"), granularity("2024-03-12"), granularity("P2M")
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


def _speaker(reading: Reading, event: Event) -> Speaker | None:
    """To whom an account ascribes what an event tells; nothing in the outlet's own voice."""
    return None if event.holder == "outlet" else reading.quotes[int(event.holder)].speaker


def _speakers(reading: Reading) -> dict[int, Speaker | None]:
    """By time mention, who tells the event of the shortest clause that it dates."""
    found: dict[int, Event] = {}
    for event in reading.events:
        for mention in event.when:
            if mention not in found or len(event.clause) < len(found[mention].clause):
                found[mention] = event
    return {mention: _speaker(reading, event) for mention, event in found.items()}


def _holders(lines: Sequence[Line], group: Sequence[_Dated]) -> tuple[Holder, ...]:
    """Who says what a group of lines tells, each with the accounts that have it from there."""
    found: dict[tuple[Literal["outlet", "speaker"], str | None], list[str]] = defaultdict(list)
    for one in group:
        said = one.speaker
        found["speaker" if said else "outlet", said.name if said else None].append(lines[one.line].article)
    return tuple(Holder(kind, name, tuple(dict.fromkeys(held))) for (kind, name), held in found.items())


def _timings(story: Story, lines: Sequence[Line], group: Sequence[_Dated]) -> tuple[Timing, ...]:
    """The words by which the lines of a group are dated."""
    out = []
    for one in group:
        if one.by is not None:
            span, value, anchor = one.by
            article = story.article(lines[one.line].article)
            out.append(Timing(Citation(article.id, (span,), span.of(article.text)), value, anchor))
    return tuple(out)


def _entry(story: Story, lines: Sequence[Line], group: Sequence[_Dated]) -> TimelineEntry:
    citations = tuple(
        Citation(line.article, (line.sentence.span,), line.sentence.span.of(story.article(line.article).text))
        for line in (lines[one.line] for one in group)
    )
    return TimelineEntry(
        interval=group[0].interval,
        granularity=group[0].granularity,
        status="undated" if group[0].undated else "planned" if group[0].planned else "fact",
        text=min((c.text for c in citations), key=lambda text: (len(text), text)),
        citations=citations,
        holders=_holders(lines, group),
        times=_timings(story, lines, group),
    )


def _order(entry: TimelineEntry) -> tuple[tuple[int, int], list[tuple[str, int]]]:
    return _days(entry.interval), _places(entry.citations)


def _places(citations: Iterable[Citation]) -> list[tuple[str, int]]:
    return [(citation.article, citation.spans[0].start) for citation in citations]
